import Foundation
import MarketData
import Testing

/// Every layout of the dialect table: what becomes of the file, which bars it gives, and which lines and words a message has.
@Suite struct DialectTableTests {
    /// A row of `expected.csv`.
    struct Expectation: Sendable, CustomTestStringConvertible {
        let file: String
        let verdict: String
        let truth: String
        let bars: Int
        /// The lines that a message must name.
        let lines: [Int]

        var testDescription: String { file }
    }

    static let expectations: [Expectation] = {
        guard let text = try? String(contentsOfFile: dialect("expected.csv"), encoding: .utf8) else { return [] }
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let cells = line.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
            return Expectation(
                file: cells[0], verdict: cells[1], truth: cells[2], bars: Int(cells[3]) ?? -1, lines: lines(cells[4]))
        }
    }()

    /// `31;32` and `20-24` as numbers.
    private static func lines(_ text: String) -> [Int] {
        text.split(separator: ";").flatMap { part -> [Int] in
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last else { return [] }
            return Array(first...last)
        }
    }

    @Test func theTableIsComplete() {
        #expect(Self.expectations.count == 86)
        #expect(Set(Self.expectations.map(\.verdict)) == ["accept", "warn", "ask", "reject"])
    }

    @Test(arguments: expectations.filter { $0.verdict == "accept" || $0.verdict == "warn" })
    func acceptedFilesGiveTheTrueBars(_ expectation: Expectation) throws {
        let truth = try Truth(expectation)
        let file = try read(expectation.file, symbol: truth.symbol)
        let series = file.series.map { ($0.symbol, $0.bars(truth.isAdjusted ? .adjusted : .raw)) }
        #expect(series.map(\.1.count).reduce(0, +) == expectation.bars)
        truth.compare(series)
        let warnings = file.summary.findings.filter { $0.severity == .warning }
        if expectation.verdict == "accept" {
            #expect(warnings.isEmpty, "\(warnings.map(\.message))")
        } else {
            #expect(!warnings.isEmpty)
            let named = Set(warnings.flatMap(\.lines))
            #expect(named.isSuperset(of: expectation.lines.prefix(10)), "\(warnings)")
        }
        #expect(!file.summary.decisions.isEmpty)
    }

    @Test(arguments: expectations.filter { $0.verdict == "ask" || $0.verdict == "reject" })
    func refusedFilesNameTheLine(_ expectation: Expectation) throws {
        guard expectation.file != "broken_no_newline_1mb.csv" else { return }
        let error: PriceFileError
        switch outcome(expectation.file, symbol: "ACME") {
        case .success(let file):
            Issue.record("accepted with \(file.series.map(\.rows.count)) bars: \(file.summary.decisions)")
            return
        case .failure(let refusal): error = refusal
        }
        let message = "\(error)"
        let lines = error.problems.compactMap(\.line)
        for line in expectation.lines {
            #expect(lines.contains(line) || message.contains("line \(line)"), "\(message)")
        }
        for words in try #require(Self.words[expectation.file], "\(expectation.file)") {
            #expect(message.localizedCaseInsensitiveContains(words), "\(message)")
        }
        #expect(error.problems.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test func aLineOfAMegabyteIsRefusedWithoutEcho() throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "1"), count: 1_000_000)
        let outcome = Result { () throws(PriceFileError) in try reader.read(bytes, named: "f.csv") }
        guard case .failure(let error) = outcome else {
            Issue.record("accepted")
            return
        }
        #expect("\(error)".hasPrefix("f.csv:1:1: error: line 1 is longer than") && "\(error)".count < 200)
    }

    /// What the user states makes the ambiguous files readable.
    @Test func statedFormsAnswerTheQuestions() throws {
        var options = PriceFileOptions()
        options.decimal = .point
        let index = try PriceFileReader(options: options, today: day("2024-06-30"))
            .read(dialect("ask_decimal_comma_ambiguous.csv"))
        let truth = try #require(Truth.series("indx"))
        #expect(index.series[0].rows.map(\.close) == truth.map { $0.close.rounded(.down) })

        options = PriceFileOptions()
        options.times = try StatedTimes(dateFormat: "excel")
        let excel = try PriceFileReader(options: options, today: day("2024-06-30"))
            .read(dialect("ask_excel_serial_dates.csv"))
        #expect(excel.series[0].bars(.raw) == Truth.series("acme"))

        options = PriceFileOptions()
        options.columns = try StatedColumns(parsing: "date=1,symbol=2,open=3,high=4,low=5,close=6,volume=7")
        let headerless = try PriceFileReader(options: options, today: day("2024-06-30")).read(
            dialect("ask_no_header.csv"))
        #expect(headerless.series[0].bars(.raw) == Truth.series("acme"))
    }

    private func read(_ file: String, symbol: String) throws -> ParsedPriceFile {
        try outcome(file, symbol: symbol).get()
    }

    /// Files that name no symbol have names that are none: then the user states it.
    private func outcome(_ file: String, symbol: String) -> Result<ParsedPriceFile, PriceFileError> {
        let first = Result { () throws(PriceFileError) in try reader.read(dialect(file)) }
        guard case .failure(let error) = first, "\(error)".contains("State the symbol with --symbol") else {
            return first
        }
        var options = PriceFileOptions()
        options.symbol = symbol
        return Result { () throws(PriceFileError) in
            try PriceFileReader(options: options, today: day("2024-06-30")).read(dialect(file))
        }
    }

    /// What a message must say, in the words that matter.
    private static let words: [String: [String]] = [
        "ask_decimal_comma_ambiguous.csv": ["3,854", "thousands", "decimal comma", "--decimal"],
        "ask_excel_serial_dates.csv": ["44929", "Excel", "--date-format"],
        "ask_no_header.csv": ["line 1 is data", "no header", "--columns"],
        "broken_duplicate_conflict.csv": ["already on line 31"],
        "broken_future_date.csv": ["3023", "typing error"],
        "broken_gzip.csv": ["gzip", "gunzip"],
        "broken_header_shorter_than_rows.csv": ["header has 7 names", "line 2 has 8 fields"],
        "broken_high_below_low.csv": ["high", "below low"],
        "broken_html.csv": ["HTML page"],
        "broken_impossible_date.csv": ["2023-02-30", "is not a date"],
        "broken_lfs_pointer.csv": ["Git LFS pointer"],
        "broken_mixed_date_formats.csv": ["04/27/2023", "YYYY-MM-DD"],
        "broken_mixed_delimiters.csv": ["1 field", "the header 7", "semicolons"],
        "broken_no_date.csv": ["no date column", "symbol, open, high, low, close, volume"],
        "broken_nul_bytes.csv": ["NUL byte"],
        "broken_nul_tail.csv": ["NUL bytes", "after the last row"],
        "broken_png.csv": ["PNG image"],
        "broken_price_fullwidth.csv": ["full-width digits"],
        "broken_price_hex.csv": ["0x1F", "not a decimal number"],
        "broken_price_inf.csv": ["Infinity", "not a finite number"],
        "broken_price_nan.csv": ["NaN", "not a finite number"],
        "broken_price_neg_inf.csv": ["-Infinity", "not a finite number"],
        "broken_price_text.csv": ["abc", "not a number"],
        "broken_price_trailing_letter.csv": ["142.13A", "not a number"],
        "broken_price_two_dots.csv": ["142.1.3", "not a number"],
        "broken_price_unicode_minus.csv": ["U+2212", "minus sign"],
        "broken_row_too_long.csv": ["9 fields", "the header 7"],
        "broken_row_too_short.csv": ["6 fields", "the header 7"],
        "broken_stooq_limit.csv": ["message instead of data", "Exceeded the daily hits limit"],
        "broken_symbol_path.csv": ["../../etc/cron.d/x", "is not a symbol"],
        "broken_tabs_in_commas.csv": ["4 fields", "the header 7", "tabs"],
        "broken_text_after_quote.csv": ["text after a closing quote"],
        "broken_truncated_row.csv": ["4 fields", "the header 7", "cut off"],
        "broken_unterminated_quote.csv": ["quote opened on line 71 is never closed"],
        "broken_wrong_columns.csv": ["no date column and no close column", "name, age, city"],
        "broken_xlsx.csv": ["Excel workbook", "CSV"],
        "broken_yahoo_404.csv": ["message instead of data", "404"],
        "broken_year_23.csv": ["year 23"],
        "broken_zero_rows.csv": ["all prices are 0", "holiday"],
    ]
}

/// The path of a file of the dialect table.
private func dialect(_ name: String) -> String { fixture("../dialects/\(name)") }
