/// A Markdown table whose columns also line up in plain text.
struct MarkdownTable {
    private let headings: [String]
    private var rows: [[String]] = []

    /// How many columns hold text and stand flush left; the rest hold numbers and stand flush right.
    private let textColumns: Int

    init(_ headings: [String], textColumns: Int = 1) {
        self.headings = headings.map(Markdown.cell)
        self.textColumns = textColumns
    }

    mutating func add(_ row: [String]) {
        precondition(row.count == headings.count, "a table row has \(row.count) cells, the headings \(headings.count)")
        rows.append(row.map(Markdown.cell))
    }

    var text: String {
        let widths = headings.indices.map { column in
            max(3, ([headings[column]] + rows.map { $0[column] }).map(\.count).max() ?? 0)
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column < textColumns ? cell + padding : padding + cell
            }
            return "| " + padded.joined(separator: " | ") + " |"
        }
        let rule = widths.enumerated().map { column, width in
            column < textColumns ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
        }
        return ([line(headings), "| " + rule.joined(separator: " | ") + " |"] + rows.map(line))
            .joined(separator: "\n")
    }
}

/// Text that means itself in Markdown.
enum Markdown {
    /// Escapes what Markdown would take for markup; for names and messages that come from outside.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_<>[]|".contains(character) { result.append("\\") }
            result.append(character.isNewline ? " " : character)
        }
        return result
    }

    /// A cell: no line ends, no bare column separators.
    static func cell(_ text: String) -> String {
        var result = ""
        for character in text {
            if character == "|", result.last != "\\" { result.append("\\") }
            result.append(character.isNewline ? " " : character)
        }
        return result
    }

    static func image(_ chart: ChartFile) -> String { "![\(escaped(chart.alternative))](\(chart.path))" }
}
