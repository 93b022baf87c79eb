import Foundation

/// A shape as text, for a model file's metadata: a network can be made again from it.
///
///     {"actions":3,"carriesState":false,"dueling":true,"encoder":{"gru":{"hidden":[64]}},"features":11,"hidden":[64],
///      "numbers":5,"scaling":"none","window":20}
extension QNetworkShape {
    /// One line of JSON; equal shapes give equal text.
    package var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { preconditionFailure("a shape of numbers and names is JSON") }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads what `text` gave.
    /// - Throws: `QNetworkShapeError` where it describes no network.
    package init(text: String) throws {
        do {
            self = try JSONDecoder().decode(QNetworkShape.self, from: Data(text.utf8))
        } catch DecodingError.keyNotFound(let key, _) {
            throw QNetworkShapeError("'\(key.stringValue)' is missing")
        } catch DecodingError.typeMismatch(_, let context) {
            throw QNetworkShapeError(
                "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of the wrong type")
        } catch DecodingError.dataCorrupted(let context) {
            throw QNetworkShapeError(context.debugDescription)
        }
        if let problem { throw QNetworkShapeError(problem) }
    }
}

/// A text that describes no network.
package struct QNetworkShapeError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ problem: String) { description = "the architecture cannot be read: \(problem)" }
}
