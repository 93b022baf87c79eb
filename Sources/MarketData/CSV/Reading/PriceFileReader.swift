/// Reads price files: tables of bars out of texts, or one error that names every place that is wrong.
///
/// The way is always the same. `LayoutFinder` decides from the first rows which columns hold what, `PriceFileSurvey` from as many
/// rows as it takes how dates and numbers are written; then the file is read from the start, `PriceFileParser` turns rows into bars
/// and `SeriesAssembler` puts the bars of each symbol in order and has them checked.
package struct PriceFileReader: Sendable {
    package var options: PriceFileOptions
    /// Today's date. Prices dated later than next year are typing errors.
    package var today: Timestamp

    package init(options: PriceFileOptions = PriceFileOptions(), today: Timestamp) {
        self.options = options
        self.today = today
    }

    /// Why reading ended before its end.
    enum Stop: Error {
        case refused(PriceFileError)
        /// A symbol came again that had been handed over. The file must be read again with `early` off.
        case symbolReturned
        /// Whoever takes the series wants no more.
        case cancelled
    }

    /// Reads a whole file.
    /// - Throws: if anything about the file is wrong; then nothing of it is given.
    package func read(_ file: String) throws(PriceFileError) -> ParsedPriceFile {
        try read(file, stream: { () throws(PriceFileError.Problem) in try ByteStream(path: file) })
    }

    /// Reads a file that is in memory already.
    package func read(_ bytes: [UInt8], named file: String) throws(PriceFileError) -> ParsedPriceFile {
        try read(file, stream: { () throws(PriceFileError.Problem) in try ByteStream(bytes: bytes) })
    }

    private func read(
        _ file: String, stream: () throws(PriceFileError.Problem) -> ByteStream
    ) throws(PriceFileError) -> ParsedPriceFile {
        var series: [PriceSeries] = []
        do throws(Stop) {
            let summary = try read(file, stream: stream, early: false) {
                series.append($0)
                return true
            }
            return ParsedPriceFile(summary: summary, series: series)
        } catch {
            guard case .refused(let error) = error else { preconditionFailure("all series are wanted, at the end") }
            throw error
        }
    }

    /// Reads a file and hands over the bars of each symbol as soon as they are complete.
    ///
    /// Memory grows with the number of bars not handed over, not with the length of lines or fields.
    /// - Parameters:
    ///   - stream: opens the file.
    ///   - early: whether a symbol may be handed over before the end of the file, where the rows seem to be ordered by symbol.
    ///   - take: gets each symbol's bars, at least one; false stops the reading. What it got counts only if this returns.
    func read(
        _ file: String, stream: () throws(PriceFileError.Problem) -> ByteStream, early: Bool,
        take: (PriceSeries) -> Bool
    ) throws(Stop) -> PriceFileSummary {
        let opened: ByteStream
        do throws(PriceFileError.Problem) {
            opened = try stream()
        } catch {
            throw .refused(PriceFileError(file: file, problems: [error], count: 1))
        }
        var pass = PriceFilePass(file: file, options: options, today: today, stream: opened)
        return try pass.run(early: early && !opened.isPipe, take: take)
    }
}
