/// Reads price files: a table of bars out of a text, or one error that names every place that is wrong.
///
/// The way is always the same: `CSVReader` gives rows with their lines, the header decides on a `PriceFileDialect`,
/// `PriceFileParser` turns rows into bars, and the checks of `PriceFileChecks` put them in order. Three layouts are
/// understood: a bar per row with a symbol column; the same without one, such as a Yahoo export; and a wide file of closes.
package struct PriceFileReader: Sendable {
    /// The symbol of a file that names none; from the file's own name if nil.
    package var symbol: String?
    /// Today's date. Prices dated later than next year are typing errors.
    package var today: Timestamp

    package init(symbol: String? = nil, today: Timestamp) {
        self.symbol = symbol
        self.today = today
    }

    /// Reads a whole file. Memory grows with the number of bars, not with the length of lines or fields.
    /// - Throws: if anything about the file is wrong; then nothing of it is given.
    package func read(_ file: String) throws(PriceFileError) -> ParsedPriceFile {
        let reader: CSVReader
        var parser: PriceFileParser
        do throws(PriceFileError.Problem) {
            reader = try CSVReader(path: file)
            parser = try PriceFileParser(dialect: dialect(of: reader, file: file), latestYear: today.date.year + 1)
        } catch {
            throw PriceFileError(file: file, problems: [error], count: 1)
        }
        do throws(PriceFileError.Problem) {
            while let row = try reader.next() { parser.read(row) }
        } catch {
            parser.stop(error)
        }
        try parser.problems.throwIfAny(in: file)
        let checks = PriceFileChecks(parser.series)
        try checks.problems.throwIfAny(in: file)
        guard !checks.series.isEmpty else {
            let problem = PriceFileError.Problem(
                line: 1, message: parser.rowCount == 0 ? "has a header and no rows" : "has no price in any row",
                remedy: "Download or export the file again.")
            throw PriceFileError(file: file, problems: [problem], count: 1)
        }
        return ParsedPriceFile(
            file: file, fingerprint: reader.fingerprint, series: checks.series,
            decisions: parser.dialect.decisions + checks.decisions, warnings: checks.warnings)
    }

    private func dialect(
        of reader: CSVReader, file: String
    ) throws(PriceFileError.Problem) -> PriceFileDialect {
        if let symbol, !PriceFileDialect.isSymbol(symbol.utf8) {
            throw PriceFileError.Problem(
                message: "\(Excerpt.quoted(symbol.utf8)), stated for this file, is not a symbol",
                remedy: PriceFileDialect.symbolRule)
        }
        guard let header = try reader.next() else {
            throw PriceFileError.Problem(
                message: "holds nothing but blanks", remedy: "Download or export the file again.")
        }
        return try PriceFileDialect.decide(header: header, file: file, symbol: symbol)
    }
}
