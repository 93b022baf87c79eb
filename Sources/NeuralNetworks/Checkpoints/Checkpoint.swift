import Foundation
import TensorCore

/// The parameters of a network as a file in the safetensors format, which other tools read.
///
/// A file is eight bytes with the header's length, the header in JSON, then the tensors' bytes: `Float32`, little-endian,
/// row-major, one behind the other in the order of the layout. All tensors have two dimensions; a bias is `[1, n]`.
///
/// - SeeAlso: The format's description at `huggingface/safetensors: README.md`.
package struct Checkpoint: Equatable, Sendable {
    package let layout: ParameterLayout
    /// The flat vector that `layout` describes.
    package let parameters: [Float]
    /// What else there is to know: free text by free name.
    package let metadata: [String: String]

    /// - Precondition: the number of parameters is the layout's.
    package init(layout: ParameterLayout, parameters: [Float], metadata: [String: String]) {
        precondition(
            parameters.count == layout.count, "\(parameters.count) parameters for a layout of \(layout.count)")
        self.layout = layout
        self.parameters = parameters
        self.metadata = metadata
    }

    /// The bytes of the file; the same checkpoint always gives the same bytes.
    /// - Throws: `CheckpointError` where a parameter is not finite: such a network is not worth keeping.
    package func encoded() throws -> Data {
        var header: [String: Any] = [:]
        if !metadata.isEmpty { header[Self.metadataKey] = metadata }
        for tensor in layout.tensors {
            let slice = tensor.slice
            let values = parameters[slice.offset..<slice.offset + slice.count]
            guard values.allSatisfy(\.isFinite) else {
                throw CheckpointError("tensor '\(tensor.name)' holds a value that is not finite; nothing was written")
            }
            header[tensor.name] = [
                "dtype": "F32", "shape": [slice.rows, slice.columns],
                "data_offsets": [4 * slice.offset, 4 * (slice.offset + slice.count)],
            ]
        }
        var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
        // Spaces behind the header are allowed, and let the tensors begin at a multiple of eight bytes.
        json.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
        var data = Data(capacity: 8 + json.count + 4 * parameters.count)
        withUnsafeBytes(of: UInt64(json.count).littleEndian) { data.append(contentsOf: $0) }
        data.append(json)
        for value in parameters {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
        return data
    }

    static let metadataKey = "__metadata__"
}

/// What is wrong with a checkpoint.
package struct CheckpointError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
