/// Strict decimal numbers: `142.13`, `+1.4e2`, `-3`, `.5`. Nothing else: no hexadecimal, no `inf`, no `nan`, no thousands
/// separators, no digits but ASCII's, no locale.
///
/// - Returns: the double nearest to the number, infinite where it is too large; nil where the text is no such number.
func decimalNumber(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    if let number = plainNumber(text, decimalMark: UInt8(ascii: ".")) { return number }
    var position = 0
    var isNegative = false
    if let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        isNegative = sign == UInt8(ascii: "-")
        position = 1
    }
    var digits: UInt64 = 0
    var digitCount = 0
    var fitsInDigits = true
    var exponent = 0
    var pointSeen = false
    while position < text.count {
        let byte = text[position]
        if byte == UInt8(ascii: "."), !pointSeen {
            pointSeen = true
        } else if let digit = decimalDigit(byte) {
            digitCount += 1
            if digits >= 1_000_000_000_000_000_000 { fitsInDigits = false }
            digits = digits &* 10 &+ UInt64(digit)
            if pointSeen { exponent -= 1 }
        } else {
            break
        }
        position += 1
    }
    guard digitCount > 0 else { return nil }
    if position < text.count {
        let rest = UnsafeBufferPointer(rebasing: text[(position + 1)...])
        guard text[position] | 0x20 == UInt8(ascii: "e"), let scale = exponentOfTen(rest) else { return nil }
        exponent += scale
    }
    guard fitsInDigits, let magnitude = nearestDouble(to: digits, timesTenTo: exponent) else {
        return Double(String(decoding: text, as: UTF8.self))
    }
    return isNegative ? -magnitude : magnitude
}

/// The number of a cell that holds nothing but up to 19 digits and perhaps one decimal mark, as nearly all cells do: the short
/// way, which allocates nothing.
///
/// - Returns: nil where the cell holds anything else, which need not mean that it is no number.
@inline(__always) func plainNumber(_ cell: UnsafeBufferPointer<UInt8>, decimalMark: UInt8) -> Double? {
    // Nineteen digits always fit into 64 bits.
    guard cell.count <= 20 else { return nil }
    var digits: UInt64 = 0
    var markPosition = -1
    for position in 0..<cell.count {
        let digit = cell[position] &- UInt8(ascii: "0")
        if digit < 10 {
            digits = digits &* 10 &+ UInt64(digit)
        } else if cell[position] == decimalMark, markPosition < 0 {
            markPosition = position
        } else {
            return nil
        }
    }
    guard markPosition >= 0 else { return (1...19).contains(cell.count) ? Double(digits) : nil }
    guard cell.count > 1 else { return nil }
    return nearestDouble(to: digits, timesTenTo: markPosition + 1 - cell.count)
}

/// The value of an ASCII digit.
@inline(__always) func decimalDigit(_ byte: UInt8) -> UInt8? {
    let digit = byte &- UInt8(ascii: "0")
    return digit < 10 ? digit : nil
}

/// What follows the `e` of a number; so large a one that it cannot matter is cut to ±99,999.
private func exponentOfTen(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var digits = text[...]
    var isNegative = false
    if let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        isNegative = sign == UInt8(ascii: "-")
        digits = digits.dropFirst()
    }
    guard !digits.isEmpty else { return nil }
    var value = 0
    for byte in digits {
        guard let digit = decimalDigit(byte) else { return nil }
        value = min(99_999, value * 10 + Int(digit))
    }
    return isNegative ? -value : value
}
