import Indicators

/// Episodes of one of Gao's trading games: prices, and in the bivariate game a signal that runs ahead of them.
///
/// - SeeAlso: Gao, “Deep reinforcement learning for time series: playing idealized trading games”, arXiv 1803.03916 (2018).
package struct GaoEpisodes: Equatable, Sendable {
    package enum Game: String, CaseIterable, Sendable {
        /// A price of noisy sine pieces on a slow wave.
        case univariate
        /// A price that jumps now and then, and a noisy signal that made the same jumps some steps before.
        case bivariate
    }

    /// Rows of an episode.
    package static let steps = 180

    package let game: Game
    /// As drawn or read, shape `[count, steps]`; positive.
    package let prices: [Double]
    /// Of the same shape; empty in the univariate game.
    package let signals: [Double]

    /// How many episodes there are.
    package var count: Int { prices.count / GaoEpisodes.steps }

    /// - Precondition: there is an episode, all are complete, and there are signals where the game has them, as many as
    ///   prices.
    package init(game: Game, prices: [Double], signals: [Double] = []) {
        precondition(
            !prices.isEmpty && prices.count.isMultiple(of: GaoEpisodes.steps),
            "an episode has \(GaoEpisodes.steps) rows")
        precondition(
            signals.count == (game == .bivariate ? prices.count : 0), "in the bivariate game each price has a signal")
        self.game = game
        self.prices = prices
        self.signals = signals
    }

    /// Some of the episodes, such as those that are kept apart to choose a checkpoint.
    /// - Precondition: the range lies in `0..<count`, and is not empty.
    package subscript(episodes: Range<Int>) -> GaoEpisodes {
        let rows = episodes.lowerBound * GaoEpisodes.steps..<episodes.upperBound * GaoEpisodes.steps
        return GaoEpisodes(
            game: game, prices: Array(prices[rows]), signals: signals.isEmpty ? [] : Array(signals[rows]))
    }

    /// What windows are cut from: a column of prices, and one of signals in the bivariate game. Row `steps`·k + t is step t
    /// of episode k.
    package var table: FeatureMatrix {
        switch game {
        case .univariate:
            FeatureMatrix(names: ["price"], values: prices.map { Float($0) }, bars: prices.count)
        case .bivariate:
            FeatureMatrix(
                names: ["price", "signal"], values: zip(prices, signals).flatMap { [Float($0), Float($1)] },
                bars: prices.count)
        }
    }

    /// The same with each column as 10·(value / first value of the episode − 1), for who sees one row at a time and has no
    /// window whose mean it could be scaled by.
    package var tableRelativeToStart: FeatureMatrix {
        let table = table
        let values = table.values.indices.map { index in
            let row = index / table.features
            let start = (row - row % GaoEpisodes.steps) * table.features + index % table.features
            return 10 * (table.values[index] / table.values[start] - 1)
        }
        return FeatureMatrix(names: table.names, values: values, bars: table.bars)
    }

    /// What holding from a row of the table to the next earns: 100·(p[t + 1] − p[t]) / p[0], points of a price that begins at
    /// 100; 0 at the last step of an episode, from which nothing leads on.
    package func gain(from row: Int) -> Double {
        let step = row % GaoEpisodes.steps
        return step == GaoEpisodes.steps - 1 ? 0 : 100 * (prices[row + 1] - prices[row]) / prices[row - step]
    }
}
