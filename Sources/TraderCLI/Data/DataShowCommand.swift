import ArgumentParser
import MarketData

/// `trader data show SYMBOL`: one symbol's adjustments and bars.
struct DataShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a symbol: its span, its splits and dividends, its last bars.")

    @Argument(help: ArgumentHelp("The symbol.", valueName: "symbol"))
    var symbol: String

    @OptionGroup var database: DatabaseOptions

    @OptionGroup var span: SpanOptions

    @Option(help: ArgumentHelp("So many of the last bars in the span; 0 for all.", valueName: "count"))
    var bars = 10

    @OptionGroup var format: FormatOptions

    func validate() throws {
        if bars < 0 { throw ValidationError("--bars is \(bars), expected 0 or more.") }
    }

    private struct Shown: Encodable {
        let symbol: String
        let prices: PriceAdjustment
        let count: Int
        let from: Timestamp?
        let to: Timestamp?
        let adjustments: [Adjustment]
        let bars: [ShownBar]
    }

    func run() throws {
        let store = try MarketStore(path: database.path, mode: .readOnly)
        let all = try store.rows(of: symbol, prices: span.prices, from: span.first, to: span.last).map(Bar.init)
        let adjustments = try store.adjustments(of: symbol)
        let shown = bars == 0 ? all : Array(all.suffix(bars))
        switch format.chosen() {
        case .json:
            try printJSON(
                Shown(
                    symbol: symbol, prices: span.prices, count: all.count, from: all.first?.time, to: all.last?.time,
                    adjustments: adjustments, bars: shown.map(ShownBar.init)))
        case .csv:
            let lines = BarCSV.lines(
                shown, symbol: symbol, withTimeOfDay: Timestamp.haveTimesOfDay(all.lazy.map(\.time)))
            try Console.put(BarCSV.header + String(decoding: lines, as: UTF8.self), terminator: "")
        case .table: try show(all, shown, adjustments)
        }
    }

    private func show(_ all: [Bar], _ shown: [Bar], _ adjustments: [Adjustment]) throws {
        guard let first = all.first, let last = all.last else {
            return try Console.put("\(symbol) has no bars in that span.")
        }
        try Console.put(
            "\(symbol): \(TextTable.grouped(all.count)) bars from \(first.time) to \(last.time), prices \(span.prices.rawValue)"
        )
        if !adjustments.isEmpty {
            var table = TextTable(["before", "kind", "prices ×", "volume ×"], numbers: [2, 3])
            for adjustment in adjustments.suffix(20) {
                table.add(
                    [
                        "\(adjustment.time)", adjustment.kind.rawValue, rounded(adjustment.priceFactor),
                        rounded(adjustment.volumeFactor),
                    ])
            }
            let count = adjustments.count
            let part = count > 20 ? ", the last 20 of \(count)" : ""
            try Console.put("\nAdjustments\(part): on reading adjusted, earlier bars are multiplied.\n\(table)")
        }
        var table = TextTable(["time", "open", "high", "low", "close", "volume"], numbers: [1, 2, 3, 4, 5])
        let withTimeOfDay = Timestamp.haveTimesOfDay(all.lazy.map(\.time))
        for bar in shown {
            table.add(
                [bar.time.text(withTimeOfDay: withTimeOfDay)] + PriceField.allCases.map { bar[$0].map(rounded) ?? "" })
        }
        try Console.put("\n\(table)")
    }

    /// To six significant decimals, for the eye.
    private func rounded(_ number: Double) -> String {
        abs(number) < 1e9 ? ((number * 1e6).rounded() / 1e6).plainText : number.plainText
    }
}

/// A bar for programs.
struct ShownBar: Encodable {
    let bar: Bar

    init(_ bar: Bar) { self.bar = bar }

    private enum CodingKeys: String, CodingKey {
        case time, open, high, low, close, volume
    }

    /// What is not known is written as null.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(bar.time, forKey: .time)
        try container.encode(bar.open, forKey: .open)
        try container.encode(bar.high, forKey: .high)
        try container.encode(bar.low, forKey: .low)
        try container.encode(bar.close, forKey: .close)
        try container.encode(bar.volume, forKey: .volume)
    }
}
