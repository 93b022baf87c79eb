/// What may stand in brackets behind a column's name without changing what the column is.
enum ColumnUnits {
    /// Currencies in which turnover is counted, by ISO 4217, and coins that stand for the dollar.
    static let currencies = Set(
        """
        usd eur gbp gbx jpy cny cnh rmb hkd chf cad aud nzd sek nok dkk pln czk huf ron bgn rub try inr krw twd sgd brl
        mxn ars clp cop zar ils thb idr myr php vnd sar aed qar kwd egp uah kzt usdt usdc busd tusd dai
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let units = Set(
        """
        shares shs stk stück pieces pcs units contracts lots points pts local localtime utc gmt et est edt ct cst cdt pt pst pdt
        cet cest bst jst ist hkt dollars us$ $ € £ ¥ ₹ rs
        """.split(whereSeparator: \.isWhitespace).map(ColumnKey.of))

    /// Splits `Close (USD)` into what stands before the brackets and what in them.
    static func split(_ name: String) -> (name: Substring, bracketed: Substring)? {
        let opening: Character
        switch name.last {
        case ")": opening = "("
        case "]": opening = "["
        default: return nil
        }
        guard let start = name.lastIndex(of: opening), start > name.startIndex else { return nil }
        return (name[..<start], name[name.index(after: start)...].dropLast())
    }

    /// Whether this is a unit, a currency, a time zone, or a form of dates such as `YYYY-MM-DD`.
    static func isUnit(_ text: Substring) -> Bool {
        let key = ColumnKey.of(text)
        if units.contains(key) || currencies.contains(key) { return true }
        if key.count >= 4, key.allSatisfy("ymdhs".contains) { return true }
        let isOffset = key.hasPrefix("utc") || key.hasPrefix("gmt")
        return isOffset && key.dropFirst(3).allSatisfy { $0 == "+" || $0.isASCII && $0.isNumber }
    }
}
