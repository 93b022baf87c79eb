import Brokerage
import Environments
import RandomNumbers

/// Turns remembered moments into batches to learn from, by living through them again.
///
/// Sampled experience repeats what was done. Counterfactual experience adds every other position the account could have
/// had at that bar and every other valid action: the market would have gone on the same, so successors and rewards are
/// exact. All of them share the window of the bar, which is encoded once.
package struct ExperienceSampler {
    private var environment: TradingEnvironment
    private let kind: ExperienceKind
    private let batchSize: Int
    private let discount: Double
    private let steps: Int
    private let rewardScale: Float

    package init(environment: TradingEnvironment, configuration: ValueLearningConfiguration) {
        self.environment = environment
        kind = configuration.experience
        batchSize = configuration.batchSize
        discount = configuration.discount
        steps = configuration.steps
        rewardScale = Float(configuration.rewardScale)
    }

    /// Replaces the batch by one drawn uniformly, with replacement, from the replay.
    ///
    /// Rewards come multiplied by `rewardScale`. Sampled experience gives `batchSize` pairs, counterfactual experience 4 for
    /// each bar drawn, and 7 where shorting is allowed.
    /// - Precondition: the replay is not empty.
    package mutating func fill(
        _ batch: inout ValueUpdateBatch, from replay: ReplayBuffer, using stream: inout RandomStream
    ) {
        batch.removeAll()
        for _ in 0..<batchSize {
            let place = replay.randomPlace(using: &stream)
            switch kind {
            case .sampled: addSampled(place, of: replay, to: &batch)
            case .counterfactual: addCounterfactual(replay[place].snapshot, to: &batch, using: &stream)
            }
        }
    }

    /// What was done, and up to *n* − 1 steps that followed: r₀ + γ·r₁ + … and γⁿ for what comes after.
    private mutating func addSampled(_ place: Int, of replay: ReplayBuffer, to batch: inout ValueUpdateBatch) {
        let experience = replay[place]
        let state = addState(experience.snapshot, to: &batch.states)
        var sum = 0.0
        var factor = 1.0
        var ending = Ending.none
        var current: Int? = place
        for _ in 0..<steps {
            guard let now = current, ending == .none else { break }
            let outcome = environment.advance(replay[now].action)
            sum += factor * Double(outcome.reward)
            factor *= discount
            ending = outcome.ending
            current = replay.successor(of: now)
        }
        let window = batch.successors.appendWindow(endingAt: environment.now)
        batch.pairs.append(
            ValuePair(
                state: state, action: experience.action.rawValue, reward: rewardScale * Float(sum),
                discount: ending == .terminated ? 0 : Float(factor), successor: addSuccessor(window, to: &batch)))
    }

    /// Every valid action from every position at this bar.
    private mutating func addCounterfactual(
        _ snapshot: TradingEnvironment.Snapshot, to batch: inout ValueUpdateBatch, using stream: inout RandomStream
    ) {
        let window = batch.states.appendWindow(endingAt: snapshot.now)
        let nextWindow = batch.successors.appendWindow(endingAt: snapshot.now + 1)
        addActions(from: snapshot, window: window, nextWindow: nextWindow, to: &batch)
        let visited = snapshot.ledger.shares
        let directions: [Double] = environment.translator.allowsShorting ? [0, 1, -1] : [0, 1]
        for direction in directions where direction * visited <= 0 && (direction != 0 || visited != 0) {
            addActions(
                from: position(direction, at: snapshot, using: &stream), window: window, nextWindow: nextWindow,
                to: &batch)
        }
    }

    /// The account with another position of equal worth, entered at a bar of the window.
    private func position(
        _ direction: Double, at snapshot: TradingEnvironment.Snapshot, using stream: inout RandomStream
    ) -> TradingEnvironment.Snapshot {
        let quotes = environment.market.quotes
        // An order filled at the close it was decided on is a bar old when it is first seen.
        let latest = environment.fill == .sameClose ? snapshot.now - 1 : snapshot.now
        let entryBar = latest - stream.index(below: environment.translator.windowLength)
        let quote = quotes[entryBar]
        return snapshot.holding(
            direction: direction, size: environment.translator.positionSize, entryBar: entryBar,
            entryPrice: environment.fill == .nextOpen ? quote.open : quote.close, close: quotes[snapshot.now].close)
    }

    private mutating func addActions(
        from snapshot: TradingEnvironment.Snapshot, window: Int32, nextWindow: Int32, to batch: inout ValueUpdateBatch
    ) {
        environment.snapshot = snapshot
        let valid = environment.validActions
        let state = batch.states.appendState(
            window: window, numbers: environment.account.values, valid: valid.rawValue)
        for action in TradingAction.allCases where valid.contains(action) {
            environment.snapshot = snapshot
            let outcome = environment.advance(action)
            batch.pairs.append(
                ValuePair(
                    state: state, action: action.rawValue, reward: rewardScale * outcome.reward,
                    discount: outcome.ending == .terminated ? 0 : Float(discount),
                    successor: addSuccessor(nextWindow, to: &batch)))
        }
    }

    private mutating func addState(_ snapshot: TradingEnvironment.Snapshot, to states: inout StateBatch) -> Int32 {
        environment.snapshot = snapshot
        return states.appendState(
            window: states.appendWindow(endingAt: snapshot.now), numbers: environment.account.values,
            valid: environment.validActions.rawValue)
    }

    /// The state the environment is in now.
    private func addSuccessor(_ window: Int32, to batch: inout ValueUpdateBatch) -> Int32 {
        batch.successors.appendState(
            window: window, numbers: environment.account.values, valid: environment.validActions.rawValue)
    }
}
