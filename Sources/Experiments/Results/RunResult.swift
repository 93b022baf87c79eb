import Foundation
import Statistics

/// Everything a finished backtest knows. Reports are functions of this value alone.
package struct RunResult: Sendable {
    /// Name and one-sentence description from the strategy file.
    package var strategy: String
    package var description: String
    /// The complete configuration as a strategy file: defaults, file and overrides merged.
    package var configuration: String
    /// First twelve hex digits of the SHA-256 of `configuration`.
    package var configurationFingerprint: String
    /// Of the program.
    package var version: String
    /// The kernels of the linear algebra, such as `OpenBLAS Haswell`: trained bits are the same only where these are.
    package var linearAlgebra: String
    package var data: DataSummary
    package var conventions: Conventions
    /// The root seed and the replicates that learned strategies were run with.
    package var rootSeed: UInt64
    package var seeds: [Int]
    package var folds: [FoldSummary]
    /// One entry for each strategy × symbol × seed: the strategy first, then baselines, then the bound.
    package var entries: [ResultEntry]
    /// Where models were tried that had been made before: their files in the run's folder, and what was changed of their
    /// strategy, as in `--set`.
    package var models: [String] = []
    package var overrides: [String] = []
    /// Sentences for the reader of the report.
    package var warnings: [String]
    /// The entry that others are held against.
    package var benchmark = "buy-and-hold"
    package var timing: Timing

    package init(
        strategy: String, description: String, configuration: String, configurationFingerprint: String,
        version: String, linearAlgebra: String, data: DataSummary, conventions: Conventions, rootSeed: UInt64,
        seeds: [Int],
        folds: [FoldSummary], entries: [ResultEntry], warnings: [String], timing: Timing
    ) {
        self.strategy = strategy
        self.description = description
        self.configuration = configuration
        self.configurationFingerprint = configurationFingerprint
        self.version = version
        self.linearAlgebra = linearAlgebra
        self.data = data
        self.conventions = conventions
        self.rootSeed = rootSeed
        self.seeds = seeds
        self.folds = folds
        self.entries = entries
        self.warnings = warnings
        self.timing = timing
    }
}

/// What a result was computed from.
package struct DataSummary: Codable, Equatable, Sendable {
    /// SHA-256 over symbols, times and prices as used, hex.
    package var fingerprint: String
    package var symbols: [String]
    /// First and last bar used, ISO 8601.
    package var from: String
    package var to: String
    /// Bars over all symbols.
    package var bars: Int

    package init(fingerprint: String, symbols: [String], from: String, to: String, bars: Int) {
        self.fingerprint = fingerprint
        self.symbols = symbols
        self.from = from
        self.to = to
        self.bars = bars
    }
}

/// The rules under which the numbers were made: without them no two reports can be compared.
package struct Conventions: Codable, Equatable, Sendable {
    /// Annualisation factor A, and why this one (inferred from the timestamps, or stated).
    package var periodsPerYear: Double
    package var periodsPerYearReason: String
    /// Annual risk-free rate, a fraction.
    package var riskFree: Double
    /// `nextOpen`, `nextClose` or `sameClose`.
    package var fill: String
    package var costs: CostSummary
    /// Delta degrees of freedom of every sample deviation.
    package var degreesOfFreedom = 1
    package var startingCash: Double
    /// Share of equity that an order to enter commits.
    package var positionSize: Double
    /// Shares come in multiples of this; 0 is fractional.
    package var lotSize: Double
    package var shorting: Bool
    /// Fractions of the entry price; absent where not used.
    package var stopLoss: Double?
    package var takeProfit: Double?

    package init(
        periodsPerYear: Double, periodsPerYearReason: String, riskFree: Double, fill: String, costs: CostSummary,
        startingCash: Double, positionSize: Double, lotSize: Double, shorting: Bool, stopLoss: Double?,
        takeProfit: Double?
    ) {
        self.periodsPerYear = periodsPerYear
        self.periodsPerYearReason = periodsPerYearReason
        self.riskFree = riskFree
        self.fill = fill
        self.costs = costs
        self.startingCash = startingCash
        self.positionSize = positionSize
        self.lotSize = lotSize
        self.shorting = shorting
        self.stopLoss = stopLoss
        self.takeProfit = takeProfit
    }
}

/// The costs that were charged, by the keys of the strategy file.
package struct CostSummary: Codable, Equatable, Sendable {
    package var commissionBasisPoints: Double
    package var commissionPerShare: Double
    package var minimumCommission: Double
    package var spreadBasisPoints: Double
    package var slippageBasisPoints: Double
    package var borrowBasisPointsPerYear: Double

    package init(
        commissionBasisPoints: Double, commissionPerShare: Double, minimumCommission: Double,
        spreadBasisPoints: Double, slippageBasisPoints: Double, borrowBasisPointsPerYear: Double
    ) {
        self.commissionBasisPoints = commissionBasisPoints
        self.commissionPerShare = commissionPerShare
        self.minimumCommission = minimumCommission
        self.spreadBasisPoints = spreadBasisPoints
        self.slippageBasisPoints = slippageBasisPoints
        self.borrowBasisPointsPerYear = borrowBasisPointsPerYear
    }
}

/// One fold of the walk-forward split of one symbol. Spans name the first and last bar that belong to them.
package struct FoldSummary: Codable, Equatable, Sendable {
    package struct Span: Codable, Equatable, Sendable {
        package var from: String
        package var to: String
        package var bars: Int

        package init(from: String, to: String, bars: Int) {
            self.from = from
            self.to = to
            self.bars = bars
        }
    }
    /// nil for a portfolio of all symbols.
    package var symbol: String?
    /// Counted from 1, as people read.
    package var fold: Int
    package var training: Span
    /// The last part of the training span, held out for choosing the checkpoint; absent for rules.
    package var validation: Span?
    /// Bars left unused between training and test.
    package var embargoBars: Int
    package var test: Span

    package init(symbol: String?, fold: Int, training: Span, validation: Span?, embargoBars: Int, test: Span) {
        self.symbol = symbol
        self.fold = fold
        self.training = training
        self.validation = validation
        self.embargoBars = embargoBars
        self.test = test
    }
}

/// Wall-clock facts: the only part of a run that may differ between two runs with the same seed.
package struct Timing: Codable, Equatable, Sendable {
    package var startedAt: String
    package var seconds: Double
    package var trainingSeconds: Double
    package var workers: Int

    package init(startedAt: String, seconds: Double, trainingSeconds: Double, workers: Int) {
        self.startedAt = startedAt
        self.seconds = seconds
        self.trainingSeconds = trainingSeconds
        self.workers = workers
    }
}
