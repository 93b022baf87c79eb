import Foundation

/// Numbers as people read them: thousands separated, a true minus sign, `—` for what has no value.
package enum NumberText {
    /// Stands for a value that does not exist.
    package static let none = "—"

    /// A fraction as a percentage that always shows its sign: 0.381 is `+38.1 %`.
    package static func signedPercent(_ fraction: Double, decimals: Int = 1) -> String {
        percentage(fraction, decimals: decimals, alwaysSigned: true) + (fraction.isFinite ? " %" : "")
    }

    /// A fraction as a percentage: 0.189 is `18.9 %`.
    package static func percent(_ fraction: Double, decimals: Int = 1) -> String {
        percentage(fraction, decimals: decimals, alwaysSigned: false) + (fraction.isFinite ? " %" : "")
    }

    /// Difference of two fractions in percentage points: −0.187 is `−18.7`.
    package static func points(_ difference: Double) -> String {
        percentage(difference, decimals: 1, alwaysSigned: true)
    }

    /// A number with a fixed count of decimals.
    package static func decimal(_ value: Double, decimals: Int, alwaysSigned: Bool = false) -> String {
        guard value.isFinite else { return none }
        // Fixed notation of very large numbers is a row of digits that no one reads.
        if abs(value) >= 1e9 { return sign(of: value, alwaysSigned) + String(format: "%.1e", abs(value)) }
        let digits = String(format: "%.\(decimals)f", abs(value))
        let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
        return (isZero ? "" : sign(of: value, alwaysSigned)) + grouped(digits)
    }

    /// Account currency: `1,234.56`, without hundredths from a million on.
    package static func money(_ value: Double) -> String { decimal(value, decimals: abs(value) >= 1e6 ? 0 : 2) }

    /// Thousands separated, no decimals.
    package static func integer(_ value: Int) -> String { decimal(Double(value), decimals: 0) }

    /// As few decimals as the number needs, at most `decimals`: 5 is `5`, 0.25 is `0.25`.
    package static func plain(_ value: Double, decimals: Int = 4) -> String {
        let text = decimal(value, decimals: decimals)
        guard text.contains("."), !text.contains("e") else { return text }
        return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    }

    /// `p = 0.034`, and `p < 0.001` below that.
    package static func pValue(_ p: Double) -> String {
        p < 0.001 ? "p < 0.001" : "p = " + decimal(p, decimals: p < 0.1 ? 3 : 2)
    }

    private static func percentage(_ fraction: Double, decimals: Int, alwaysSigned: Bool) -> String {
        // From 1,000 % on decimals are noise.
        decimal(fraction * 100, decimals: abs(fraction) >= 10 ? 0 : decimals, alwaysSigned: alwaysSigned)
    }

    private static func sign(of value: Double, _ alwaysSigned: Bool) -> String {
        value < 0 ? "−" : alwaysSigned ? "+" : ""
    }

    private static func grouped(_ digits: String) -> String {
        let parts = digits.split(separator: ".", maxSplits: 1)
        var whole = ""
        for (index, digit) in parts[0].enumerated() {
            if index > 0, (parts[0].count - index).isMultiple(of: 3) { whole.append(",") }
            whole.append(digit)
        }
        return parts.count == 2 ? whole + "." + parts[1] : whole
    }
}
