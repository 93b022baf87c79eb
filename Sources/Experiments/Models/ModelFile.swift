import Agents
import Environments
import Foundation
import Indicators
import MarketData
import NeuralNetworks

/// A learned policy with everything needed to act as it did when it was tested, and to know where it comes from: a file in
/// the safetensors format, which other tools read. What its metadata hold is described in the article “Model files”.
package struct ModelFile: Sendable {
    /// The complete strategy file of the run, but for other symbols and later seeds. Its `name` is the strategy's, and
    /// `trading.fill` the rule that was used.
    package var configuration: StrategyConfiguration
    /// What it was trained on.
    package var symbol: String
    /// The fold of the backtest that left it behind; nil for one made by training alone.
    package var fold: Int?
    package var seed: Int
    /// The update after which the checkpoint was taken.
    package var update: Int
    /// Mean log return per bar on the validation span.
    package var validationScore: Double
    /// The bars it has learned from, and those that chose its checkpoint.
    package var training: FoldSummary.Span
    package var validation: FoldSummary.Span
    /// Of the program that made it.
    package var version: String
    /// The kernels that it was trained with.
    package var linearAlgebra: String
    /// Of all prices of the run.
    package var dataFingerprint: String
    /// How features were scaled.
    package var scaler: FeatureScaler
    package var policy: QPolicy

    /// Of the strategy.
    package var name: String { configuration.name ?? "" }

    /// The last bar that it has seen, ISO 8601: from the next one on, nothing it does is look-ahead.
    package var trainedThrough: String { validation.to }

    /// Name and version of what stands in the metadata.
    static let format = "trader/model/1"

    /// What a reader in another language needs to scale features as they were scaled: (value − mean) / deviation, limited
    /// to ±clip.
    struct Scaling: Codable, Equatable {
        var names: [String]
        var means: [Double]
        var deviations: [Double]
        var clip: Double
    }
}

extension StrategyConfiguration {
    /// Whether such a strategy trains networks of this shape.
    func trains(_ shape: QNetworkShape) -> Bool {
        guard let learning = agent.learning else { return false }
        return shape.carriesState == (agent.sequences != nil)
            && shape.window == (shape.carriesState ? 1 : features.window) && shape.features == features.columns.count
            && shape.numbers == AccountFeatures.count && shape.actions == TradingAction.allCases.count
            && shape.scaling == .none && shape.encoder == agent.encoder && shape.hidden == learning.headUnits
            && shape.dueling == learning.dueling
    }
}

extension ModelFile {
    /// What rewards were multiplied by, and with them values.
    package var rewardScale: Double { learning.rewardScale }

    /// γ.
    package var discount: Double { learning.discount }

    /// What the values are sums of.
    package var rewardInWords: String {
        switch configuration.trading.reward {
        case .logReturn: "log returns of the account after costs"
        case .differentialSharpe: "differential Sharpe ratios of the account"
        case .differentialSortino: "differential Sortino ratios of the account"
        }
    }

    private var learning: ValueLearningConfiguration {
        guard let learning = configuration.agent.learning else { preconditionFailure("a model has learned") }
        return learning
    }
}
