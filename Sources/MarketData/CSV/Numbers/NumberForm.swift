/// What a cell of prices or volumes says.
package enum NumberReading: Equatable, Sendable {
    case number(Double)
    /// The cell says that there is no value.
    case missing
    case problem(NumberProblem)
}

/// How a file writes its numbers, as decided: reads the cells of prices and volumes.
///
/// A cell may group its digits by any separator that is not the decimal mark, and bear a currency, whether or not other cells
/// do; only the decimal mark is the same in the whole file. Every number becomes the double nearest to it.
package struct NumberForm: Equatable, Sendable, CustomStringConvertible {
    package let decimal: DecimalMark
    /// The separator of thousands in the cells from which this was decided.
    package let separator: DigitSeparator?
    /// Whether one of those cells has a currency.
    package let hasCurrency: Bool
    /// Whether `NaN` is taken as a missing value; otherwise it is a problem.
    package var nanIsMissing = false

    package init(decimal: DecimalMark, separator: DigitSeparator? = nil, hasCurrency: Bool = false) {
        self.decimal = decimal
        self.separator = separator
        self.hasCurrency = hasCurrency
    }

    /// A price, which is above zero.
    package func price(_ cell: UnsafeBufferPointer<UInt8>) -> NumberReading {
        if let number = plainNumber(cell, decimalMark: decimal.byte) {
            return number > 0 ? .number(number) : .problem(.zero)
        }
        let reading = number(cell, allowsMultiplier: false)
        if case .number(let price) = reading, price <= 0 { return .problem(price < 0 ? .negative : .zero) }
        return reading
    }

    /// A volume, which is not negative, may be a fraction or beyond every integer type, and may be shortened: K, M, B (bn), T
    /// for 10^3, 10^6, 10^9, 10^12.
    package func volume(_ cell: UnsafeBufferPointer<UInt8>) -> NumberReading {
        if let number = plainNumber(cell, decimalMark: decimal.byte) { return .number(number) }
        let reading = number(cell, allowsMultiplier: true)
        if case .number(let volume) = reading, volume <= 0 { return volume < 0 ? .problem(.negative) : .number(0) }
        return reading
    }

    private func number(_ cell: UnsafeBufferPointer<UInt8>, allowsMultiplier: Bool) -> NumberReading {
        if MissingValue.isMissing(cell) || nanIsMissing && cell.isText("nan") { return .missing }
        let rules = NumberScanner.Rules(decimal: decimal, allowsMultiplier: allowsMultiplier)
        guard let number = NumberScanner.number(in: cell, rules) else { return .problem(.of(cell, rules)) }
        return number.isFinite ? .number(number) : .problem(.infinite)
    }

    /// A number in this form: `1234.56`, `1.234,56`.
    package var example: String {
        "1\(separator.map(sign) ?? "")234\(decimal == .point ? "." : ",")56"
    }

    /// In words, for people: “decimal comma, thousands as in 1.234,56, with currency”.
    package var description: String {
        "decimal \(decimal == .point ? "point" : "comma")"
            + (separator == nil ? "" : ", thousands as in \(example)") + (hasCurrency ? ", with currency" : "")
    }

    private func sign(_ separator: DigitSeparator) -> String {
        switch separator {
        case .comma: ","
        case .point: "."
        case .blank: " "
        case .apostrophe: "'"
        }
    }
}
