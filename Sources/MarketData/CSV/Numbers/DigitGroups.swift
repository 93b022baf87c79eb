/// Checks, digit by digit, that the whole part of a number is grouped as numbers are: not at all, in threes (`1,234,567`), or
/// in the Indian way, by commas in twos before the last three (`12,34,567`).
struct DigitGroups {
    /// What separates the groups; nil while there is one group only.
    private(set) var separator: DigitSeparator?
    private var isMixed = false
    private var beginsWithZero = false
    /// Digits in the first group and in the one being read.
    private var first = 0
    private var current = 0
    /// Whether all groups between the first and the last have three digits, or all have two.
    private var isInThrees = true
    private var isInTwos = true

    mutating func add(digit: UInt8) {
        if separator == nil, current == 0 { beginsWithZero = digit == UInt8(ascii: "0") }
        current += 1
    }

    mutating func separate(by mark: DigitSeparator) {
        if let separator {
            if separator != mark { isMixed = true }
            if current != 3 { isInThrees = false }
            if current != 2 { isInTwos = false }
        } else {
            separator = mark
            first = current
        }
        current = 0
    }

    /// Whether the groups are right if no digit follows.
    var isWellFormed: Bool {
        guard let separator else { return true }
        guard !isMixed, !beginsWithZero, (1...3).contains(first), current == 3 else { return false }
        return isInThrees || (separator == .comma && isInTwos && first <= 2)
    }
}
