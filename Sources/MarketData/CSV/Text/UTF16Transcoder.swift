/// Turns UTF-16 into UTF-8, piece by piece.
///
/// Half a surrogate pair becomes U+FFFD, as everywhere in Swift.
struct UTF16Transcoder {
    private let isLittleEndian: Bool
    /// A byte that waits for the other half of its unit.
    private var oddByte: UInt8?
    /// The first half of a surrogate pair.
    private var highSurrogate: UInt32?

    /// - Parameter mark: the first two bytes of the file.
    /// - Returns: nil where they are not the byte order mark of UTF-16.
    init?(mark: (UInt8, UInt8)) {
        switch mark {
        case (0xFF, 0xFE): isLittleEndian = true
        case (0xFE, 0xFF): isLittleEndian = false
        default: return nil
        }
    }

    mutating func reset() {
        oddByte = nil
        highSurrogate = nil
    }

    /// - Precondition: `output` has room for three bytes for every two of `input`, and six more.
    /// - Returns: how many bytes were written.
    mutating func transcode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int {
        var count = 0
        func put(_ value: UInt32) {
            for byte in UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
                output[count] = byte
                count += 1
            }
        }
        for byte in input {
            guard let first = oddByte else {
                oddByte = byte
                continue
            }
            oddByte = nil
            let unit = isLittleEndian ? UInt32(byte) << 8 | UInt32(first) : UInt32(first) << 8 | UInt32(byte)
            if let high = highSurrogate {
                highSurrogate = nil
                if (0xDC00...0xDFFF).contains(unit) {
                    put(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00))
                    continue
                }
                put(0xD800)
            }
            if (0xD800...0xDBFF).contains(unit) {
                highSurrogate = unit
            } else {
                put(unit)
            }
        }
        return count
    }
}
