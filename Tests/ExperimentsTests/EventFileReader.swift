import Experiments
import Foundation
import Testing

/// CRC-32C as it is defined: a division of polynomials, bit by bit.
func bitwiseCRC32C(_ bytes: [UInt8]) -> UInt32 {
    var remainder = UInt32.max
    for byte in bytes {
        for bit in 0..<8 {
            let isOdd = (remainder ^ UInt32(byte >> UInt8(bit))) & 1 == 1
            remainder >>= 1
            if isOdd { remainder ^= 0x82F6_3B78 }
        }
    }
    return ~remainder
}

/// What an event file holds, read by another way than the one it was written by: fields in any order, check sums bit by bit.
struct EventFileReader {
    private var bytes: ArraySlice<UInt8>

    /// - Throws: where a check sum is wrong, or the file ends within a record.
    static func events(of file: URL) throws -> [TensorBoardEvent] {
        var reader = EventFileReader(bytes: try Array(Data(contentsOf: file))[...])
        var events: [TensorBoardEvent] = []
        while !reader.bytes.isEmpty { events.append(try event(reader.message())) }
        return events
    }

    private mutating func message() throws -> ArraySlice<UInt8> {
        let length = try take(8)
        try #require(integer(take(4)) == mask(bitwiseCRC32C(Array(length))), "check sum of a length")
        let message = try take(Int(integer(length)))
        try #require(integer(take(4)) == mask(bitwiseCRC32C(Array(message))), "check sum of a message")
        return message
    }

    /// A turn by 15 bits to the right, then the constant.
    private func mask(_ checksum: UInt32) -> UInt64 {
        let turned = (UInt64(checksum) << 32 | UInt64(checksum)) >> 15 & 0xFFFF_FFFF
        return (turned + 0xA282_EAD8) & 0xFFFF_FFFF
    }

    private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        try #require(bytes.count >= count, "the file ends within a record")
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    private func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private enum Field { case number(UInt64), bytes(ArraySlice<UInt8>) }

    private static func fields(_ message: ArraySlice<UInt8>) throws -> [(number: UInt64, value: Field)] {
        var reader = EventFileReader(bytes: message)
        var fields: [(UInt64, Field)] = []
        while !reader.bytes.isEmpty {
            let key = try reader.varint()
            switch key & 7 {
            case 0: fields.append((key >> 3, .number(try reader.varint())))
            case 1: fields.append((key >> 3, .number(reader.integer(try reader.take(8)))))
            case 2: fields.append((key >> 3, .bytes(try reader.take(Int(reader.varint())))))
            default: fields.append((key >> 3, .number(reader.integer(try reader.take(4)))))
            }
        }
        return fields
    }

    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for place in 0..<10 {
            guard let byte = try take(1).first else { break }
            value |= UInt64(byte & 0x7F) << UInt64(7 * place)
            if byte < 0x80 { break }
        }
        return value
    }

    private static func event(_ message: ArraySlice<UInt8>) throws -> TensorBoardEvent {
        var (wallTime, step) = (0.0, 0)
        var content: TensorBoardEvent.Content?
        for field in try fields(message) {
            switch (field.number, field.value) {
            case (1, .number(let bits)): wallTime = Double(bitPattern: bits)
            case (2, .number(let number)): step = Int(number)
            case (3, .bytes(let text)): content = text.elementsEqual("brain.Event:2".utf8) ? .fileVersion : nil
            case (5, .bytes(let summary)): content = .scalars(try fields(summary).map { try scalar($0.value) })
            case (7, .bytes(let session)): content = session == [8, 1] ? .sessionStart : nil
            default: Issue.record("field \(field.number)")
            }
        }
        return TensorBoardEvent(wallTime: wallTime, step: step, content: try #require(content))
    }

    private static func scalar(_ value: Field) throws -> TensorBoardEvent.Scalar {
        guard case .bytes(let message) = value else { throw CocoaError(.coderReadCorrupt) }
        var (tag, number) = ("", Float.nan)
        for field in try fields(message) {
            switch (field.number, field.value) {
            case (1, .bytes(let text)): tag = String(decoding: text, as: UTF8.self)
            case (2, .number(let bits)): number = Float(bitPattern: UInt32(bits))
            default: Issue.record("field \(field.number) of a value")
            }
        }
        return TensorBoardEvent.Scalar(tag: tag, value: Double(number))
    }
}
