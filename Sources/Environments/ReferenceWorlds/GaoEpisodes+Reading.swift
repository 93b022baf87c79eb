import Foundation
import MarketData

extension GaoEpisodes {
    /// Which of a game's episodes a file holds.
    package enum Part: String, CaseIterable, Sendable { case train, test }

    /// Reads a game's episodes from a folder that names its files as the published ones are named: `univariate_test.csv`, or
    /// `bivariate_test_price.csv` and `bivariate_test_signal.csv`.
    package static func read(
        _ game: Game, _ part: Part, inFolder folder: String
    ) throws(PriceFileError) -> GaoEpisodes {
        let stem = URL(fileURLWithPath: folder).relativePath + "/\(game.rawValue)_\(part.rawValue)"
        switch game {
        case .univariate: return try read(prices: stem + ".csv", signals: nil)
        case .bivariate: return try read(prices: stem + "_price.csv", signals: stem + "_signal.csv")
        }
    }

    /// Reads the episodes of the univariate game from a file, or those of the bivariate game from two.
    ///
    /// The first line is `step` and a name for each episode; then come 180 lines, the step from 0 to 179 and a price (or
    /// signal) for each episode, all positive. Fields are separated by commas.
    ///
    /// - Throws: the first thing that is wrong, and where.
    package static func read(prices path: String, signals signalPath: String?) throws(PriceFileError) -> GaoEpisodes {
        let prices = try EpisodeFile(path)
        guard let signalPath else { return GaoEpisodes(game: .univariate, prices: prices.values) }
        let signals = try EpisodeFile(signalPath)
        guard signals.names == prices.names else {
            throw EpisodeFile.error(
                in: signalPath, line: 1, message: "the episodes are not those of \(Excerpt.escapedText(path))",
                remedy: "Both files need the same first line.")
        }
        return GaoEpisodes(game: .bivariate, prices: prices.values, signals: signals.values)
    }
}

/// The numbers of one file, a column for each episode.
private struct EpisodeFile {
    let names: [String]
    /// Shape `[episodes, steps]`.
    let values: [Double]

    private let path: String
    private static let form =
        "The file has the line 'step,' and the episodes' names, then a line for each step from 0 to "
        + "\(GaoEpisodes.steps - 1): its number, and a positive number for each episode."

    init(_ path: String) throws(PriceFileError) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EpisodeFile.error(in: path, message: "no such file", remedy: "Check the name and the folder.")
        }
        var lines = [UInt8](data).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        names = try EpisodeFile.names(in: lines.first ?? [], of: path)
        var rows: [[Double]] = []
        for (index, line) in lines.enumerated().dropFirst() {
            rows.append(try EpisodeFile.numbers(in: line, number: index + 1, names: names, of: path))
        }
        guard rows.count == GaoEpisodes.steps else {
            throw EpisodeFile.error(
                in: path, line: lines.count,
                message: "the file ends after \(rows.count) steps, expected \(GaoEpisodes.steps)",
                remedy: EpisodeFile.form)
        }
        values = names.indices.flatMap { episode in rows.map { $0[episode] } }
    }

    private static func names(in line: ArraySlice<UInt8>, of path: String) throws(PriceFileError) -> [String] {
        let fields = fields(of: line)
        guard let first = fields.first, text(first) == "step", fields.count > 1 else {
            throw error(
                in: path, line: 1, column: 1, message: "the first line does not name steps and episodes",
                excerpt: Excerpt(line: Array(line), offset: 0), remedy: form)
        }
        return fields.dropFirst().map(text)
    }

    private static func numbers(
        in line: ArraySlice<UInt8>, number: Int, names: [String], of path: String
    ) throws(PriceFileError) -> [Double] {
        let fields = fields(of: line)
        func wrong(_ field: ArraySlice<UInt8>, _ message: String) -> PriceFileError {
            let offset = field.startIndex - line.startIndex
            return error(
                in: path, line: number, column: offset + 1, message: message,
                excerpt: Excerpt(line: Array(line), offset: offset), remedy: form)
        }
        let step = number - 2
        guard step < GaoEpisodes.steps else {
            throw wrong(line, "the file goes on after step \(GaoEpisodes.steps - 1)")
        }
        guard let first = fields.first, text(first) == String(step) else {
            throw wrong(line, "step is \(Excerpt.quoted(fields.first ?? [])), expected '\(step)'")
        }
        guard fields.count == names.count + 1 else {
            throw wrong(line, "step \(step) has \(fields.count) fields, expected \(names.count + 1)")
        }
        var values: [Double] = []
        for (field, name) in zip(fields.dropFirst(), names) {
            // `Double` would also read hexadecimal numbers, and names for what is not finite.
            guard field.allSatisfy({ "0123456789.eE+- ".utf8.contains($0) }), let value = Double(text(field)),
                value > 0,
                value.isFinite
            else {
                throw wrong(
                    field,
                    "\(name) is \(Excerpt.quoted(field)) at step \(step), expected a positive number such as 112.5")
            }
            values.append(value)
        }
        return values
    }

    private static func fields(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }

    static func error(
        in path: String, line: Int? = nil, column: Int? = nil, message: String, excerpt: Excerpt? = nil, remedy: String
    ) -> PriceFileError {
        let problem = PriceFileError.Problem(
            line: line, column: column, message: message, excerpt: excerpt, remedy: remedy)
        return PriceFileError(file: path, problems: [problem], count: 1)
    }
}
