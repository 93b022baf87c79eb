import Foundation
import MarketData

/// Writes price files of many symbols: the same rows by symbol or by date, for `trader` with names and dates, for the SQLite
/// shell with the integer keys of the table, so that it has less to do.
struct PriceFiles {
    enum Order: String, CaseIterable {
        case bySymbol = "by symbol"
        case byDate = "by date"
    }

    let rows: Int
    let symbols = 500

    private var bars: Int { rows / symbols }

    /// Weekdays from 1985 on.
    private var days: [Timestamp] {
        var days: [Timestamp] = []
        var second: Int64 = 473_385_600
        while days.count < bars {
            let day = Timestamp(seconds: second)
            if day.weekday <= 5 { days.append(day) }
            second += 86_400
        }
        return days
    }

    /// - Returns: how many rows were written.
    func write(_ order: Order, named: String, keyed: String) throws -> Int {
        var text = try ByteFile(named)
        var numbers = try ByteFile(keyed)
        text.append("date,symbol,open,high,low,close,volume\n")
        let days = days
        let names = (0..<symbols).map { "S\(String(repeating: "0", count: 3 - String($0).count))\($0)," }
        let dates = days.map { "\($0)," }
        func put(_ symbol: Int, _ day: Int) {
            text.append(dates[day])
            text.append(names[symbol])
            numbers.append("\(symbol + 1),\(days[day].seconds),")
            let numbersOfBar = bar(symbol, day)
            text.append(numbersOfBar)
            numbers.append(numbersOfBar)
        }
        switch order {
        case .bySymbol: for symbol in 0..<symbols { for day in days.indices { put(symbol, day) } }
        case .byDate: for day in days.indices { for symbol in 0..<symbols { put(symbol, day) } }
        }
        try text.close()
        try numbers.close()
        return days.count * symbols
    }

    /// Open, high, low, close in cents, and volume; a wave with noise, which depends on symbol and day alone.
    private func bar(_ symbol: Int, _ day: Int) -> String {
        func close(_ day: Int) -> Double {
            let noise = Double(hash(symbol, day) % 2_001) / 100_000 - 0.01
            return Double(2_000 + symbol * 37) * (1 + 0.3 * sin(Double(day) / 200 + Double(symbol))) * (1 + noise)
        }
        let prices = (open: Int(close(day - 1)), close: Int(close(day)))
        let high = max(prices.open, prices.close) + 5
        let low = min(prices.open, prices.close) - 5
        func cents(_ number: Int) -> String { "\(number / 100).\(number / 10 % 10)\(number % 10)," }
        let volume = 100_000 + hash(day, symbol) % 9_000_000
        return cents(prices.open) + cents(high) + cents(low) + cents(prices.close) + "\(volume)\n"
    }

    /// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    private func hash(_ first: Int, _ second: Int) -> UInt64 {
        var word = UInt64(truncatingIfNeeded: first &* 1_000_003 &+ second) &* 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// Collects bytes and writes them a megabyte at a time.
struct ByteFile {
    private var buffer: [UInt8] = []
    private let handle: FileHandle

    init(_ path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw BenchmarkError("\(path) cannot be written") }
        self.handle = handle
    }

    mutating func append(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count > 1 << 20 {
            handle.write(Data(buffer))
            buffer.removeAll(keepingCapacity: true)
        }
    }

    mutating func close() throws {
        try handle.write(contentsOf: Data(buffer))
        try handle.close()
    }
}

struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
