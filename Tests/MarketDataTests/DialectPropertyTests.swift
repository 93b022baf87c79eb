import Foundation
import MarketData
import RandomNumbers
import Testing

/// Random bars written in random dialects by a writer that knows nothing of the reader come back to the last bit.
@Suite struct DialectPropertyTests {
    /// How a file is written.
    struct Dialect: CustomStringConvertible {
        var separator = ","
        var decimal = "."
        var thousands = ""
        var dates = 0
        var header = 0
        var hasSymbols = false
        var order = 0
        var lineEnd = "\n"
        var currency = ""
        var quotesAll = false
        var mark = ""

        var description: String {
            "separator '\(separator)' decimal '\(decimal)' thousands '\(thousands)' dates \(dates) header \(header) order \(order)"
        }

        static let headers = [
            ["Date", "Open", "High", "Low", "Close", "Volume"],
            ["<DATE>", "<OPEN>", "<HIGH>", "<LOW>", "<CLOSE>", "<VOL>"],
            ["timestamp", "1. open", "2. high", "3. low", "4. close", "5. volume"],
            ["Datum", "Eröffnung", "Hoch", "Tief", "Schlusskurs", "Stücke"],
            ["Date", "Ouverture", "Haut", "Bas", "Clôture", "Volume"],
            ["Fecha", "Apertura", "Máximo", "Mínimo", "Cierre", "Volumen"],
            ["Data", "Otwarcie", "Najwyższy", "Najniższy", "Zamknięcie", "Wolumen"],
            ["Дата", "Открытие", "Максимум", "Минимум", "Закрытие", "Объём"],
            ["日期", "开盘", "最高", "最低", "收盘", "成交量"],
        ]
    }

    /// A bar in whole cents.
    struct Cents {
        var day: Int
        var symbol: String
        /// Open, high, low, close.
        var prices: [Int]
        var volume: Int?
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private func text(_ day: Int, _ form: Int) -> String {
        let time = Timestamp(seconds: Int64(day) * 86_400)
        let (year, month, dayOfMonth) = time.date
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch form {
        case 0: return "\(year)-\(two(month))-\(two(dayOfMonth))"
        case 1: return "\(two(dayOfMonth)).\(two(month)).\(year)"
        case 2: return "\(two(month))/\(two(dayOfMonth))/\(year)"
        case 3: return "\(dayOfMonth)/\(month)/\(year)"
        case 4: return "\(year)\(two(month))\(two(dayOfMonth))"
        case 5: return "\(Self.months[month - 1]) \(two(dayOfMonth)), \(year)"
        case 6: return "\(dayOfMonth)-\(Self.months[month - 1])-\(year)"
        case 7: return "\(time.seconds)"
        case 8: return "\(time.seconds)000"
        case 9: return "\(year)-\(two(month))-\(two(dayOfMonth)) 00:00:00"
        case 10: return "\(year)-\(two(month))-\(two(dayOfMonth))T00:00:00.000Z"
        default: return "\(year)/\(two(month))/\(two(dayOfMonth))"
        }
    }

    private func grouped(_ number: Int, _ separator: String) -> String {
        var digits = Array("\(number)")
        guard !separator.isEmpty else { return String(digits) }
        var place = digits.count - 3
        while place > 0 {
            digits.insert(contentsOf: Array(separator), at: place)
            place -= 3
        }
        return String(digits)
    }

    private func write(_ bars: [Cents], _ dialect: Dialect) -> String {
        func cell(_ text: String) -> String {
            dialect.quotesAll || text.contains(dialect.separator) ? "\"\(text)\"" : text
        }
        let names = Dialect.headers[dialect.header]
        var lines = [(names + (dialect.hasSymbols ? ["Symbol"] : [])).map(cell).joined(separator: dialect.separator)]
        for bar in bars {
            var cells = [text(bar.day, dialect.dates)]
            for price in bar.prices {
                let cents = price % 100 < 10 ? "0\(price % 100)" : "\(price % 100)"
                cells.append(dialect.currency + grouped(price / 100, dialect.thousands) + dialect.decimal + cents)
            }
            cells.append(bar.volume.map { grouped($0, dialect.thousands) } ?? "")
            if dialect.hasSymbols { cells.append(bar.symbol) }
            lines.append(cells.map(cell).joined(separator: dialect.separator))
        }
        return dialect.mark + lines.joined(separator: dialect.lineEnd) + dialect.lineEnd
    }

