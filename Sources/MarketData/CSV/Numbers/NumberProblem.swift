/// Why a cell is no price or no volume. The caller adds where it stands.
package enum NumberProblem: Error, Equatable, Sendable, CaseIterable {
    case notANumber
    /// Hexadecimal: some readers take `0x1F` for 31.
    case hexadecimal
    case nan
    /// Infinity, in words or because the number is too large for a double.
    case infinite
    case fullWidthDigits
    /// U+2212 before a number.
    case mathematicalMinus
    case percentage
    /// A number, but with the decimal mark of other files.
    case otherDecimalMark
    /// Groups of digits as no number has them.
    case digitGroups
    /// A price of zero. Whole rows of them are a kind of their own, which the caller knows.
    case zero
    case negative

    /// What is wrong with the cell, in a few words that begin with its text.
    package func message(for cell: UnsafeBufferPointer<UInt8>, in form: NumberForm) -> String {
        let text = Excerpt.quoted(cell)
        return switch self {
        case .notANumber: "\(text) is not a number"
        case .hexadecimal: "\(text) is not a decimal number"
        case .nan, .infinite: "\(text) is not a finite number"
        case .fullWidthDigits: "\(text): full-width digits are not accepted"
        case .mathematicalMinus: "\(text): U+2212 is not a minus sign"
        case .percentage: "\(text) is a percentage"
        case .otherDecimalMark: "\(text) is not written as the numbers before, \(form.example)"
        case .digitGroups: "\(text): the digits are not in groups of three"
        case .zero: "\(text) is zero"
        case .negative: "\(text) is negative"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .notANumber, .infinite: "Correct the cell or remove the row."
        case .hexadecimal: "Write the number with the digits 0 to 9."
        case .nan: "Correct the cell or remove the row, or take NaN as missing with --missing skip."
        case .fullWidthDigits: "Write the number with the ASCII digits 0 to 9."
        case .mathematicalMinus: "Write the minus sign as '-', U+002D."
        case .percentage: "Write the value itself."
        case .otherDecimalMark:
            "Write all numbers of the file alike, or state what all of them use: --decimal point or --decimal comma."
        case .digitGroups: "Write the digits in groups of three, 1,234,567, or without separators."
        case .zero: "A price is above zero: correct the row or remove it."
        case .negative: "Correct the row or remove it."
        }
    }
}

extension NumberProblem {
    /// Finds out why a cell is no number in a form.
    static func of(_ cell: UnsafeBufferPointer<UInt8>, _ rules: NumberScanner.Rules) -> NumberProblem {
        let unsigned = cell.first == UInt8(ascii: "-") || cell.first == UInt8(ascii: "+") ? 1 : 0
        let word = UnsafeBufferPointer(rebasing: cell[unsigned...])
        if word.isText("nan") { return .nan }
        if word.isText("inf") || word.isText("infinity") || word.isText("∞") { return .infinite }
        if word.has("0x", at: 0) || word.has("0X", at: 0) { return .hexadecimal }
        if hasFullWidthDigit(cell) { return .fullWidthDigits }
        if cell.indices.contains(where: { cell.has("−", at: $0) }) { return .mathematicalMinus }
        if cell.last == UInt8(ascii: "%") { return .percentage }
        var others = NumberScanner.Rules(decimal: rules.decimal.other, allowsMultiplier: rules.allowsMultiplier)
        if NumberScanner.notation(of: cell, others) != nil { return .otherDecimalMark }
        others = NumberScanner.Rules(
            decimal: rules.decimal, allowsMultiplier: rules.allowsMultiplier, checksGroups: false)
        return NumberScanner.notation(of: cell, others) != nil ? .digitGroups : .notANumber
    }

    /// U+FF10 to U+FF19.
    private static func hasFullWidthDigit(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        cell.indices.dropLast(2).contains {
            cell[$0] == 0xEF && cell[$0 + 1] == 0xBC && (0x90...0x99).contains(cell[$0 + 2])
        }
    }
}
