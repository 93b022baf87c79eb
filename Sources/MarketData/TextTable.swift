/// A table for a terminal: columns two blanks apart, numbers to the right.
package struct TextTable: CustomStringConvertible {
    private let header: [String]
    private let numberColumns: Set<Int>
    private var rows: [[String]] = []

    /// - Parameters:
    ///   - header: the names of the columns.
    ///   - numbers: the columns that are aligned to the right.
    package init(_ header: [String], numbers: Set<Int> = []) {
        self.header = header
        numberColumns = numbers
    }

    package var isEmpty: Bool { rows.isEmpty }

    /// - Precondition: there is a cell for each column.
    package mutating func add(_ row: [String]) {
        precondition(row.count == header.count, "a row has a cell for each column")
        rows.append(row)
    }

    package var description: String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return numberColumns.contains(column) ? padding + cell : cell + padding
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    /// 8313 as 8,313.
    package static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number.magnitude).reversed().enumerated() {
            if index > 0 && index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + String(text.reversed())
    }
}
