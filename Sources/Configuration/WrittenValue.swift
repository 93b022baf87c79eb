/// A value as it was written, before it is given a type.
package struct WrittenValue: Sendable {
    /// A key and what stands behind it.
    struct Entry: Sendable {
        var key: String
        var place: Place
        var value: WrittenValue
    }

    enum Content: Sendable {
        case scalar(String, quoted: Bool)
        case list([WrittenValue])
        case mapping([Entry])
    }

    var content: Content
    var place: Place

    /// Whether nothing stands here: no text, `~` or `null`, without quotes.
    var isNull: Bool {
        guard case .scalar(let text, quoted: false) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// How a message cites it: as written, in quotes where it is quoted, shortened where long.
    var citation: String {
        switch content {
        case .list: return "a list"
        case .mapping: return "a section"
        case .scalar(let text, let quoted):
            let line = String(text.prefix(40).map { $0.isNewline ? " " : $0 }) + (text.count > 40 ? "…" : "")
            return quoted || line.isEmpty ? "\"\(line)\"" : line
        }
    }
}

/// Where something was written.
package enum Place: Comparable, Hashable, Sendable {
    /// Counted from 1, as editors do; columns in Unicode scalars.
    case file(line: Int, column: Int)
    /// The n-th `--set`, and its path.
    case override(Int, path: String)

    var isOverride: Bool {
        if case .override = self { true } else { false }
    }
}
