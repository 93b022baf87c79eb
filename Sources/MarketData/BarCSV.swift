/// Bars as lines of a price file: `time,symbol,open,high,low,close,volume`.
///
/// Times are ISO 8601, numbers as short as they read back to the same doubles, without an exponent; what is not known is empty.
package enum BarCSV {
    package static let header = "time,symbol,open,high,low,close,volume\n"

    /// - Parameter withTimeOfDay: whether times show more than their date, so that all bars of a series look alike.
    package static func lines(_ bars: [Bar], symbol: String, withTimeOfDay: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bars.count * 72)
        for bar in bars {
            text += bar.time.text(withTimeOfDay: withTimeOfDay).utf8
            text.append(UInt8(ascii: ","))
            text += symbol.utf8
            for field in PriceField.allCases {
                text.append(UInt8(ascii: ","))
                if let value = bar[field] { text += value.plainText.utf8 }
            }
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }
}

extension Double {
    /// As short as it can be read back, without an exponent; whole numbers without `.0`.
    package var plainText: String {
        let text = description
        if text.hasSuffix(".0") { return String(text.dropLast(2)) }
        guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else {
            return text
        }
        let sign = text.hasPrefix("-") ? "-" : ""
        let mantissa = text[..<mark].drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa.first ?? ""
        var digits = whole + (mantissa.dropFirst().first ?? "")
        if mantissa.dropFirst().first == "0" { digits = whole }
        let point = whole.count + exponent
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }
}
