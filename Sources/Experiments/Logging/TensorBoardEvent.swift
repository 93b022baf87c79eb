/// One record of a TensorBoard event file: a message `Event`, framed as a TFRecord.
///
///     length of the message, UInt64   masked CRC-32C of the length, UInt32
///     message                         masked CRC-32C of the message, UInt32
///
/// all little-endian. Scalars are written as `simple_value`, the form that every reader of event files knows; TensorBoard
/// turns it into what its pages Scalars and Time Series show. It has the precision of `Float`.
///
/// - SeeAlso: `tensorflow/tensorboard: tensorboard/compat/proto/event.proto` and `summary.proto`.
package struct TensorBoardEvent: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// The first record of every file.
        case fileVersion
        /// What was read before with this step or a later one is no longer true.
        case sessionStart
        /// Values that are not finite are left out.
        case scalars([Scalar])
    }

    package struct Scalar: Equatable, Sendable {
        package let tag: String
        package let value: Double

        package init(tag: String, value: Double) {
            self.tag = tag
            self.value = value
        }
    }

    /// Seconds since 1970-01-01 UTC.
    package let wallTime: Double
    package let step: Int
    package let content: Content

    package init(wallTime: Double, step: Int, content: Content) {
        self.wallTime = wallTime
        self.step = step
        self.content = content
    }

    /// The bytes of the record.
    package var record: [UInt8] {
        let message = message.bytes
        let length = Self.littleEndian(UInt64(message.count))
        return length + Self.littleEndian(CRC32C.masked(CRC32C.checksum(of: length)))
            + message + Self.littleEndian(CRC32C.masked(CRC32C.checksum(of: message)))
    }

    private var message: ProtobufMessage {
        var event = ProtobufMessage()
        event.append(wallTime, field: 1)
        // What is zero is left out, but for members of a choice.
        if step != 0 { event.append(step, field: 2) }
        switch content {
        case .fileVersion: event.append("brain.Event:2", field: 3)
        case .scalars(let scalars):
            var summary = ProtobufMessage()
            for scalar in scalars where Float(scalar.value).isFinite {
                var value = ProtobufMessage()
                value.append(scalar.tag, field: 1)
                value.append(Float(scalar.value), field: 2)
                summary.append(value, field: 1)
            }
            event.append(summary, field: 5)
        case .sessionStart:
            var session = ProtobufMessage()
            session.append(1, field: 1)
            event.append(session, field: 7)
        }
        return event
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
