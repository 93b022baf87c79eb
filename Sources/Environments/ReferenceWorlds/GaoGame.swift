import Indicators
import RandomNumbers

/// Buying and selling at an idealised price, 140 steps an episode: the games of Gao (arXiv 1803.03916), for which the best
/// possible score is known.
///
/// The agent sees the last 40 rows and whether it holds a position, and chooses for the step that follows: 0 to be in cash,
/// 1 to be in the market. Both are valid always, so the mask never changes; the four actions of the paper are these two,
/// seen from two positions:
///
///     position   0        1        reward of 1
///     none       cash     open     100·(p[t + 1] − p[t]) / p[0] − 3.3
///     open       close    keep     100·(p[t + 1] − p[t]) / p[0]
///
/// Being in cash earns 0, and closing costs nothing. The first decision falls at step 39, when the window is full, without a
/// position; at step 179 the episode is `truncated`, whatever is held. What an agent is scored by is the sum of rewards.
package struct GaoGame: ReplayableWorld {
    package struct Moment: Equatable, BitwiseCopyable, Sendable {
        /// The row of the table, so the step is its remainder by 180.
        package var row: Int32
        package var isOpen: Bool

        package init(row: Int32, isOpen: Bool) {
            self.row = row
            self.isOpen = isOpen
        }
    }

    /// What opening a position costs, in points of a price that begins at 100.
    package static let openingCost = 3.3
    /// T, rows that the agent sees.
    package static let windowLength = 40
    /// The step of the first decision.
    package static let firstStep = windowLength - 1

    package let episodes: GaoEpisodes
    package let table: FeatureMatrix?
    private let scaling: WindowScaling
    /// What being in the market earns from each row to the next.
    private let gains: [Float]
    package var moment: Moment

    /// Begins with the first episode.
    /// - Parameter scaling: Whether windows are scaled by their mean, as in the paper; with none, rows are made to be read
    ///   one by one (`GaoEpisodes.tableRelativeToStart`).
    package init(_ episodes: GaoEpisodes, scaling: WindowScaling = .relativeToMean) {
        precondition(episodes.prices.count <= Int(Int32.max), "rows are numbered in 32 bits")
        self.episodes = episodes
        self.scaling = scaling
        table = scaling == .none ? episodes.tableRelativeToStart : episodes.table
        gains = episodes.prices.indices.map { Float(episodes.gain(from: $0)) }
        moment = Moment(row: Int32(GaoGame.firstStep), isOpen: false)
    }

    /// Draws an episode, each as likely.
    package mutating func begin(using stream: inout RandomStream) {
        begin(episode: stream.index(below: episodes.count))
    }

    /// Starts a certain episode, as an evaluation does one after the other.
    /// - Precondition: `episode` is in `0..<episodes.count`.
    package mutating func begin(episode: Int) {
        precondition(0 <= episode && episode < episodes.count, "there are \(episodes.count) episodes, from 0")
        moment = Moment(row: Int32(episode * GaoEpisodes.steps + GaoGame.firstStep), isOpen: false)
    }

    package mutating func advance(_ action: UInt8) -> (reward: Float, ending: Ending) {
        precondition(action < 2, "action \(action) is neither 0 nor 1")
        let row = Int(moment.row)
        let step = row % GaoEpisodes.steps
        precondition(step < GaoEpisodes.steps - 1, "the episode has ended")
        let isOpen = action == 1
        let cost = moment.isOpen ? 0 : Float(GaoGame.openingCost)
        moment = Moment(row: moment.row + 1, isOpen: isOpen)
        return (isOpen ? gains[row] - cost : 0, step == GaoEpisodes.steps - 2 ? .truncated : .none)
    }

    package var state: WorldState {
        WorldState(
            windowEnd: Int(moment.row), numbers: SIMD8(moment.isOpen ? 1 : 0, 0, 0, 0, 0, 0, 0, 0), valid: 0b11)
    }

    package var view: WorldView {
        WorldView(windowLength: GaoGame.windowLength, numbers: 1, actions: 2, scaling: scaling)
    }

    /// The same step with the other position.
    package func appendAlternatives(
        to moment: Moment, using stream: inout RandomStream, into alternatives: inout [Moment]
    ) {
        alternatives.append(Moment(row: moment.row, isOpen: !moment.isOpen))
    }
}
