/// Small helpers for sentences.
enum Prose {
    /// `1 seed`, `5 seeds`.
    static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(NumberText.integer(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// The text in lines of at most `width` characters, broken at spaces; a longer word keeps a line of its own.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        // No-break spaces hold a number and its unit together, so only plain spaces divide.
        for word in joiningUnits(text).split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { $0.replacing("\u{a0}", with: " ") }
    }

    private static func joiningUnits(_ text: String) -> String { text.replacing(" %", with: "\u{a0}%") }

    /// The day of an ISO 8601 time, the whole of it where bars are shorter than days.
    static func day(_ time: String) -> String {
        time.hasSuffix("T00:00:00Z") ? String(time.prefix(10)) : time
    }
}
