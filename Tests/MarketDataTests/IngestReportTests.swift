import Foundation
import MarketData
import Testing

@Suite struct IngestReportTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What programs may rely on, in full: keys, nulls, dates.
    @Test func isTheDocumentedJSON() throws {
        let good = try folder.file("good.csv", "date,symbol,close\n2024-01-02,A,1\n2024-01-02,A,1\n")
        let bad = try folder.file("bad.csv", "date,close\n2024-01-02,x\n2024-01-03,y\n")
        var report = IngestReport()
        try folder.store().ingest([good, bad], with: reader, report: &report)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(report)
        let text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: folder.path, with: "")
        #expect(
            text == """
                {
                  "files" : [
                    {
                      "decisions" : [
                        "a bar a row, from columns date, symbol, close",
                        "dates YYYY-MM-DD"
                      ],
                      "error" : null,
                      "file" : "/good.csv",
                      "firstRows" : [

                      ],
                      "notices" : [

                      ],
                      "symbols" : [
                        {
                          "adjustments" : 0,
                          "bars" : 1,
                          "from" : "2024-01-02",
                          "inserted" : 1,
                          "replaced" : 0,
                          "symbol" : "A",
                          "to" : "2024-01-02",
                          "unchanged" : 0
                        }
                      ],
                      "verdict" : "warned",
                      "warnings" : [
                        {
                          "check" : "duplicates",
                          "count" : 1,
                          "lines" : [
                            3
                          ],
                          "message" : "1 row repeats an earlier one exactly: dropped",
                          "remedy" : "Look whether the file was put together rightly.",
                          "severity" : "warning",
                          "symbols" : [

                          ],
                          "times" : [

                          ]
                        }
                      ]
                    },
                    {
                      "decisions" : [

                      ],
                      "error" : {
                        "column" : 12,
                        "line" : 2,
                        "message" : "close 'x' is not a number (the first of 2 problems)",
                        "remedy" : "Correct the cell or remove the row."
                      },
                      "file" : "/bad.csv",
                      "firstRows" : [

                      ],
                      "notices" : [

                      ],
                      "symbols" : [

                      ],
                      "verdict" : "refused",
                      "warnings" : [

                      ]
                    }
                  ]
                }
                """)
        #expect(try JSONDecoder().decode(IngestReport.self, from: data) == report)
    }

    @Test func aFileThatIsNotThereHasNoLine() throws {
        var report = IngestReport()
        try folder.store().ingest([folder.path + "/no.csv"], with: reader, report: &report)
        let text = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        #expect(text.contains(#""line":null"#) && text.contains(#""column":null"#))
        #expect(report.hasRefusals)
    }

    @Test func theTableIsAligned() throws {
        let store = try folder.store()
        var report = IngestReport()
        try store.ingest([bundled("aapl_daily.csv"), fixture("acme-long.csv")], with: reader, report: &report)
        #expect(
            report.table == """
                symbol   bars  from        to            new  unchanged
                AAPL    3,270  2000-03-01  2013-03-01  3,270          0
                ACME      120  2023-01-03  2023-06-26    120          0
                """)
        #expect(IngestReport().table.isEmpty)
    }
}
