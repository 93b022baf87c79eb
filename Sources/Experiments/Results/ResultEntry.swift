import Statistics

/// How one strategy did on the unseen bars of one symbol with one seed.
package struct ResultEntry: Sendable {
    package enum Kind: String, Codable, Sendable {
        /// An agent that was trained on the bars before each test span.
        case learned
        /// A rule that needs no training.
        case rule
        /// What nobody could have beaten: known only in hindsight.
        case bound
    }

    package var name: String
    package var kind: Kind
    /// nil for a portfolio of all symbols.
    package var symbol: String?
    /// The replicate, for whatever draws random numbers.
    package var seed: Int?
    package var measures: [Measure]
    /// Out-of-sample bars, shape `[bars + 1]` each: index 0 is the close before the first test bar, where the account
    /// starts in cash. Times are ISO 8601.
    package var times: [String]
    package var closes: [Double]
    package var equity: [Double]
    /// Market value of the position over equity at each close, negative when short, shape `[bars + 1]`.
    package var exposure: [Double]
    package var trades: [TradeRecord]
    /// Money paid, by kind.
    package var costs: CostsPaid
    package var foldOutcomes: [FoldOutcome]
    /// One for each fold; empty for rules, and for models that were trained before.
    package var learningCurves: [LearningCurve]
    /// Orders that did not become fills, by reason, with their number.
    package var unfilledOrders: [String: Int]
    /// Difference in log return to buy-and-hold with its uncertainty; absent for buy-and-hold itself, and where an account
    /// was ruined.
    package var difference: DifferenceSummary?
    /// Of a portfolio: its weights and what came of them.
    package var allocation: AllocationRecord?

    package init(
        name: String, kind: Kind, symbol: String?, seed: Int?, measures: [Measure], times: [String], closes: [Double],
        equity: [Double], exposure: [Double], trades: [TradeRecord], costs: CostsPaid, foldOutcomes: [FoldOutcome],
        learningCurves: [LearningCurve], unfilledOrders: [String: Int], difference: DifferenceSummary?
    ) {
        self.name = name
        self.kind = kind
        self.symbol = symbol
        self.seed = seed
        self.measures = measures
        self.times = times
        self.closes = closes
        self.equity = equity
        self.exposure = exposure
        self.trades = trades
        self.costs = costs
        self.foldOutcomes = foldOutcomes
        self.learningCurves = learningCurves
        self.unfilledOrders = unfilledOrders
        self.difference = difference
    }

    /// The measure of that name, or nil where it has no value.
    package func number(_ measure: String) -> Double? {
        measures.first { $0.name == measure }?.value.number
    }
}

/// A position from entry to exit; an open one ends with the last bar, at its close.
package struct TradeRecord: Codable, Equatable, Sendable {
    package enum Exit: String, Codable, Sendable { case order, stopLoss, takeProfit, ruin, endOfData }
    package var entryTime: String
    package var exitTime: String
    /// Positive for long.
    package var shares: Double
    package var entryPrice: Double
    package var exitPrice: Double
    package var exit: Exit
    /// Charges of its fills, and of borrowing, in account currency.
    package var costs: Double
    /// In account currency, net of costs.
    package var profit: Double
    /// Profit over the money committed at entry, a fraction.
    package var `return`: Double

    package init(
        entryTime: String, exitTime: String, shares: Double, entryPrice: Double, exitPrice: Double, exit: Exit,
        costs: Double, profit: Double, return: Double
    ) {
        self.entryTime = entryTime
        self.exitTime = exitTime
        self.shares = shares
        self.entryPrice = entryPrice
        self.exitPrice = exitPrice
        self.exit = exit
        self.costs = costs
        self.profit = profit
        self.return = `return`
    }
}

/// Money paid over the whole out-of-sample span, in account currency.
package struct CostsPaid: Codable, Equatable, Sendable {
    package var commission: Double
    package var spread: Double
    package var slippage: Double
    package var borrow: Double
    package var total: Double { commission + spread + slippage + borrow }

    package init(commission: Double, spread: Double, slippage: Double, borrow: Double) {
        self.commission = commission
        self.spread = spread
        self.slippage = slippage
        self.borrow = borrow
    }
}

/// The result of one test span within the joined curve.
package struct FoldOutcome: Codable, Equatable, Sendable {
    /// Counted from 1.
    package var fold: Int
    package var from: String
    package var to: String
    /// Fractions.
    package var totalReturn: Double
    package var maxDrawdown: Double
    /// Trades whose entry was filled in a bar of the span.
    package var trades: Int
    /// The update after which the kept checkpoint was taken; absent for rules.
    package var chosenUpdate: Int?
    /// Mean log return per bar on the validation span of the kept checkpoint; absent for rules.
    package var validationScore: Double?

    package init(
        fold: Int, from: String, to: String, totalReturn: Double, maxDrawdown: Double, trades: Int,
        chosenUpdate: Int?, validationScore: Double?
    ) {
        self.fold = fold
        self.from = from
        self.to = to
        self.totalReturn = totalReturn
        self.maxDrawdown = maxDrawdown
        self.trades = trades
        self.chosenUpdate = chosenUpdate
        self.validationScore = validationScore
    }
}

/// How sure the difference to buy-and-hold is: stationary bootstrap of the difference in log return per bar.
package struct DifferenceSummary: Codable, Equatable, Sendable {
    /// Annualised difference in log return, and its 95 % interval.
    package var annualLogReturn: Double
    package var lower: Double
    package var upper: Double
    /// Two-sided.
    package var pValue: Double
    /// Mean block length in bars.
    package var blockLength: Double
    package var draws: Int

    package init(
        annualLogReturn: Double, lower: Double, upper: Double, pValue: Double, blockLength: Double, draws: Int
    ) {
        self.annualLogReturn = annualLogReturn
        self.lower = lower
        self.upper = upper
        self.pValue = pValue
        self.blockLength = blockLength
        self.draws = draws
    }
}
