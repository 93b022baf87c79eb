/// One field of one symbol, as a column of a wide file of several fields names it: `AAPL.Open`, `Close_AAPL`,
/// `('Close', 'AAPL')`.
package struct SymbolField: Equatable, Sendable {
    package enum Order: Sendable {
        case fieldFirst
        case symbolFirst
    }

    package let role: ColumnRole
    package let symbol: String
    package let order: Order
}

extension ColumnNames {
    /// The field and the symbol that a name holds, if it holds both.
    ///
    /// - Parameters:
    ///   - order: which of the two stands first, where other columns of the file have shown it. Without it names that can be
    ///     read in both orders are none: `LOW_Open` may be the low of OPEN or the open of LOW.
    package static func fieldAndSymbol(of name: String, order: SymbolField.Order? = nil) -> SymbolField? {
        guard name.utf8.count <= ColumnKey.longestName, meaning(of: name) == nil else { return nil }
        let candidates = SymbolField.candidates(in: name).filter {
            order == nil ? !$0.mayBeMovingAverage : $0.order == order
        }
        guard let first = candidates.first, candidates.allSatisfy({ $0.order == first.order }) else { return nil }
        return first
    }
}

extension SymbolField {
    /// The readings of a name, of each order the one with the longest field first: `AAPL Adj Close`.
    fileprivate static func candidates(in name: String) -> [SymbolField] {
        if let parts = bracketedParts(name) {
            return [
                SymbolField(field: parts.0, symbol: parts.1, order: .fieldFirst),
                SymbolField(field: parts.1, symbol: parts.0, order: .symbolFirst),
            ].compactMap(\.self)
        }
        let places = name.indices.filter { separators.contains(name[$0]) }
        let fieldFirst = places.reversed().compactMap { place -> SymbolField? in
            let (field, symbol) = (name[..<place], name[name.index(after: place)...])
            // OPEN.US and LOW-USD are symbols themselves; Open.AAPL is none.
            let isSymbolItself = (name[place] == "." || name[place] == "-") && field.allSatisfy { !$0.isLowercase }
            guard !isSymbolItself, isTicker(symbol, behindBlank: name[place] == " ") else { return nil }
            return SymbolField(field: field, symbol: symbol, order: .fieldFirst)
        }
        let symbolFirst = places.compactMap { place -> SymbolField? in
            let (symbol, field) = (name[..<place], name[name.index(after: place)...])
            guard isTicker(symbol, behindBlank: name[place] == " ") else { return nil }
            return SymbolField(field: field, symbol: symbol, order: .symbolFirst)
        }
        return fieldFirst + symbolFirst
    }

    /// `Volume MA` is rather a moving average than Mastercard's volume.
    fileprivate var mayBeMovingAverage: Bool { order == .fieldFirst && symbol == "MA" }

    private init?(field: Substring, symbol: Substring, order: Order) {
        guard let meaning = ColumnNames.meaning(of: String(field)), meaning.rank <= 3, Self.roles.contains(meaning.role)
        else { return nil }
        // As in `AAPL - Close` and `AAPL: Close`.
        let isJoint: (Character) -> Bool = { " _-:|".contains($0) }
        let symbol = String(order == .fieldFirst ? symbol.drop(while: isJoint) : symbol.trimmingEnd(while: isJoint))
        guard Symbol.isLegal(symbol.utf8), !Self.isModifier(Substring(symbol)) else { return nil }
        self.init(role: meaning.role, symbol: symbol, order: order)
    }

    private static let separators: Set<Character> = [" ", ".", "_", "-", ":", "|", "/"]

    private static let roles: Set<ColumnRole> = [
        .open, .high, .low, .close, .volume, .adjustedOpen, .adjustedHigh, .adjustedLow, .adjustedClose,
        .adjustedVolume,
    ]

    /// Beside a blank any word may stand; tickers are in capitals there.
    private static func isTicker(_ text: Substring, behindBlank: Bool) -> Bool {
        !behindBlank || text.allSatisfy { !$0.isLowercase }
    }

    /// Whether a word says more about a field instead of naming a symbol: `prev_close`, `Volume MA`, `open_interest`.
    static func isModifier(_ word: Substring) -> Bool {
        let key = ColumnKey.of(word)
        if tickersToo.contains(key) { return word.contains(where: \.isLowercase) }
        return modifiers.contains(key)
    }

    /// Mastercard is MA.
    private static let tickersToo: Set<String> = ["ma", "mid", "raw", "pre", "ask", "bid"]

    private static let modifiers: Set<String> = [
        "prev", "previous", "prior", "yesterday", "avg", "average", "mean", "median", "ema", "sma", "wma", "vwap",
        "time", "date", "interest", "change", "chg", "pct", "percent", "update", "updated", "weighted", "quote",
        "base", "log", "unadjusted", "unadj", "ratio", "return", "returns", "spread", "range", "year", "week",
        "month", "52w", "52wk", "52week",
    ]

    /// The parts of `('Close', 'AAPL')`, as pandas writes columns of two levels, and of `Close (AAPL)`.
    private static func bracketedParts(_ name: String) -> (Substring, Substring)? {
        let isAround: (Character) -> Bool = { " '\"()".contains($0) }
        let parts: [Substring]
        if name.hasPrefix("("), name.hasSuffix(")") {
            parts = name.split(separator: ",", omittingEmptySubsequences: false)
        } else if let (before, bracketed) = ColumnUnits.split(name) {
            parts = [before, bracketed]
        } else {
            return nil
        }
        guard parts.count == 2 else { return nil }
        return (
            parts[0].drop(while: isAround).trimmingEnd(while: isAround),
            parts[1].drop(while: isAround).trimmingEnd(while: isAround)
        )
    }
}

extension Substring {
    fileprivate func trimmingEnd(while isDropped: (Character) -> Bool) -> Substring {
        guard let last = lastIndex(where: { !isDropped($0) }) else { return "" }
        return self[...last]
    }
}