    private func bars(_ stream: inout RandomStream, hasSymbols: Bool) -> [Cents] {
        let magnitude = [300, 20_000, 900_000, 300_000_000][stream.index(below: 4)]
        var bars: [Cents] = []
        for symbol in hasSymbols ? ["AA", "B.B", "^C"] : ["TEST"] {
            // Twenty days in a row hold one after the twelfth, which tells days from months.
            let start = 11_000 + stream.index(below: 8_000)
            for day in start..<(start + 20 + stream.index(below: 15)) {
                let low = magnitude + stream.index(below: magnitude)
                let high = low + stream.index(below: magnitude / 10)
                let prices = [
                    low + stream.index(below: high - low + 1), high, low, low + stream.index(below: high - low + 1),
                ]
                let volume = stream.index(below: 10) == 0 ? nil : stream.index(below: 2_000_000_000)
                bars.append(Cents(day: day, symbol: symbol, prices: prices, volume: volume))
            }
        }
        return bars
    }

    private func dialect(_ stream: inout RandomStream) -> Dialect {
        func one<Choice>(_ choices: [Choice]) -> Choice { choices[stream.index(below: choices.count)] }
        var dialect = Dialect()
        dialect.separator = one([",", ";", "\t", "|"])
        dialect.decimal = one([".", ","])
        dialect.thousands = one(["", "", dialect.decimal == "." ? "," : ".", " ", "\u{A0}", "\u{202F}", "'", "’"])
        dialect.dates = one(Array(0...11))
        dialect.header = one(Array(Dialect.headers.indices))
        dialect.hasSymbols = one([true, false])
        dialect.order = one([0, 1, 2])
        dialect.lineEnd = one(["\n", "\r\n", "\r"])
        dialect.currency = one(["", "", "", "$", "€", "£"])
        dialect.quotesAll = one([true, false])
        dialect.mark = one(["", "\u{FEFF}"])
        return dialect
    }

    @Test func whatIsWrittenInAnyDialectComesBack() throws {
        var stream = RandomKey(seed: 21).stream("dialects")
        for seed in 0..<3_000 {
            let dialect = dialect(&stream)
            let truth = bars(&stream, hasSymbols: dialect.hasSymbols)
            var written = truth
            if dialect.order == 1 { written.reverse() }
            if dialect.order == 2 {
                for place in written.indices { written.swapAt(place, stream.index(below: place + 1)) }
            }
            let text = write(written, dialect)
            let file: ParsedPriceFile
            do {
                file = try parsed(text)
            } catch {
                Issue.record("seed \(seed), \(dialect): \(error)")
                continue
            }
            var expected: [String: [Bar]] = [:]
            for bar in truth {
                func price(_ index: Int) -> Double {
                    Double(
                        "\(bar.prices[index] / 100).\(bar.prices[index] % 100 < 10 ? "0" : "")\(bar.prices[index] % 100)"
                    ) ?? 0
                }
                expected[bar.symbol, default: []].append(
                    Bar(
                        time: Timestamp(seconds: Int64(bar.day) * 86_400), open: price(0), high: price(1),
                        low: price(2),
                        close: price(3), volume: bar.volume.map(Double.init)))
            }
            let read = Dictionary(uniqueKeysWithValues: file.series.map { ($0.symbol, $0.bars(.raw)) })
            #expect(read == expected, "seed \(seed), \(dialect): \(file.summary.decisions)")
        }
    }

    /// What is exported can be taken in again, whatever the numbers.
    @Test func exportedBarsComeBack() throws {
        var stream = RandomKey(seed: 22).stream("exports")
        for seed in 0..<300 {
            let step: Int64 = [60, 3_600, 86_400][stream.index(below: 3)]
            var bars: [Bar] = []
            for index in 0..<(1 + stream.index(below: 60)) {
                func number() -> Double { exp((stream.uniform() - 0.5) * [1, 20, 200][stream.index(below: 3)]) }
                var bar = Bar(
                    time: Timestamp(seconds: 1_600_000_000 / 86_400 * 86_400 + Int64(index) * step), close: number())
                if stream.index(below: 2) == 0 { bar.volume = number() * 1e6 }
                bar.low = number()
                bar.high = max(number(), bar.low ?? 0)
                bar.open = number()
                bars.append(bar)
            }
            let lines = BarCSV.lines(bars, symbol: "A/B", withTimeOfDay: step < 86_400)
            do {
                let file = try parsed(Array(BarCSV.header.utf8) + lines)
                #expect(file.series.map { $0.bars(.raw) } == [bars], "seed \(seed)")
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }
}
