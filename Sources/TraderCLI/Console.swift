import Foundation

/// Results go to standard output; diagnostics and progress go to standard error.
enum Console {
    /// Writes a result.
    /// - Throws: `LostOutput` where nobody can have it: the disk is full, or the output is closed.
    static func put(_ text: String, terminator: String = "\n") throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((text + terminator).utf8))
        } catch {
            throw LostOutput()
        }
    }

    /// Whether a person is looking.
    static let isTerminal = isatty(2) == 1

    static func note(_ text: String) { write(text + "\n") }

    static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}

/// A result that could not be written to standard output.
struct LostOutput: Error, CustomStringConvertible {
    var description: String {
        "error: the result could not be written to standard output: it is closed, or its disk is full"
    }
}
