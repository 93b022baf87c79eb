import Backtesting
import RandomNumbers

extension AllocationConfiguration {
    /// The rule as it begins.
    ///
    /// - Parameters:
    ///   - relatives: Of the test span, shape `[bars][assets]`, for the rule that knows it: the best one in hindsight.
    ///   - key: For what is drawn.
    /// - Precondition: it is a rule of weights, which uniform buy-and-hold is not.
    func allocationRule(assets: Int, hindsight relatives: [[Double]], key: RandomKey) -> any AllocationRule {
        switch rule {
        case .uniformBuyAndHold: preconditionFailure("who buys once and holds has no rule of weights")
        case .uniformConstantRebalanced: return ConstantRebalanced(assets: assets)
        case .bestConstantRebalanced:
            return ConstantRebalanced(weights: BestConstantRebalanced(of: relatives).weights)
        case .exponentiatedGradient: return ExponentiatedGradient(assets: assets, rate: learningRate)
        case .onlineNewtonStep: return OnlineNewtonStep(assets: assets, mixing: mixing, beta: beta, delta: delta)
        case .passiveAggressive: return PassiveAggressiveMeanReversion(assets: assets, threshold: threshold)
        case .passiveAggressiveTwo:
            return PassiveAggressiveMeanReversion(
                assets: assets, threshold: threshold, aggressiveness: aggressiveness)
        case .confidenceWeighted:
            return ConfidenceWeightedMeanReversion(assets: assets, confidence: confidence, threshold: threshold)
        case .movingAverageReversion:
            return MovingAverageReversion(assets: assets, threshold: threshold, decay: decay)
        case .robustMedianReversion:
            return RobustMedianReversion(assets: assets, threshold: threshold, window: window)
        case .universal:
            var stream = key.stream("samples")
            return UniversalPortfolio(assets: assets, samples: samples, using: &stream)
        case .minimumVariance: return MinimumVariance(assets: assets, window: window, every: every)
        case .riskParity: return RiskParity(assets: assets, window: window, every: every)
        }
    }
}
