/// A part of a line of some file, fit to be shown on a terminal: control characters escaped, long lines cut around the
/// place that matters.
package struct Excerpt: Equatable, Sendable {
    package let text: String
    /// Offset in `text`, in characters, of the place that matters.
    package let caret: Int

    /// The most characters of a line that are shown.
    private static let width = 72

    /// - Parameters:
    ///   - line: the bytes of the line, without its end.
    ///   - offset: the byte that matters.
    package init(line: [UInt8], offset: Int) {
        // Bytes before the window are never decoded: a line may be long.
        let start = line.count <= Excerpt.width ? 0 : max(0, offset - Excerpt.width / 2)
        let end = min(line.count, start + Excerpt.width)
        let before = start > 0 ? "…" : ""
        let after = end < line.count ? "…" : ""
        let shownOffset = min(max(offset, start), end)
        let lead = before + Excerpt.escaped(line[start..<shownOffset])
        text = lead + Excerpt.escaped(line[shownOffset..<end]) + after
        caret = lead.unicodeScalars.count
    }

    /// The text of some bytes in single quotes, at most forty characters of it.
    package static func quoted(_ bytes: some Collection<UInt8>) -> String {
        let shown = bytes.prefix(40)
        return "'\(escaped(shown))\(shown.count < bytes.count ? "…" : "")'"
    }

    /// Decodes UTF-8, repairing what is not, and writes control and invisible characters as `\u{…}`.
    fileprivate static func escaped(_ bytes: some Collection<UInt8>) -> String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar == "\t": text += " "
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Excerpt {
    /// The text of some bytes without quotes, at most forty characters of it.
    static func plain(_ bytes: some Collection<UInt8>) -> String { String(quoted(bytes).dropFirst().dropLast()) }

    /// A whole text with control characters escaped, such as the name of a file.
    package static func escapedText(_ text: String) -> String { escaped(Array(text.utf8)) }

    /// Names in a row, separated by commas; the first ten, each cut to forty characters.
    static func list(_ names: [String]) -> String {
        let shown = names.prefix(10).map { $0.isEmpty ? "''" : plain($0.utf8) }
        return shown.joined(separator: ", ") + (names.count > 10 ? ", and \(names.count - 10) more" : "")
    }
}
