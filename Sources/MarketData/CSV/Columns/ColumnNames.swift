/// Understands the names of columns: in many languages, of many vendors, however they are spelled.
package enum ColumnNames {
    /// The role of a column by its name alone, case, blanks, punctuation, diacritics, a leading number (`1. open`) and a unit
    /// in brackets (`Close (USD)`) ignored.
    ///
    /// - Returns: nil for a name that is no role. Where two columns have one role, the lower rank is preferred, and with equal
    ///   ranks the names do not decide. A ticker can be such a word too (LOW, OPEN): one name proves nothing.
    package static func role(of name: String) -> (role: ColumnRole, rank: Int)? {
        guard name.utf8.count <= ColumnKey.longestName else { return nil }
        let meaning = meaning(of: name) ?? volumeMeaning(of: name)
        return meaning.map { ($0.role, $0.rank) }
    }

    /// What the vocabulary says of a name.
    static func meaning(of name: String) -> ColumnVocabulary.Meaning? {
        let meanings = ColumnVocabulary.meanings
        let name = withoutNumber(name)
        if let meaning = meanings[ColumnKey.of(name)] { return meaning }
        guard let (base, bracketed) = ColumnUnits.split(name), ColumnUnits.isUnit(bracketed) else { return nil }
        guard let meaning = meanings[ColumnKey.of(base)] else { return nil }
        // A volume in a currency is a turnover, and ranks as one.
        return meaning.role == .volume ? volumeMeaning(of: name) ?? meaning : meaning
    }

    /// `1. open` and `1a. open` without their numbers, as Alpha Vantage writes them.
    private static func withoutNumber(_ name: String) -> String {
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        var rest = name[digits.endIndex...]
        guard (1...2).contains(digits.count) else { return name }
        if rest.first == "a" || rest.first == "b" { rest = rest.dropFirst() }
        guard rest.first == "." || rest.first == ")" else { return name }
        return String(rest.dropFirst())
    }

    /// `Volume BTC` and `Volume USD`, as exchanges of currencies write them: the base currency is the quantity, the quote
    /// currency is the turnover. Which of two is the quote is known from the markets: everything is quoted in money, most
    /// coins in BTC, some in ETH.
    private static func volumeMeaning(of name: String) -> ColumnVocabulary.Meaning? {
        let words = name.split { !$0.isLetter && !$0.isNumber }
        guard words.count == 2, ["volume", "vol"].contains(ColumnKey.of(words[0])) else { return nil }
        let code = ColumnKey.of(words[1])
        if ColumnUnits.currencies.contains(code) { return .init(role: .volume, rank: 6) }
        if code == "btc" { return .init(role: .volume, rank: 5) }
        if code == "eth" { return .init(role: .volume, rank: 4) }
        let isCode = (3...5).contains(words[1].count) && words[1].allSatisfy { $0.isASCII && $0.isUppercase }
        return isCode && !SymbolField.isModifier(words[1]) ? .init(role: .volume, rank: 3) : nil
    }
}
