import Foundation
import TensorCore

extension Checkpoint {
    /// Reads the bytes of a file that holds exactly the tensors of `layout`, in any order.
    /// - Throws: `CheckpointError` where the bytes are not such a file.
    package init(decoding data: Data, layout: ParameterLayout) throws {
        let bytes = [UInt8](data)
        var (header, metadata, start) = try Self.header(of: bytes)
        var ranges: [Range<Int>] = []
        var parameters = [Float](repeating: 0, count: layout.count)
        for tensor in layout.tensors {
            let slice = tensor.slice
            guard let entry = header.removeValue(forKey: tensor.name) else {
                throw CheckpointError("tensor '\(tensor.name)' is missing; this is another network's file")
            }
            let range = try Self.range(of: tensor, entry, available: bytes.count - start)
            ranges.append(range)
            for index in 0..<slice.count {
                let at = start + range.lowerBound + 4 * index
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
                parameters[slice.offset + index] = Float(bitPattern: bits)
            }
            guard parameters[slice.offset..<slice.offset + slice.count].allSatisfy(\.isFinite) else {
                throw CheckpointError("tensor '\(tensor.name)' holds a value that is not finite")
            }
        }
        if let name = header.keys.sorted().first {
            throw CheckpointError("tensor '\(name)' is not part of the network; this is another network's file")
        }
        guard Self.tile(ranges, upTo: bytes.count - start) else {
            throw CheckpointError("the tensors do not lie one behind the other up to the end of the file")
        }
        self.init(layout: layout, parameters: parameters, metadata: metadata)
    }

    /// The metadata of a file, for whoever does not know yet what it holds.
    /// - Throws: `CheckpointError` where the bytes do not begin as such a file.
    package static func metadata(of data: Data) throws -> [String: String] { try header(of: [UInt8](data)).metadata }

    /// - Returns: The entries of the tensors by name, the metadata, and where the tensors begin.
    private static func header(
        of bytes: [UInt8]
    ) throws -> (tensors: [String: Any], metadata: [String: String], start: Int) {
        guard bytes.count >= 8 else { throw CheckpointError("not a safetensors file: it has \(bytes.count) bytes") }
        let headerLength = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
        guard headerLength <= UInt64(bytes.count - 8) else {
            throw CheckpointError("the header is said to have \(headerLength) bytes, and the file has \(bytes.count)")
        }
        let start = 8 + Int(headerLength)
        guard let object = try? JSONSerialization.jsonObject(with: Data(bytes[8..<start])),
            var header = object as? [String: Any]
        else { throw CheckpointError("the header is not a JSON object") }
        guard let entry = header.removeValue(forKey: metadataKey) else { return (header, [:], start) }
        guard let metadata = entry as? [String: String] else { throw CheckpointError("the metadata are not all text") }
        return (header, metadata, start)
    }

    /// Whether the ranges cover all bytes, each once.
    private static func tile(_ ranges: [Range<Int>], upTo end: Int) -> Bool {
        var next = 0
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            guard range.lowerBound == next else { return false }
            next = range.upperBound
        }
        return next == end
    }

    /// The bytes of a tensor, after checking that its entry describes the tensor we expect.
    private static func range(of tensor: ParameterLayout.Tensor, _ entry: Any, available: Int) throws -> Range<Int> {
        let slice = tensor.slice
        guard let entry = entry as? [String: Any], let type = entry["dtype"] as? String,
            let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int], offsets.count == 2
        else { throw CheckpointError("tensor '\(tensor.name)' has no type, shape and offsets") }
        guard type == "F32" else {
            throw CheckpointError("tensor '\(tensor.name)' is of type \(type), expected F32")
        }
        guard shape == [slice.rows, slice.columns] else {
            throw CheckpointError(
                "tensor '\(tensor.name)' has shape \(shape), the network expects \([slice.rows, slice.columns])")
        }
        guard 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= available,
            offsets[1] - offsets[0] == 4 * slice.count
        else {
            throw CheckpointError(
                "tensor '\(tensor.name)' lies at bytes \(offsets), of which the file has \(available)")
        }
        return offsets[0]..<offsets[1]
    }
}
