/// How a measure is called and written for people.
struct MeasureStyle {
    enum Format {
        /// A fraction with its sign, as returns are.
        case signedPercent
        case percent
        case ratio
        /// For what is small by nature.
        case fineRatio
        case count
        case bars
        case perYear
        case money
    }

    let title: String
    let format: Format

    init(_ title: String, _ format: Format) {
        self.title = title
        self.format = format
    }

    /// A measure that this table does not know keeps its own name and is written as a ratio.
    static func of(_ name: String) -> MeasureStyle { known[name] ?? MeasureStyle(words(of: name), .ratio) }

    func text(_ value: Double) -> String {
        switch format {
        case .signedPercent: NumberText.signedPercent(value)
        case .percent: NumberText.percent(value)
        case .ratio: NumberText.decimal(value, decimals: 2)
        case .fineRatio: NumberText.decimal(value, decimals: 3)
        case .count: NumberText.plain(value, decimals: 1)
        case .bars: NumberText.plain(value, decimals: 1) + " bars"
        case .perYear: NumberText.decimal(value, decimals: 1) + " a year"
        case .money: NumberText.money(value)
        }
    }

    /// The same without its unit, for the second number of a pair.
    func bareText(_ value: Double) -> String {
        switch format {
        case .signedPercent: NumberText.points(value)
        case .percent: NumberText.decimal(value * 100, decimals: 1)
        case .bars: NumberText.plain(value, decimals: 1)
        case .perYear: NumberText.decimal(value, decimals: 1)
        case .ratio, .fineRatio, .count, .money: text(value)
        }
    }

    /// `+38.1 % (+22.0 … +51.7)`: median and quartiles, the median alone where there is one seed.
    func text(_ spread: Spread) -> String {
        guard spread.count > 1 else { return text(spread.median) }
        return "\(text(spread.median)) (\(bareText(spread.lowerQuartile)) … \(bareText(spread.upperQuartile)))"
    }

    /// What a reader looks for first, in that order.
    static let principal = [
        "totalReturn", "annualReturn", "volatility", "sharpe", "sortino", "calmar", "maxDrawdown",
        "maxDrawdownDuration", "exposure", "turnover", "trades", "winRateTrades", "profitFactorTrades", "costsPaid",
        "hindsightCapture",
    ]

    private static let known: [String: MeasureStyle] = [
        "totalReturn": MeasureStyle("total return", .signedPercent),
        "annualReturn": MeasureStyle("annual return", .signedPercent),
        "volatility": MeasureStyle("volatility, annual", .percent),
        "sharpe": MeasureStyle("Sharpe ratio", .ratio),
        "sortino": MeasureStyle("Sortino ratio", .ratio),
        "calmar": MeasureStyle("Calmar ratio", .ratio),
        "maxDrawdown": MeasureStyle("maximum drawdown", .percent),
        "maxDrawdownDuration": MeasureStyle("longest drawdown", .bars),
        "omega": MeasureStyle("Omega ratio", .ratio),
        "valueAtRisk": MeasureStyle("value at risk, 5 % of bars", .signedPercent),
        "conditionalValueAtRisk": MeasureStyle("mean of the worst 5 % of bars", .signedPercent),
        "tailRatio": MeasureStyle("tail ratio", .ratio),
        "skewness": MeasureStyle("skewness", .ratio),
        "excessKurtosis": MeasureStyle("excess kurtosis", .ratio),
        "alpha": MeasureStyle("alpha, annual", .signedPercent),
        "beta": MeasureStyle("beta", .ratio),
        "informationRatio": MeasureStyle("information ratio, per bar", .fineRatio),
        "winRateBars": MeasureStyle("win rate of bars", .percent),
        "bestBar": MeasureStyle("best bar", .signedPercent),
        "worstBar": MeasureStyle("worst bar", .signedPercent),
        "exposure": MeasureStyle("time in the market", .percent),
        "turnover": MeasureStyle("turnover", .perYear),
        "costsPaid": MeasureStyle("costs paid", .money),
        "trades": MeasureStyle("trades", .count),
        "winRateTrades": MeasureStyle("win rate of trades", .percent),
        "profitFactorTrades": MeasureStyle("profit factor of trades", .ratio),
        "expectancyTrades": MeasureStyle("mean profit of a trade", .money),
        "averageTradeReturn": MeasureStyle("mean return of a trade", .signedPercent),
        "sqnTrades": MeasureStyle("system quality number", .ratio),
        "hindsightCapture": MeasureStyle("share of the hindsight optimum", .signedPercent),
    ]

    /// `maxDrawdown` is `max drawdown`.
    private static func words(of name: String) -> String {
        name.reduce(into: "") { words, character in
            words += character.isUppercase ? " " + character.lowercased() : String(character)
        }
    }
}
