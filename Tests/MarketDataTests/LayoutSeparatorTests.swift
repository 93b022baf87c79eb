import Foundation
import MarketData
import Testing

/// What stands between fields, before the header, behind the last row and at the end of lines.
@Suite struct LayoutSeparatorTests {
    private static let bars = "2024-01-02,TEST,1,3,1,2,10\n2024-01-03,TEST,2,3,1,2.5,\n"

    @Test(arguments: [",", ";", "\t", "|", " "]) func separatorsAreFound(_ separator: String) throws {
        let lines = ["Date,Open,High,Low,Close,Volume", "2024-01-02,1,3,1,2,10", "2024-01-03,2,3,1,2.5,"]
        let text = lines.joined(separator: "\n").replacingOccurrences(of: ",", with: separator)
        let file = try parsed(text)
        #expect(file.csv() == Self.bars)
        let names = [";": "semicolon", "\t": "tab", "|": "vertical bar", " ": "blank"]
        #expect(
            file.summary.decisions.first == names[separator].map { "separator: \($0)" }
                ?? "a bar a row, from columns Date, Open, High, Low, Close, Volume")
    }

    @Test func blanksAroundSeparatorsAreNothing() throws {
        let file = try parsed("Date | Close\n2024-01-02 | 1.5\n\n   \n")
        #expect(file.csv() == "2024-01-02,TEST,,,,1.5,\n")
    }

    @Test(arguments: ["sep=;\n", "\u{FEFF}sep=;\r\n", "\"sep=;\"\n", "SEP=;\n"])
    func theHintForSpreadsheetsIsNoData(_ hint: String) throws {
        // Without the hint the comma would give two columns too.
        let file = try parsed(hint + "Date;Close\n2024-01-02;1,5\n")
        #expect(file.csv() == "2024-01-02,TEST,,,,1.5,\n")
        #expect(file.series[0].rows[0].line == 3)
    }

    @Test func aHintThatIsWrongIsNamed() throws {
        #expect(
            try refusal(of: "sep=;\nDate,Close\n2024-01-02,1\n") == """
                f.csv:2:1: error: no table with the separator semicolon, which was stated
                  Date,Close
                  ^
                State the separator that the file has with --delimiter.
                """)
    }

    @Test(arguments: [":", "~", "/"]) func anyCharacterMayBeStated(_ separator: String) throws {
        let file = try parsed("Date\(separator)Close\n2024-01-02\(separator)1\n") {
            $0.delimiter = PriceFileOptions.delimiter(named: separator)
        }
        #expect(file.csv() == "2024-01-02,TEST,,,,1,\n")
    }

    @Test func separatorsHaveNames() {
        let names = ["comma", "semicolon", "tab", "pipe", "space", "\\t", ";", "Tab"]
        #expect(names.map { PriceFileOptions.delimiter(named: $0) } == [44, 59, 9, 124, 32, 9, 59, 9])
        for name in ["", "\"", "5", "ab", "é", "\n", "\u{0}"] {
            #expect(PriceFileOptions.delimiter(named: name) == nil, "\(name)")
        }
    }

    @Test(arguments: [
        "# Exported by a broker\n",
        "Prices of Example Corp.\n\nAll times are UTC\n",
        "Timestamps are UTC timezone,https://www.example.com\n",
        "Ticker,TEST\nDate,2024-02-01\nCurrency,USD\n\n",
        "Period,2024-01-02,2024-01-05\n",
        "Date,\"Exported, today\"\nCurrency,USD\n",
        "Symbol: TEST; Period: daily\n",
    ])
    func linesBeforeTheTableAreSkipped(_ preamble: String) throws {
        let file = try parsed(
            preamble + "Date,Open,High,Low,Close,Volume\n2024-01-02,1,3,1,2,10\n2024-01-03,2,3,1,2.5,\n")
        #expect(file.csv() == Self.bars && file.warnings.isEmpty)
    }

    @Test func textBehindTheLastRowIsIgnoredAndReported() throws {
        let file = try parsed(
            "Date,Close\n2024-01-02,2\n2024-01-03,2.5\n\nDownloaded from Example as of 06-30-2024\nAll rights reserved\n"
        )
        #expect(file.series[0].rows.count == 2)
        let finding = try #require(file.summary.findings.first)
        #expect(finding.check == "footer" && finding.lines == [5, 6] && finding.severity == .warning)
        #expect(finding.message == "2 lines of text after the last row: ignored")
    }

    @Test func textBetweenRowsIsRefused() throws {
        let message = try #require(
            try refusal(of: "Date,Close\n2024-01-02,1\nthis is some text\n2024-01-03,2\n"))
        #expect(message.hasPrefix("f.csv:3:1: error: line 3 has 1 field, the header 2\n"))
    }

    @Test(arguments: [
        // In rows, in the header, in both.
        "Date,Open,High,Low,Close,Volume\n2024-01-02,1,3,1,2,10,\n2024-01-03,2,3,1,2.5,,\n",
        "Date,Open,High,Low,Close,Volume,\n2024-01-02,1,3,1,2,10\n2024-01-03,2,3,1,2.5,\n",
        "Date,Open,High,Low,Close,Volume,,\n2024-01-02,1,3,1,2,10,,\n2024-01-03,2,3,1,2.5,,,\n",
        // A spreadsheet's rows of nothing.
        "Date,Open,High,Low,Close,Volume\n2024-01-02,1,3,1,2,10\n2024-01-03,2,3,1,2.5,\n,,,,,\n,,,,,\n",
    ])
    func separatorsAtTheEndsOfLinesAreNothing(_ text: String) throws {
        let file = try parsed(text)
        #expect(file.csv() == Self.bars && file.warnings.isEmpty)
    }

    @Test func filledFieldsWithoutANameAreReported() throws {
        let file = try parsed("Date,Close\n2024-01-02,2,a note\n2024-01-03,2.5,another\n")
        #expect(file.series[0].rows.map(\.close) == [2, 2.5])
        #expect(file.warnings == ["fields"] && file.summary.findings[0].lines == [1, 2])
    }

    @Test func oneRowOfAnotherWidthIsRefused() throws {
        for row in ["2024-01-03,1,2", "2024-01-03"] {
            let message = try #require(try refusal(of: "Date,Close\n2024-01-02,1\n\(row)\n2024-01-04,2\n"))
            #expect(
                message.hasPrefix(
                    "f.csv:3:1: error: line 3 has \(row.count > 10 ? "3 fields" : "1 field"), the header 2"))
        }
    }
}
