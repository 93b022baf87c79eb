import Experiments
import Foundation

/// The result of `trader solve` for programs, with where its files are.
package func solveJSON(_ result: SolveResult, files: [String]) throws -> Data {
    struct Document: Encodable {
        let result: SolveResult
        let files: [String]

        func encode(to encoder: any Encoder) throws {
            try result.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(files, forKey: .files)
        }

        enum Key: CodingKey { case files }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(Document(result: result, files: files))
}
