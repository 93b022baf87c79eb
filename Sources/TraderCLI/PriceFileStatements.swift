import ArgumentParser
import MarketData

/// What a user may state about price files: the options of `trader ingest` that say how to read them.
struct PriceFileStatements: ParsableArguments {
    @Option(help: "The symbol of a file that names none; else the name of the file is the symbol.")
    var symbol: String?

    @Option(
        help: ArgumentHelp(
            "Which column is which, by name or by number from 1.",
            discussion: "Roles: \(StatedColumns.words.map(\.word).joined(separator: ", ")).",
            valueName: "date=…,close=…"))
    var columns: String?

    @Option(
        help: ArgumentHelp(
            "The form of the dates, where two would fit or none is known.",
            discussion:
                "dmy, mdy, ymd, excel, epoch-s, epoch-ms, epoch-us, epoch-ns, or a pattern: DD/MM/YYYY HH:MM or %d/%m/%Y %H:%M.",
            valueName: "form"))
    var dateFormat: String?

    @Option(help: "The decimal mark.")
    var decimal: DecimalMark?

    @Option(
        help: ArgumentHelp(
            "What stands between two fields: comma, semicolon, tab, pipe, space, or the character.",
            valueName: "separator"))
    var delimiter: String?

    @Option(
        help: ArgumentHelp(
            "How bytes are letters: \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "name"))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "The zone of times that name none, such as America/New_York; they are stored in UTC. Dates are not moved.",
            valueName: "zone"))
    var timezone: String?

    @Option(help: "Every column after the first is a symbol, and its cells are this field.")
    var wide: WideField?

    @Option(help: "'index': a running number stands in place of dates, or the rows are only counted.")
    var dates: DatesKind?

    @Flag(help: "The values are price relatives, price / price before: they are multiplied up from 1.")
    var relatives = false

    @Option(help: "What to do with rows that lack a price. Default: skip, and say so; stated, skip means NaN too.")
    var missing: MissingPolicy?

    @Option(
        help:
            "Whether split and dividend columns are to adjust the prices. Default: where the prices show that they are raw."
    )
    var corporateActions: CorporateActionPolicy?

    enum DatesKind: String, CaseIterable, ExpressibleByArgument {
        case index
    }

    /// The statements as the reader takes them.
    /// - Throws: `ValidationError` where one makes no sense.
    func options() throws -> PriceFileOptions {
        var options = PriceFileOptions()
        if let symbol, !Symbol.isLegal(symbol.utf8) {
            throw ValidationError("--symbol: \(Excerpt.quoted(symbol.utf8)) is not a symbol. \(Symbol.rule)")
        }
        options.symbol = symbol
        options.columns = try statedColumns()
        options.times = try statedTimes()
        options.decimal = decimal
        if let delimiter {
            guard let byte = PriceFileOptions.delimiter(named: delimiter) else {
                throw ValidationError(
                    "--delimiter: \(Excerpt.quoted(delimiter.utf8)) is none; expected comma, semicolon, tab, pipe, space or one character."
                )
            }
            options.delimiter = byte
        }
        if let encoding {
            guard let known = TextEncoding(named: encoding) else {
                throw ValidationError(
                    "--encoding: \(Excerpt.quoted(encoding.utf8)) is not known; there are "
                        + "\(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            options.encoding = known
        }
        options.wideField = wide
        options.holdsRelatives = relatives
        options.missing = missing
        options.corporateActions = corporateActions
        return options
    }

    private func statedColumns() throws -> StatedColumns {
        guard let columns else { return StatedColumns() }
        do throws(OptionError) {
            return try StatedColumns(parsing: columns)
        } catch {
            throw ValidationError(error.description)
        }
    }

    private func statedTimes() throws -> StatedTimes {
        do throws(StatedTimes.Failure) {
            return try StatedTimes(dateFormat: dateFormat, timezone: timezone, isIndex: dates == .index)
        } catch {
            throw ValidationError("\(error.message). \(error.remedy)")
        }
    }
}

extension DecimalMark: ExpressibleByArgument {}
extension WideField: ExpressibleByArgument {}
extension MissingPolicy: ExpressibleByArgument {}
extension CorporateActionPolicy: ExpressibleByArgument {}
