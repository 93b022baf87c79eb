extension GaoEpisodes {
    /// The most that anybody could have earned in an episode of `GaoGame`, knowing its prices: an exact dynamic program over
    /// having a position and having none, run forwards.
    ///
    ///     cash ← max(cash, open)        open ← max(cash − 3.3, open) + gain        from the values of before the step
    ///
    /// - Parameter episode: in `0..<count`.
    /// - Returns: Points of a price that begins at 100; 0 or more.
    package func hindsightOptimum(of episode: Int) -> Double {
        var cash = 0.0
        var open = -Double.infinity
        for gain in played(episode) {
            (cash, open) = (max(cash, open), max(cash - GaoGame.openingCost, open) + gain)
        }
        return max(cash, open)
    }

    /// What opening a position at the first decision and keeping it earns in an episode of `GaoGame`.
    /// - Parameter episode: in `0..<count`.
    package func buyAndHold(of episode: Int) -> Double {
        played(episode).reduce(-GaoGame.openingCost, +)
    }

    /// Mean of a score over all episodes, as the paper reports it.
    package func mean(_ score: (Int) -> Double) -> Double {
        (0..<count).reduce(0) { $0 + score($1) } / Double(count)
    }

    /// The gains of the steps in which the agent has a say.
    private func played(_ episode: Int) -> some Sequence<Double> {
        let first = episode * GaoEpisodes.steps
        return (first + GaoGame.firstStep..<first + GaoEpisodes.steps - 1).lazy.map(gain)
    }
}
