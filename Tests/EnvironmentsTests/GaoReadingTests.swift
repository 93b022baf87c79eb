import Environments
import Foundation
import MarketData
import Testing

/// A well-formed file: step t of episode k has the value 100 + t + k / 2.
private func lines(_ names: [String] = ["e001", "e002"]) -> [String] {
    ["step," + names.joined(separator: ",")]
        + (0..<180).map { step in
            "\(step)," + names.indices.map { "\(100 + Double(step) + Double($0) / 2)" }.joined(separator: ",")
        }
}

private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gao-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
}

private func write(_ lines: [String], to path: String, end: String = "\n") throws {
    try Data((lines.joined(separator: end) + end).utf8).write(to: URL(fileURLWithPath: path))
}

@Test func episodesAreColumns() throws {
    try inFolder { folder in
        try write(lines(), to: folder + "/univariate_train.csv")
        let episodes = try GaoEpisodes.read(.univariate, .train, inFolder: folder)
        var expected: [Double] = []
        for first in [100, 100.5] { for step in 0..<180 { expected.append(first + Double(step)) } }
        #expect(episodes == GaoEpisodes(game: .univariate, prices: expected))
        // Line ends of other systems, and a number with an exponent.
        var other = lines()
        other[1] = "0, 1.0e2 ,100.5"
        try write(other + [""], to: folder + "/univariate_test.csv", end: "\r\n")
        #expect(try GaoEpisodes.read(.univariate, .test, inFolder: folder + "/") == episodes)

        try write(lines(), to: folder + "/bivariate_test_price.csv")
        try write(
            lines().map { $0.replacingOccurrences(of: ".5", with: ".75") }, to: folder + "/bivariate_test_signal.csv")
        let pair = try GaoEpisodes.read(.bivariate, .test, inFolder: folder)
        #expect(pair.game == .bivariate && pair.prices == expected && pair.signals[180] == 100.75)
    }
}

/// The whole message for a file in which one line is another.
private func message(line: Int, is text: String?) throws -> String {
    var result = ""
    try inFolder { folder in
        var changed = lines()
        if let text { changed[line - 1] = text } else { changed.remove(at: line - 1) }
        try write(changed, to: folder + "/prices.csv")
        let error = try #require(throws: PriceFileError.self) {
            try GaoEpisodes.read(prices: folder + "/prices.csv", signals: nil)
        }
        result = error.description.replacingOccurrences(of: folder + "/", with: "")
    }
    return result
}

private let form =
    "The file has the line 'step,' and the episodes' names, then a line for each step from 0 to 179: its number, and a "
    + "positive number for each episode."

@Test func aBadFileIsRefusedWithItsPlace() throws {
    #expect(
        try message(line: 1, is: "date,close") == """
            prices.csv:1:1: error: the first line does not name steps and episodes
              date,close
              ^
            \(form)
            """)
    #expect(
        try message(line: 4, is: "2,abc,102.5") == """
            prices.csv:4:3: error: e001 is 'abc' at step 2, expected a positive number such as 112.5
              2,abc,102.5
                ^
            \(form)
            """)
    #expect(
        try message(line: 4, is: "2,102") == """
            prices.csv:4:1: error: step 2 has 2 fields, expected 3
              2,102
              ^
            \(form)
            """)
    #expect(
        try message(line: 9, is: nil) == """
            prices.csv:9:1: error: step is '8', expected '7'
              8,108.0,108.5
              ^
            \(form)
            """)
    #expect(
        try message(line: 181, is: nil) == """
            prices.csv:180:1: error: the file ends after 179 steps, expected 180
            \(form)
            """)
    #expect(
        try message(line: 181, is: "179,1,1\n180,1,1") == """
            prices.csv:182:1: error: the file goes on after step 179
              180,1,1
              ^
            \(form)
            """)
    for bad in ["-1", "0", "nan", "inf", "0x10", "1e999", ""] {
        #expect(try message(line: 3, is: "1,5,\(bad)").hasPrefix("prices.csv:3:5: error: e002 is '\(bad)' at step 1,"))
    }
}

@Test func filesThatLackOrDoNotBelongTogetherAreRefused() throws {
    try inFolder { folder in
        let missing = try #require(throws: PriceFileError.self) {
            try GaoEpisodes.read(.univariate, .test, inFolder: folder)
        }
        #expect(
            missing.description == """
                \(folder)/univariate_test.csv: error: no such file
                Check the name and the folder.
                """)
        try write(lines(), to: folder + "/p.csv")
        try write(lines(["e001", "e003"]), to: folder + "/s.csv")
        let other = try #require(throws: PriceFileError.self) {
            try GaoEpisodes.read(prices: folder + "/p.csv", signals: folder + "/s.csv")
        }
        #expect(
            other.description == """
                \(folder)/s.csv:1:1: error: the episodes are not those of \(folder)/p.csv
                Both files need the same first line.
                """)
    }
}
