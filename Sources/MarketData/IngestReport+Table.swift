extension IngestReport {
    /// What came in, as a table for people: a line for each symbol of each accepted file. Empty if there is none.
    package var table: String {
        let header = ["symbol", "bars", "from", "to", "new", "unchanged", "replaced"]
        let rows = files.flatMap(\.symbols).map { symbol in
            [
                symbol.symbol, grouped(symbol.bars), "\(symbol.from)", "\(symbol.to)", grouped(symbol.inserted),
                grouped(symbol.unchanged), grouped(symbol.replaced),
            ]
        }
        guard !rows.isEmpty else { return "" }
        let numbers: Set = [1, 4, 5, 6]
        // Replacing is asked for rarely; its column is shown when it happened.
        let columns = header.indices.filter { $0 < 6 || rows.contains { $0[6] != "0" } }
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        return ([header] + rows).map { row in
            let cells = columns.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return numbers.contains(column) ? padding + row[column] : row[column] + padding
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// 8313 as 8,313.
    private func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0 && index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
