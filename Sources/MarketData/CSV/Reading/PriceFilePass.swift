/// One reading of one file, from its first byte to what there is to say about it.
struct PriceFilePass {
    private let file: String
    private let options: PriceFileOptions
    private let today: Timestamp
    private let stream: ByteStream
    private var decisions: [String] = []
    private var findings: [QualityFinding] = []

    /// So many bytes are enough to see the layout.
    private static let headSize = 524_288
    /// Years before this one are typing errors.
    private static let earliestYear = 1800

    init(file: String, options: PriceFileOptions, today: Timestamp, stream: ByteStream) {
        self.file = file
        self.options = options
        self.today = today
        self.stream = stream
    }

    /// - Parameters:
    ///   - early: whether a symbol may be handed over before the end of the file.
    ///   - take: gets each symbol's bars; false stops the reading.
    mutating func run(early: Bool, take: (PriceSeries) -> Bool) throws(PriceFileReader.Stop) -> PriceFileSummary {
        var parser: PriceFileParser
        var assembler = SeriesAssembler(options: options, today: today, handsOverEarly: early)
        let reader: CSVReader
        do throws(PriceFileError.Problem) {
            let finding = try LayoutFinder(options: options, file: file).find(in: head())
            decisions += finding.layout.decisions
            parser = try self.parser(finding)
            try stream.beginLastPass()
            reader = try CSVReader(stream, delimiter: finding.delimiter)
        } catch {
            throw .refused(PriceFileError(file: file, problems: [error], count: 1))
        }
        try read(reader, &parser, &assembler, take: take)
        return try finish(&parser, &assembler, take: take)
    }

    /// The beginning of the file, up to the end of a line.
    private func head() throws(PriceFileError.Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var isWhole = false
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: min(65_536, stream.knownSize + 64), alignment: 1)
        defer { chunk.deallocate() }
        while bytes.count < PriceFilePass.headSize && !isWhole {
            let count = try stream.read(into: chunk)
            isWhole = count == 0
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
        // It refuses what is no text before anything is guessed from it.
        _ = try LineReader(ByteStream(bytes: bytes)).next()
        if !isWhole, let end = bytes.lastIndex(where: { $0 == 10 || $0 == 13 }) {
            bytes.removeLast(bytes.count - end - 1)
        }
        return bytes
    }

    /// Looks at as many rows as it takes to know how they are written.
    private mutating func parser(_ finding: LayoutFinder.Finding) throws(PriceFileError.Problem) -> PriceFileParser {
        let layout = finding.layout
        let years = PriceFilePass.earliestYear...(today.date.year + 1)
        var survey = PriceFileSurvey(
            layout: layout, delimiter: finding.delimiter, options: options, years: years)
        try stream.rewind()
        let reader = try CSVReader(stream, delimiter: finding.delimiter)
        do throws(PriceFileError.Problem) {
            while !survey.isSettled, let row = try reader.next() {
                if row.line > layout.lastHeaderLine { survey.add(row) }
            }
        } catch {
            // Reading will come to it again, and tell it beside all else that is wrong, if anything can be read at all.
            if survey.rowCount == 0 { throw error }
        }
        guard survey.rowCount > 0 else {
            throw PriceFileError.Problem(
                line: max(1, layout.lastHeaderLine), message: "has a header and no rows",
                remedy: "Download or export the file again.")
        }
        let width = try survey.width()
        if let decision = width.decision { decisions.append(decision) }
        findings += [finding.doubt, width.finding].compactMap(\.self)
        let numbers = try survey.numberForm(nanIsMissing: options.missing == .skip)
        if numbers.decimal == .comma { decisions.append("decimal comma") }
        let times = try survey.timeReader()
        decisions.append(layout.date == nil ? "rows counted as weekdays from 2000-01-03" : "dates \(times.form)")
        return PriceFileParser(layout: layout, times: times, numbers: numbers, width: width.fields, options: options)
    }

    private func read(
        _ reader: CSVReader, _ parser: inout PriceFileParser, _ assembler: inout SeriesAssembler,
        take: (PriceSeries) -> Bool
    ) throws(PriceFileReader.Stop) {
        while true {
            do throws(PriceFileError.Problem) {
                guard let row = try reader.next() else { return }
                parser.read(row, into: &assembler)
            } catch {
                return parser.stop(error)
            }
            if assembler.symbolReturned { throw .symbolReturned }
            if let complete = assembler.takeComplete(), parser.problems.count == 0 {
                if let series = assembler.finish(complete, parser), !take(series) { throw .cancelled }
            }
        }
    }

    /// Says what is wrong with the file as a whole, or hands over what is left.
    private func finish(
        _ parser: inout PriceFileParser, _ assembler: inout SeriesAssembler, take: (PriceSeries) -> Bool
    ) throws(PriceFileReader.Stop) -> PriceFileSummary {
        parser.finish()
        if parser.problems.count > 0 {
            // What the bars have to say about each other belongs to it.
            for symbol in assembler.pending { _ = assembler.finish(symbol, parser) }
        } else {
            for symbol in assembler.pending {
                let series = assembler.finish(symbol, parser)
                if let series, assembler.problems.count == 0, !take(series) { throw .cancelled }
            }
        }
        var problems = parser.problems
        problems.add(assembler.problems)
        for finding in assembler.findings where finding.severity == .error {
            problems.add(
                PriceFileError.Problem(line: finding.lines.first, message: finding.message, remedy: finding.remedy))
        }
        if problems.count == 0 && assembler.seriesCount == 0 {
            problems.add(
                PriceFileError.Problem(
                    line: 1, message: "has no price in any row", remedy: "Download or export the file again."))
        }
        do throws(PriceFileError) {
            try problems.throwIfAny(in: file)
        } catch {
            throw .refused(error)
        }
        let all = findings + parser.findings(incomplete: assembler.incomplete) + assembler.findings
        return PriceFileSummary(
            file: file, fingerprint: stream.fingerprint, decisions: decisions + assembler.decisions,
            findings: all.filter { $0.severity == .warning } + all.filter { $0.severity == .notice },
            firstRows: assembler.firstRows.map { (parser.symbols.names[$0.symbol], $0.row) })
    }
}
