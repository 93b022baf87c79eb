/// A message in the wire format of protocol buffers, field by field.
///
/// As much of it as event files need. A runtime library would add a minute to every build, for five kinds of fields.
///
/// - SeeAlso: “Encoding” in the documentation of protocol buffers.
struct ProtobufMessage {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 { case varint = 0, eightBytes = 1, lengthDelimited = 2, fourBytes = 5 }

    mutating func append(_ value: Double, field: UInt64) {
        appendKey(field, .eightBytes)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ value: Float, field: UInt64) {
        appendKey(field, .fourBytes)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ value: Int, field: UInt64) {
        appendKey(field, .varint)
        appendVarint(UInt64(bitPattern: Int64(value)))
    }

    mutating func append(_ value: String, field: UInt64) { append(Array(value.utf8), field: field) }

    mutating func append(_ message: ProtobufMessage, field: UInt64) { append(message.bytes, field: field) }

    private mutating func append(_ contents: [UInt8], field: UInt64) {
        appendKey(field, .lengthDelimited)
        appendVarint(UInt64(contents.count))
        bytes += contents
    }

    private mutating func appendKey(_ field: UInt64, _ type: WireType) { appendVarint(field << 3 | type.rawValue) }

    /// Seven bits a byte, the lowest first; the top bit says that more follow.
    private mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
