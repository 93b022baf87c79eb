/// The symbols of synthetic markets.
package enum SyntheticSymbols {
    /// `SYN1`, `SYN2`, …: the name of a symbol decides on its bars, so it does not depend on how many there are.
    package static func numbered(_ count: Int) -> [String] {
        count < 1 ? [] : (1...count).map { "SYN\($0)" }
    }

    /// The symbols of a list such as `AAA,BBB`.
    /// - Throws: where one could not be ingested, or comes twice.
    package static func named(_ list: String) throws(SyntheticMarketError) -> [String] {
        var symbols: [String] = []
        var seen: Set<String> = []
        for part in list.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let bytes = part.drop { $0 == UInt8(ascii: " ") }
            guard Symbol.isLegal(bytes) else { throw .notASymbol(Excerpt.quoted(bytes)) }
            let symbol = String(decoding: bytes, as: UTF8.self)
            guard seen.insert(symbol).inserted else { throw .repeatedSymbol(symbol) }
            symbols.append(symbol)
        }
        return symbols
    }
}
