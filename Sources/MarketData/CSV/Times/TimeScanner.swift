/// Takes the parts of a time off the front of a date cell and of the time cell beside it, if there is one.
///
/// Each function leaves the place where it is unless it succeeds, `word` apart.
struct TimeScanner {
    private var cell: Cell
    private var next: Cell?
    private(set) var position = 0
    /// Whether the place is in the time cell.
    private(set) var isInTime = false

    init(_ date: Cell, _ time: Cell?) {
        cell = date
        next = time
    }

    var isAtEnd: Bool { position == cell.count && next == nil }

    /// The byte at a distance from here, 0 beyond the cell: no pattern has a 0.
    @inline(__always)
    private func byte(_ distance: Int = 0) -> UInt8 {
        let place = position + distance
        return place < cell.count ? cell[place] : 0
    }

    @inline(__always)
    private func isDigit(_ distance: Int = 0) -> Bool { byte(distance) &- 0x30 < 10 }

    /// A number of so many digits; takes the most it can.
    @inline(__always)
    mutating func number(_ least: Int, _ most: Int) -> Int? {
        var value = 0
        var count = 0
        while count < most, isDigit(count) {
            value = value &* 10 &+ Int(byte(count) &- 0x30)
            count += 1
        }
        guard count >= least else { return nil }
        position += count
        return value
    }

    @inline(__always)
    mutating func literal(_ wanted: UInt8) -> Bool {
        guard byte() == wanted, position < cell.count else { return false }
        position += 1
        return true
    }

    /// One or more blanks, or the gap between the cells.
    mutating func blank() -> Bool {
        if position == cell.count, let time = next {
            (cell, next, position, isInTime) = (time, nil, 0, true)
            return true
        }
        let start = position
        while let width = TimeScanner.blankWidth(cell, at: position) { position += width }
        return position > start
    }

    /// A word as its key, and a full stop behind it.
    mutating func word() -> UInt64? {
        var key: UInt64 = 0
        var count = 0
        while let letter = CalendarWords.letter(cell, at: position) {
            position += letter.bytes
            guard letter.code > 0 else { continue }
            key = key << 5 | UInt64(letter.code)
            count += 1
        }
        if byte() == UInt8(ascii: ".") { position += 1 }
        return (1...CalendarWords.longestWord).contains(count) ? key : nil
    }

    /// The fraction of a second, if there is one, and whether it is zero.
    mutating func fraction() -> Bool {
        guard byte() == UInt8(ascii: ".") || byte() == UInt8(ascii: ","), isDigit(1) else { return true }
        position += 1
        var isZero = true
        while isDigit() {
            isZero = isZero && byte() == UInt8(ascii: "0")
            position += 1
        }
        return isZero
    }

    /// `AM`, `pm`, `a.m.`, `p. m.`: whether it is after noon.
    mutating func meridiem() -> Bool? {
        let start = self
        let first = byte() | 0x20
        guard first == UInt8(ascii: "a") || first == UInt8(ascii: "p") else { return nil }
        position += 1
        if literal(UInt8(ascii: ".")) { _ = blank() }
        guard byte() | 0x20 == UInt8(ascii: "m") else {
            self = start
            return nil
        }
        position += 1
        _ = literal(UInt8(ascii: "."))
        return first == UInt8(ascii: "p")
    }

    /// `Z`, `UTC`, `GMT`, `+01:00`, `-0500`, `+02`, `GMT+1…`: seconds east of Greenwich.
    mutating func offset() -> Int? {
        let start = self
        var isNamed = false
        if byte() | 0x20 == UInt8(ascii: "z") {
            position += 1
            return 0
        }
        for name in [CalendarWords.key("utc"), CalendarWords.key("gmt")] where !isNamed {
            let before = self
            isNamed = word() == name
            if !isNamed { self = before }
        }
        let sign = byte()
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return isNamed ? 0 : nil }
        position += 1
        if let hours = number(isNamed ? 1 : 2, 2), hours < 16 {
            let minutes = literal(UInt8(ascii: ":")) ? number(2, 2) : isDigit() ? number(2, 2) : 0
            if let minutes, minutes < 60 {
                let seconds = hours * 3_600 + minutes * 60
                return sign == UInt8(ascii: "-") ? -seconds : seconds
            }
        }
        self = start
        return nil
    }

    /// The number of bytes of a blank at a place: space, tab, no-break space (in UTF-8 or Latin-1), or the narrow one
    /// that newer systems write before AM and PM.
    static func blankWidth(_ text: Cell, at position: Int) -> Int? {
        guard position < text.count else { return nil }
        switch text[position] {
        case 0x20, 0x09, 0xA0: return 1
        case 0xC2: return position + 1 < text.count && text[position + 1] == 0xA0 ? 2 : nil
        case 0xE2:
            guard position + 2 < text.count, text[position + 1] == 0x80, text[position + 2] == 0xAF else { return nil }
            return 3
        default: return nil
        }
    }
}
