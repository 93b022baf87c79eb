import Foundation
import RandomNumbers

/// A car too weak for the hill must first drive away from its goal to gather speed: MountainCar-v0 of Gymnasium, step by
/// step.
///
///     v ← clip(v + 0.001·(a − 1) − 0.0025·cos(3x), ±0.07)
///     x ← clip(x + v, −1.2 … 0.6), and the wall on the left stops the car: v ← 0
///
/// Actions push left (0), not at all (1), right (2). Each step costs 1, that into the goal too. An episode begins at rest, x
/// uniform in [−0.6, −0.4); it is `terminated` where x ≥ 0.5 and v ≥ 0, and `truncated` after 200 steps. A step that is both
/// is terminated: the goal is a real end.
///
/// Positions and velocities are kept in `Double`, as Gymnasium keeps them; agents see `Float`, as its observations are.
///
/// - SeeAlso: Moore, “Efficient memory-based learning for robot control”, PhD thesis, Cambridge 1990; Sutton and Barto,
///   “Reinforcement learning” (2018), example 10.1.
package struct MountainCar: ReplayableWorld {
    package struct Moment: Equatable, BitwiseCopyable, Sendable {
        package var position: Double
        package var velocity: Double
        /// Steps since the episode began.
        package var step: Int32

        package init(position: Double, velocity: Double, step: Int32 = 0) {
            self.position = position
            self.velocity = velocity
            self.step = step
        }
    }

    /// After so many steps an episode is cut.
    package static let longestEpisode: Int32 = 200

    package var moment = Moment(position: -0.5, velocity: 0)
    private let velocityScale: Float

    /// - Parameter velocityScale: What agents see of the velocity is multiplied by it. Velocities stay within ±0.07 while
    ///   positions range over 1.8; with 10 both fill ranges of one order, which a freshly drawn network can tell apart. 1 shows
    ///   Gymnasium's numbers.
    package init(velocityScale: Float = 10) { self.velocityScale = velocityScale }

    package mutating func begin(using stream: inout RandomStream) {
        moment = Moment(position: -0.6 + 0.2 * stream.uniform(), velocity: 0)
    }

    package mutating func advance(_ action: UInt8) -> (reward: Float, ending: Ending) {
        precondition(action < 3, "action \(action) is none of 0, 1 and 2")
        precondition(moment.step < MountainCar.longestEpisode, "the episode has ended")
        let push = 0.001 * (Double(action) - 1) - 0.0025 * cos(3 * moment.position)
        var velocity = min(max(moment.velocity + push, -0.07), 0.07)
        let position = min(max(moment.position + velocity, -1.2), 0.6)
        if position == -1.2 { velocity = max(velocity, 0) }
        moment = Moment(position: position, velocity: velocity, step: moment.step + 1)
        if position >= 0.5 && velocity >= 0 { return (-1, .terminated) }
        return (-1, moment.step == MountainCar.longestEpisode ? .truncated : .none)
    }

    package var state: WorldState {
        WorldState(
            numbers: SIMD8(
                Float(moment.position), velocityScale * Float(moment.velocity), 0, 0, 0, 0, 0, 0), valid: 0b111)
    }

    package var view: WorldView { WorldView(windowLength: 0, numbers: 2, actions: 3) }
}
