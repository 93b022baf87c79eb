import Foundation

/// Values that another implementation computed: a JSON file in `Tests/Golden`, whose script lies beside it.
package struct GoldenFile {
    private let content: [String: Any]

    /// - Parameter path: Below `Tests/Golden`, such as `neural-networks/gru.json`.
    package init(_ path: String) throws {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.url(path)))
        guard let content = object as? [String: Any] else { throw GoldenFileError(description: "\(path) is no object") }
        self.content = content
    }

    /// Where a file below `Tests/Golden` lies.
    package static func url(_ path: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden").appendingPathComponent(path)
    }

    package func number(_ key: String) throws -> Double { try value(key) }
    package func integer(_ key: String) throws -> Int { try value(key) }
    package func integers(_ key: String) throws -> [Int] { try value(key) }
    package func rows(_ key: String) throws -> [[Double]] { try value(key) }

    /// The values of a tensor, row-major.
    package func tensor(_ key: String) throws -> [Double] { try Self.values(value(key), key) }

    /// The values of tensors in a list.
    package func tensors(_ key: String) throws -> [[Double]] {
        let list: [[String: Any]] = try value(key)
        return try list.map { try Self.values($0, key) }
    }

    private static func values(_ tensor: [String: Any], _ key: String) throws -> [Double] {
        guard let values = tensor["values"] as? [Double] else {
            throw GoldenFileError(description: "'\(key)' is no tensor")
        }
        return values
    }

    private func value<Value>(_ key: String) throws -> Value {
        guard let value = content[key] as? Value else {
            throw GoldenFileError(description: "no '\(key)' of type \(Value.self) in the golden file")
        }
        return value
    }
}

package struct GoldenFileError: Error, CustomStringConvertible {
    package let description: String
}
