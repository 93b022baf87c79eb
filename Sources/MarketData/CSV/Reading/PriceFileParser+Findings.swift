extension PriceFileParser {
    /// What was left out, or read in spite of something.
    /// - Parameter incomplete: bars that turned out later to lack a price.
    func findings(incomplete: Places) -> [QualityFinding] {
        var findings: [QualityFinding] = []
        let missing = notes.missing.joined(with: incomplete)
        if !missing.isEmpty {
            findings.append(
                QualityFinding(
                    check: "missing", severity: .warning, places: missing,
                    message:
                        "\(missing.count == 1 ? "1 bar" : "\(missing.count) bars") without a price: left out",
                    remedy: "Nothing is filled in; to refuse such files use --missing reject."))
        }
        if !notes.unusableAdjustedCloses.isEmpty {
            findings.append(
                QualityFinding(
                    check: "adjusted-close", severity: .warning, places: notes.unusableAdjustedCloses,
                    message: "\(notes.unusableAdjustedCloses.rows) whose adjusted close is no finite number: left out",
                    remedy: "Download the file again, or correct the cells."))
        }
        if !notes.prose.isEmpty {
            var places = Places()
            places.add(notes.prose.compactMap(\.line))
            findings.append(
                QualityFinding(
                    check: "footer", severity: .warning, places: places,
                    message:
                        "\(places.count == 1 ? "1 line" : "\(places.count) lines") of text after the last row: ignored",
                    remedy: "None is needed."))
        }
        if let spelling = symbols.otherSpelling {
            findings.append(
                QualityFinding(
                    check: "symbol-case", severity: .warning, places: symbols.otherSpellings,
                    message:
                        "symbol '\(spelling.written)' is taken for \(spelling.taken), which differs only in capitals",
                    remedy: "Were they two symbols, rename one of them."))
        }
        if let change = times.unitChange {
            findings.append(
                QualityFinding(
                    check: "time-unit", severity: .warning, places: Places(change.line),
                    message:
                        "the unit of the times changes from \(change.from) to \(change.to): each is read by its size",
                    remedy: "None is needed; files of two kinds were joined."))
        }
        return findings
    }
}
