/// A JSON document, written to the same bytes on every system: keys sorted, numbers in the shortest form that reads
/// back to the same value, and never NaN or infinity, which JSON cannot say.
///
/// Foundation's encoder drops what is nil and may change its number format with its version; ours writes `null` where
/// the contract says so.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(_ value: Double?) { self = value.map(JSONValue.number) ?? .null }
    package init(_ value: Int?) { self = value.map(JSONValue.integer) ?? .null }
    package init(_ values: [String]) { self = .array(values.map(JSONValue.string)) }

    /// For people: one key a line, two spaces a level, a final newline.
    package var pretty: String {
        var text = ""
        write(to: &text, indentation: 0)
        return text + "\n"
    }

    /// On one line, for JSON Lines.
    package var compact: String {
        var text = ""
        write(to: &text, indentation: nil)
        return text
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    private func write(to text: inout String, indentation: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .unsigned(let value): text += String(value)
        case .number(let value): text += value.isFinite ? shortestText(value) : "null"
        case .string(let value): Self.writeQuoted(value, to: &text)
        case .array(let values):
            // Scalars read best side by side.
            let inner = values.allSatisfy(\.isScalar) ? nil : indentation.map { $0 + 1 }
            Self.writeItems(values, "[", "]", to: &text, indentation: inner) { value, text in
                value.write(to: &text, indentation: inner)
            }
        case .object(let members):
            let inner = indentation.map { $0 + 1 }
            let sorted = members.sorted { $0.key < $1.key }
            Self.writeItems(sorted, "{", "}", to: &text, indentation: members.isEmpty ? nil : inner) { member, text in
                Self.writeQuoted(member.key, to: &text)
                text += ": "
                member.value.write(to: &text, indentation: inner)
            }
        }
    }

    /// - Parameter indentation: level of the items, nil for all on one line.
    private static func writeItems<Item>(
        _ items: [Item], _ open: String, _ close: String, to text: inout String, indentation: Int?,
        _ write: (Item, inout String) -> Void
    ) {
        text += open
        for (index, item) in items.enumerated() {
            if index > 0 { text += indentation == nil ? ", " : "," }
            if let indentation { text += "\n" + String(repeating: "  ", count: indentation) }
            write(item, &text)
        }
        if let indentation { text += "\n" + String(repeating: "  ", count: indentation - 1) }
        text += close
    }

    private static func writeQuoted(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

/// The shortest text that reads back to the same finite number, whole numbers without `.0`: for JSON and CSV.
package func shortestText(_ value: Double) -> String {
    let text = value == 0 ? "0" : value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
