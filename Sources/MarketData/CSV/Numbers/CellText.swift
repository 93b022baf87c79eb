/// What the bytes of a cell say at some place, whether they are UTF-8 or Latin-1.
extension UnsafeBufferPointer<UInt8> {
    /// Whether these bytes stand at a place.
    func has(_ text: StaticString, at position: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard position + length <= count else { return false }
        for offset in 0..<length where self[position + offset] != text.utf8Start[offset] { return false }
        return true
    }

    /// Whether the cell is this text, in whatever case. The text is in lower case.
    func isText(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for offset in 0..<count {
            let byte = self[offset]
            let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            if (isCapital ? byte | 0x20 : byte) != text.utf8Start[offset] { return false }
        }
        return true
    }

    func hasDigit(at position: Int) -> Bool {
        position < count && decimalDigit(self[position]) != nil
    }

    func hasLetter(at position: Int) -> Bool {
        position < count && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self[position] | 0x20)
    }

    /// The length of the blank at a place, 0 where there is none.
    func blankLength(at position: Int) -> Int {
        guard position < count else { return 0 }
        switch self[position] {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): return 1
        // The no-break space of Latin-1; as UTF-8 this byte can only continue a character, and none is read in part.
        case 0xA0: return 1
        case 0xC2: return has("\u{A0}", at: position) ? 2 : 0
        case 0xE2: return has("\u{202F}", at: position) || has("\u{2009}", at: position) ? 3 : 0
        default: return 0
        }
    }

    /// The length of the apostrophe at a place, 0 where there is none.
    func apostropheLength(at position: Int) -> Int {
        guard position < count else { return 0 }
        switch self[position] {
        // 0x92 is ’ in Windows-1252.
        case UInt8(ascii: "'"), 0x92: return 1
        case 0xE2: return has("’", at: position) ? 3 : 0
        default: return 0
        }
    }
}
