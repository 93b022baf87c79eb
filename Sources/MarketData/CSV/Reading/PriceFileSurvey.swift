/// Looks at the rows of a file before they are read, until it is certain how they are written: the form of the dates, the decimal
/// mark, and the number of fields.
///
/// Most files are settled by their first rows; one whose dates fit two readings is looked at to its end.
struct PriceFileSurvey {
    private let layout: PriceFileLayout
    private let numberColumns: [Int]
    private let years: ClosedRange<Int>
    private var times: TimeSurvey
    private var numbers: NumberSurvey
    private(set) var rowCount = 0
    /// The first row's line and number of fields.
    private var firstRow: (line: Int, width: Int)?
    private var widthsAgree = true
    private var hasFilledExtraField = false
    /// Whether the first row holds nothing but digits behind its first field.
    private var firstRowIsDigits = false
    /// Whether the columns of the first row hold what the header says.
    private var firstRowFits = true

    /// So many rows are looked at in any case.
    private static let leastRows = 50

    /// - Parameter years: the years that are plausible.
    init(layout: PriceFileLayout, delimiter: UInt8, options: PriceFileOptions, years: ClosedRange<Int>) {
        self.layout = layout
        // Of a very wide file some columns speak for all.
        numberColumns = Array(layout.numberColumns.prefix(64))
        self.years = years
        times = TimeSurvey(stated: options.times, years: years)
        numbers = NumberSurvey(stated: options.decimal, asksOnPoints: delimiter == UInt8(ascii: ";"))
    }

    var isSettled: Bool {
        rowCount >= PriceFileSurvey.leastRows && (layout.date == nil || times.isSettled) && numbers.isSettled
    }

    mutating func add(_ row: CSVRow) {
        // A footer is no evidence, nor is a line of delimiters.
        guard row.count > 1 || layout.names.count == 1, !row.isBlank else { return }
        rowCount += 1
        if rowCount <= PriceFileSurvey.leastRows { noteWidth(row) }
        if let date = layout.date, date < row.count {
            let time = layout.timeOfDay.flatMap { $0 < row.count ? row[$0] : nil }
            times.add(date: row[date], time: time, line: row.line)
        }
        for column in numberColumns where column < row.count {
            numbers.add(row[column], line: row.line, column: column)
        }
    }

    private mutating func noteWidth(_ row: CSVRow) {
        guard let first = firstRow else {
            firstRow = (row.line, row.count)
            firstRowIsDigits = (1..<max(1, row.count)).allSatisfy { column in
                !row[column].isEmpty && row[column].allSatisfy { (0x30...0x39).contains($0) }
            }
            hasFilledExtraField = (layout.names.count..<max(row.count, layout.names.count)).contains {
                !row[$0].isEmpty
            }
            firstRowFits = numberColumns.allSatisfy { column in
                // A time of day where a price should be tells that the columns are shifted.
                column < row.count && !row[column].contains(UInt8(ascii: ":"))
            }
            return
        }
        if row.count != first.width { widthsAgree = false }
        if row.count > layout.names.count,
            (layout.names.count..<row.count).contains(where: { !row[$0].isEmpty })
        {
            hasFilledExtraField = true
        }
    }

    /// How many fields a row has, and what is odd about it.
    /// - Throws: where all rows have another number of fields than the header, so that no column is where its name says.
    func width() throws(PriceFileError.Problem) -> (fields: Int, decision: String?, finding: QualityFinding?) {
        let names = layout.names.count
        guard let first = firstRow, widthsAgree, first.width != names else { return (names, nil, nil) }
        if first.width < names {
            let isCut = layout.names[first.width...].allSatisfy(\.isEmpty)
            return (isCut ? first.width : names, nil, nil)
        }
        if !hasFilledExtraField { return (first.width, "rows end with a separator", nil) }
        let fields = first.width - names == 1 ? "one field more" : "\(first.width - names) fields more"
        guard firstRowFits else {
            throw PriceFileError.Problem(
                line: first.line,
                message: "the header has \(names) names, line \(first.line) has \(first.width) fields "
                    + "(date and time in two fields?)",
                remedy: "Give every column a name, or state the columns with --columns date=1,….")
        }
        if firstRowIsDigits && first.width - names <= numberColumns.count {
            throw PriceFileError.Problem(
                line: first.line,
                message:
                    "the header has \(names) names, line \(first.line) has \(first.width) fields (decimal commas?)",
                remedy: "Put numbers with a decimal comma in quotes, or name all columns.")
        }
        return (
            first.width, nil,
            QualityFinding(
                check: "fields", severity: .warning, places: Places(layout.lastHeaderLine, first.line),
                message:
                    "rows have \(fields) than the header has names: the named columns are read, the rest is ignored",
                remedy: "Name the last columns if they matter.")
        )
    }

    /// The form of the numbers.
    /// - Throws: where two fit.
    func numberForm(nanIsMissing: Bool) throws(PriceFileError.Problem) -> NumberForm {
        do throws(NumberSurvey.Failure) {
            var form = try numbers.decide()
            form.nanIsMissing = nanIsMissing
            return form
        } catch {
            throw PriceFileError.Problem(
                line: error.line, message: "\(layout.names[error.column]) is \(error.message)", remedy: error.remedy)
        }
    }

    /// Reads times in the form that they have.
    /// - Throws: where two fit, or none.
    func timeReader() throws(PriceFileError.Problem) -> TimeReader {
        guard layout.date != nil else { return TimeReader(form: .counted, years: years) }
        do throws(TimeSurvey.Failure) {
            return TimeReader(form: try times.decide(), years: years)
        } catch {
            throw PriceFileError.Problem(line: error.line, message: error.message, remedy: error.remedy)
        }
    }
}
