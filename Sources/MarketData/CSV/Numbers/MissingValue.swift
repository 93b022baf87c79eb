/// The words by which files say that there is no value.
enum MissingValue {
    /// Whether a cell says so: it is empty, or holds a dash, a lone point, or one of the usual words in whatever case.
    static func isMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = cell.first else { return true }
        guard cell.count <= longest, decimalDigit(first) == nil else { return false }
        return words.contains { cell.isText($0) }
    }

    private static let longest = 8
    /// The dashes are U+2013 and U+2014.
    private static let words: [StaticString] = [
        ".", "-", "--", "–", "—", "n/a", "na", "#n/a", "n/d", "null", "none", "nil", "<na>", "\\n", "#n/a n/a",
        "#value!",
    ]
}
