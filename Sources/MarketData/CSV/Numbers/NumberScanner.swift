/// Takes a cell apart as a number under one reading of its marks: blanks, sign, currency, grouped digits, decimal mark,
/// exponent, multiplier. It writes the number anew in the strict way of `decimalNumber`: `-$1,234.5M` as `-1234.5e6`.
struct NumberScanner {
    /// What is allowed in a cell.
    struct Rules {
        let decimal: DecimalMark
        /// Whether K, M, B and T may follow, as in volumes.
        var allowsMultiplier = false
        /// Whether the digits must be grouped as numbers are. Not so only to find out why a cell is none.
        var checksGroups = true
    }

    /// How a cell that is a number writes it.
    struct Notation {
        var separator: DigitSeparator?
        var hasDecimalMark = false
        var hasCurrency = false
    }

    private let cell: UnsafeBufferPointer<UInt8>
    private let rules: Rules
    private var position = 0
    private var notation = Notation()
    private let output: UnsafeMutableBufferPointer<UInt8>
    private var length = 0

    private init(
        _ cell: UnsafeBufferPointer<UInt8>, _ rules: Rules, output: UnsafeMutableBufferPointer<UInt8>
    ) {
        self.cell = cell
        self.rules = rules
        self.output = output
    }

    /// How a cell writes its number; nil where it is none under these rules.
    static func notation(of cell: UnsafeBufferPointer<UInt8>, _ rules: Rules) -> Notation? {
        scan(cell, rules) { notation, _ in notation }
    }

    /// The number of a cell, infinite where it is too large; nil where the cell is none under these rules.
    static func number(in cell: UnsafeBufferPointer<UInt8>, _ rules: Rules) -> Double? {
        scan(cell, rules) { _, text in decimalNumber(text) }
    }

    private static func scan<Value>(
        _ cell: UnsafeBufferPointer<UInt8>, _ rules: Rules,
        _ body: (Notation, UnsafeBufferPointer<UInt8>) -> Value?
    ) -> Value? {
        // Longer than the cell by no more than the exponent of a multiplier.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: cell.count + 4) { output in
            var scanner = NumberScanner(cell, rules, output: output)
            guard scanner.scan() else { return nil }
            return body(scanner.notation, UnsafeBufferPointer(rebasing: output[..<scanner.length]))
        }
    }

    private mutating func scan() -> Bool {
        scanHead()
        guard scanDigits() else { return false }
        let hasExponent = scanExponent()
        if hasExponent, notation.separator != nil { return false }
        scanTail(allowsMultiplier: rules.allowsMultiplier && !hasExponent)
        return position == cell.count
    }

    private mutating func write(_ byte: UInt8) {
        output[length] = byte
        length += 1
    }

    private mutating func skipBlanks() {
        while case let blank = cell.blankLength(at: position), blank > 0 { position += blank }
    }

    /// A sign and a currency, in either order.
    private mutating func scanHead() {
        skipBlanks()
        scanSign()
        guard case let currency = CurrencySigns.length(in: cell, at: position), currency > 0 else { return }
        notation.hasCurrency = true
        position += currency
        skipBlanks()
        if length == 0 { scanSign() }
    }

    private mutating func scanSign() {
        guard position < cell.count, cell[position] == UInt8(ascii: "-") || cell[position] == UInt8(ascii: "+") else {
            return
        }
        write(cell[position])
        position += 1
    }

    private mutating func scanDigits() -> Bool {
        var groups = DigitGroups()
        var hasDigits = false
        scanning: while position < cell.count {
            let byte = cell[position]
            if decimalDigit(byte) != nil {
                hasDigits = true
                if !notation.hasDecimalMark { groups.add(digit: byte) }
                write(byte)
                position += 1
            } else if notation.hasDecimalMark {
                break scanning
            } else if byte == rules.decimal.byte {
                notation.hasDecimalMark = true
                write(UInt8(ascii: "."))
                position += 1
            } else if let (separator, width) = separatorAhead() {
                groups.separate(by: separator)
                position += width
            } else {
                break scanning
            }
        }
        notation.separator = groups.separator
        return hasDigits && (groups.isWellFormed || !rules.checksGroups)
    }

    /// The separator at this place, if a digit follows it: a blank may also end the number.
    private func separatorAhead() -> (DigitSeparator, width: Int)? {
        let found: (DigitSeparator, width: Int)
        if cell[position] == rules.decimal.other.byte {
            found = (rules.decimal == .point ? .comma : .point, 1)
        } else if case let blank = cell.blankLength(at: position), blank > 0 {
            found = (.blank, blank)
        } else if case let apostrophe = cell.apostropheLength(at: position), apostrophe > 0 {
            found = (.apostrophe, apostrophe)
        } else {
            return nil
        }
        return cell.hasDigit(at: position + found.width) ? found : nil
    }

    private mutating func scanExponent() -> Bool {
        guard position < cell.count, cell[position] | 0x20 == UInt8(ascii: "e") else { return false }
        var digit = position + 1
        if digit < cell.count, cell[digit] == UInt8(ascii: "-") || cell[digit] == UInt8(ascii: "+") { digit += 1 }
        guard cell.hasDigit(at: digit) else { return false }
        while digit < cell.count, decimalDigit(cell[digit]) != nil { digit += 1 }
        while position < digit {
            write(cell[position])
            position += 1
        }
        return true
    }

    /// A currency and a multiplier, in either order, blanks between.
    private mutating func scanTail(allowsMultiplier: Bool) {
        skipBlanks()
        scanCurrency()
        guard allowsMultiplier, let (exponent, width) = multiplierAhead() else { return }
        position += width
        write(UInt8(ascii: "e"))
        if exponent >= 10 { write(UInt8(ascii: "1")) }
        write(UInt8(ascii: "0") + UInt8(exponent % 10))
        skipBlanks()
        scanCurrency()
    }

    private mutating func scanCurrency() {
        guard case let currency = CurrencySigns.length(in: cell, at: position), currency > 0 else { return }
        notation.hasCurrency = true
        position += currency
        skipBlanks()
    }

    /// The power of ten that the letters at this place stand for.
    private func multiplierAhead() -> (exponent: Int, width: Int)? {
        guard position < cell.count else { return nil }
        let exponent: Int
        switch cell[position] | 0x20 {
        case UInt8(ascii: "k"): exponent = 3
        case UInt8(ascii: "m"): exponent = 6
        case UInt8(ascii: "b"): exponent = 9
        case UInt8(ascii: "t"): exponent = 12
        default: return nil
        }
        let isBillion = exponent == 9 && position + 1 < cell.count && cell[position + 1] | 0x20 == UInt8(ascii: "n")
        let width = isBillion ? 2 : 1
        return cell.hasLetter(at: position + width) ? nil : (exponent, width)
    }
}
