import Backtesting
import Configuration
import Environments
import RandomNumbers

/// A classic rule that divides an account among assets, with what there is to tune. The article “Allocation rules” has their
/// formulas.
package struct AllocationConfiguration: Configurable {
    package enum Rule: String, CaseIterable, Sendable {
        case uniformBuyAndHold = "ubah"
        case uniformConstantRebalanced = "ucrp"
        case bestConstantRebalanced = "bcrp"
        case exponentiatedGradient = "eg"
        case onlineNewtonStep = "ons"
        case passiveAggressive = "pamr"
        case passiveAggressiveTwo = "pamr-2"
        case confidenceWeighted = "cwmr-stdev"
        case movingAverageReversion = "olmar-2"
        case robustMedianReversion = "rmr"
        case universal
        case minimumVariance = "minimum-variance"
        case riskParity = "risk-parity"
    }

    /// Which one; `agent.kind` in a strategy file.
    package let rule: Rule
    package var learningRate = 0.05
    package var mixing = 0.0
    package var beta = 1.0
    package var delta = 0.125
    package var threshold: Double
    package var aggressiveness = 500.0
    package var confidence = 2.0
    package var decay = 0.5
    package var window: Int
    package var samples = 10_000
    package var every = 21

    package init() { self.init(.uniformConstantRebalanced) }

    package init(_ rule: Rule) {
        self.rule = rule
        switch rule {
        case .movingAverageReversion: threshold = 10
        case .robustMedianReversion: threshold = 5
        default: threshold = 0.5
        }
        window = rule == .robustMedianReversion ? 5 : 120
    }

    package mutating func describe(to fields: inout some FieldVisitor) {
        switch rule {
        case .uniformBuyAndHold, .uniformConstantRebalanced, .bestConstantRebalanced: break
        case .exponentiatedGradient:
            fields.field("learningRate", &learningRate, "η: how far weights follow the latest relatives.", .in(0...100))
        case .onlineNewtonStep:
            fields.field("mixing", &mixing, "η: the share that is always divided equally.", .in(0...1))
            fields.field("beta", &beta, "β: how much each gradient counts.", .in(1e-6...1e6))
            fields.field("delta", &delta, "δ: how much the sum of gradients counts.", .in(1e-6...1e6))
        case .passiveAggressive:
            describeThreshold(to: &fields)
        case .passiveAggressiveTwo:
            describeThreshold(to: &fields)
            fields.field("aggressiveness", &aggressiveness, "C: how far a step may go.", .in(1e-6...1e12))
        case .confidenceWeighted:
            describeThreshold(to: &fields)
            fields.field("confidence", &confidence, "φ: how sure the weights have to be.", .in(0...100))
        case .movingAverageReversion:
            describeThreshold(to: &fields)
            fields.field("decay", &decay, "α: what the latest price counts in the moving average.", .in(1e-6...1))
        case .robustMedianReversion:
            describeThreshold(to: &fields)
            fields.field("window", &window, "W: bars whose median is predicted.", .in(2...1000))
        case .universal:
            fields.field("samples", &samples, "Portfolios drawn to take the mean of.", .in(1...1_000_000))
        case .minimumVariance, .riskParity:
            fields.field("window", &window, "Bars that the covariance is estimated from.", .in(20...10_000))
            fields.field("every", &every, "Bars from one estimate to the next.", .in(1...10_000))
        }
    }

    private mutating func describeThreshold(to fields: inout some FieldVisitor) {
        fields.field(
            "threshold", &threshold, "ε: what a portfolio should earn, or may, before weights change.",
            .in(0...1000))
    }
}
