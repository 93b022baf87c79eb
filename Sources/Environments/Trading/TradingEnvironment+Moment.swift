import Brokerage
import Indicators
import RandomNumbers

extension TradingEnvironment: ReplayableWorld {
    /// Where an episode stands: everything that the future of the account depends on, besides prices. Some hundred bytes,
    /// so that a replay buffer keeps these and not observations.
    package struct Moment: BitwiseCopyable, Sendable {
        /// The bar at whose close the agent stands.
        package var now: Int
        /// The bar with which the episode is cut short.
        package var episodeEnd: Int
        package var ledger: Ledger
        /// With the moments of a differential reward.
        package var reward: Reward
    }

    package var moment: Moment {
        get { Moment(now: now, episodeEnd: episodeEnd, ledger: broker.ledger, reward: reward) }
        set {
            now = newValue.now
            episodeEnd = newValue.episodeEnd
            broker.ledger = newValue.ledger
            reward = newValue.reward
        }
    }

    package mutating func begin(using stream: inout RandomStream) { _ = reset(using: &stream) }

    package mutating func advance(_ action: UInt8) -> (reward: Float, ending: Ending) {
        guard let action = TradingAction(rawValue: action) else {
            preconditionFailure("there is no trading action \(action)")
        }
        return advance(action)
    }

    package var state: WorldState {
        WorldState(windowEnd: now, numbers: account.values, valid: validActions.rawValue)
    }

    package var table: FeatureMatrix? { market.features }

    package var view: WorldView {
        WorldView(
            windowLength: translator.windowLength, numbers: AccountFeatures.count,
            actions: TradingAction.allCases.count)
    }

    /// Our own trades do not move the market, so whatever the account had done before, it could hold any other position
    /// of equal worth now, entered at some bar of the window.
    package func appendAlternatives(
        to moment: Moment, using stream: inout RandomStream, into alternatives: inout [Moment]
    ) {
        let visited = moment.ledger.shares
        for direction in translator.directions where direction * visited <= 0 && (direction != 0 || visited != 0) {
            alternatives.append(position(direction, at: moment, using: &stream))
        }
    }

    private func position(_ direction: Double, at moment: Moment, using stream: inout RandomStream) -> Moment {
        // An order filled at the close it was decided on is a bar old when it is first seen.
        let latest = fill == .sameClose ? moment.now - 1 : moment.now
        let entryBar = latest - stream.index(below: translator.windowLength)
        let quote = market.quotes[entryBar]
        return moment.holding(
            direction: direction, size: translator.positionSize, entryBar: entryBar,
            entryPrice: fill == .nextOpen ? quote.open : quote.close, close: market.quotes[moment.now].close)
    }
}

extension TradingEnvironment.Moment {
    /// The same moment with another position.
    ///
    /// - Parameters:
    ///   - direction: 1 for long, −1 for short, 0 for flat.
    ///   - size: Fraction of equity that the position is worth, in `0...1`.
    ///   - entryBar: When the position was opened, not later than now.
    ///   - entryPrice: At what price.
    ///   - close: The close of bar now.
    /// - Returns: A moment of equal equity whose position is worth `size` of it.
    package func holding(
        direction: Double, size: Double, entryBar: Int, entryPrice: Double, close: Double
    ) -> TradingEnvironment.Moment {
        var other = self
        let equity = ledger.equity(at: close)
        if direction == 0 {
            other.ledger = Ledger(cash: equity)
        } else {
            let value = direction * size * equity
            other.ledger = Ledger(
                cash: equity - value, shares: value / close, entryPrice: entryPrice, entryBar: entryBar)
        }
        return other
    }
}
