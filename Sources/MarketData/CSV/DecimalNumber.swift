/// Strict decimal numbers: `142.13`, `+1.4e2`, `-3`, `.5`. Nothing else: no hexadecimal, no `inf`, no `nan`, no thousands
/// separators, no digits but ASCII's, no locale.
///
/// - Returns: the double nearest to the number, infinite where it is too large; nil where the text is no such number.
func decimalNumber(_ text: ArraySlice<UInt8>) -> Double? {
    var position = text.startIndex
    let end = text.endIndex
    var isNegative = false
    if position < end, text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") {
        isNegative = text[position] == UInt8(ascii: "-")
        position += 1
    }
    var digits: UInt64 = 0
    var digitCount = 0
    var significantDigits = 0
    var exponent = 0
    var pointSeen = false
    while position < end {
        let byte = text[position]
        if byte == UInt8(ascii: "."), !pointSeen {
            pointSeen = true
        } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            digitCount += 1
            digits = digits &* 10 &+ UInt64(byte - UInt8(ascii: "0"))
            if digits != 0 { significantDigits += 1 }
            if pointSeen { exponent -= 1 }
        } else {
            break
        }
        position += 1
    }
    guard digitCount > 0 else { return nil }
    if position < end {
        guard text[position] | 0x20 == UInt8(ascii: "e"), let scale = exponentOfTen(text[(position + 1)...]) else {
            return nil
        }
        exponent += scale
    }
    // With at most 15 digits and a power of ten up to 22 both are exact doubles, and so one operation rounds correctly
    // (W. D. Clinger, “How to read floating point numbers accurately”, PLDI 1990). Beyond, the standard library decides.
    guard significantDigits <= 15, abs(exponent) < powersOfTen.count else {
        return Double(String(decoding: text, as: UTF8.self))
    }
    let magnitude = exponent < 0 ? Double(digits) / powersOfTen[-exponent] : Double(digits) * powersOfTen[exponent]
    return isNegative ? -magnitude : magnitude
}

/// What follows the `e` of a number; so long a one that it cannot matter is cut to ±99,999.
private func exponentOfTen(_ text: ArraySlice<UInt8>) -> Int? {
    var digits = text
    var isNegative = false
    if let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        isNegative = sign == UInt8(ascii: "-")
        digits = digits.dropFirst()
    }
    guard !digits.isEmpty, digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
    let value = digits.reduce(0) { min(99_999, $0 * 10 + Int($1 - UInt8(ascii: "0"))) }
    return isNegative ? -value : value
}

private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]
