import Foundation

/// Where diagnostics and progress go: standard error.
enum Console {
    /// Whether a person is looking.
    static let isTerminal = isatty(2) == 1

    static func note(_ text: String) { write(text + "\n") }

    static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
