extension Experiment {
    /// What is done with the strategy.
    package enum Purpose: Sendable {
        /// Trains on the past of each test span, and trades the span.
        case backtest
        /// Trains on all bars, for models that will be used later. Nothing is tested.
        case training
        /// Trades bars that these models have not seen, and trains nothing.
        case evaluation(FrozenModels)

        /// The models that are tried, where they were made before.
        package var models: FrozenModels? {
            if case .evaluation(let models) = self { models } else { nil }
        }

        package var isTraining: Bool {
            if case .training = self { true } else { false }
        }
    }
}
