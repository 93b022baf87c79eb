/// Finds price relatives that are missing between others of the same column: without one, no later price is known. Before the
/// first and after the last there may be none.
struct RelativeGaps {
    /// Columns that had a relative.
    private var begun: Set<Int> = []
    /// The first line after it that has none, by column.
    private var open: [Int: Int] = [:]

    /// Notes a cell.
    /// - Returns: the line on which a relative is missing that should stand before this one.
    mutating func note(column: Int, isThere: Bool, line: Int) -> Int? {
        if isThere {
            begun.insert(column)
            return open.removeValue(forKey: column)
        }
        if begun.contains(column), open[column] == nil { open[column] = line }
        return nil
    }
}
