// Numbers are decimal: 64, -0.5, 1e-3, and 100_000 with grouped digits. A whole number may be written 1e5 or 64.0 as well,
// so long as it is exact: what counts is the number, not how it looks. NaN and the infinities are refused.

extension Int: ConfigurationValue {}
extension UInt64: ConfigurationValue {}
extension Double: ConfigurationValue {}
extension Float: ConfigurationValue {}

extension ConfigurationValue where Self: FixedWidthInteger {
    package static var typeName: String { "a whole number" }

    package var written: String { String(self) }

    package init(reading written: WrittenValue) throws(ConfigurationMismatch) {
        let digits = try written.digits(of: Self.self)
        // Beyond 2^53 a Double skips whole numbers, so there only digits alone are exact.
        let exactlyWhole = Double(digits).flatMap { abs($0) <= 0x1p53 ? Self(exactly: $0) : nil }
        if let value = Self(digits) ?? exactlyWhole {
            self = value
        } else if let number = Double(digits), number == number.rounded() {
            throw written.mismatch("is \(written.citation), outside \(Self.min)...\(Self.max)")
        } else {
            throw written.mismatch("is \(written.citation), not \(Self.typeName)")
        }
    }
}

extension ConfigurationValue where Self: BinaryFloatingPoint & LosslessStringConvertible {
    package static var typeName: String { "a number" }

    /// The shortest decimal text that reads back as this number; 1e-07 as 1.0e-07, which all YAML readers take for a number.
    package var written: String {
        let text = description
        if text.hasSuffix(".0") { return String(text.dropLast(2)) }
        return text.contains(".") ? text : text.split(separator: "e").joined(separator: ".0e")
    }

    package init(reading written: WrittenValue) throws(ConfigurationMismatch) {
        guard let value = Self(try written.digits(of: Self.self)) else {
            throw written.mismatch("is \(written.citation), not \(Self.typeName)")
        }
        guard value.isFinite else { throw written.mismatch("is \(written.citation), too large for a number") }
        self = value
    }
}

extension WrittenValue {
    /// The text of a number, digits no longer grouped.
    fileprivate func digits<Number: ConfigurationValue>(of type: Number.Type) throws(ConfigurationMismatch) -> String {
        let text = try plainText(of: type)
        if ["nan", "inf", "infinity"].contains(text.lowercased().filter { !"+-.".contains($0) }) {
            throw mismatch("is \(citation), not a finite number")
        }
        // Only these, since Swift would read hexadecimal too.
        let isDecimal = text.allSatisfy { "0123456789+-.eE_".contains($0) }
        let groups = text.split(separator: "_", omittingEmptySubsequences: false)
        guard isDecimal, groups.allSatisfy({ !$0.isEmpty }) else {
            throw mismatch("is \(citation), not \(Number.typeName)")
        }
        return groups.joined()
    }
}
