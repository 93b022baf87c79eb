import Experiments
import Foundation
import Reporting
import Testing

struct ReportFilesTests {
    private func text(_ path: String, of result: RunResult) throws -> String {
        let file = try #require(ReportFile.all(of: result).first { $0.path == path })
        return String(decoding: file.contents, as: UTF8.self)
    }

    private var runs: [RunResult] {
        var one = SyntheticRun()
        one.symbols = ["^GSPC|x_y"]
        one.seeds = [7]
        one.warnings = ["a | b"]
        var rule = SyntheticRun()
        rule.kind = .rule
        rule.strategy = "turtle"
        rule.fill = "sameClose"
        var empty = SyntheticRun()
        empty.symbols = ["FLAT"]
        var flat = empty.result()
        for index in flat.entries.indices {
            flat.entries[index].measures = flat.entries[index].measures.map {
                .init(name: $0.name, value: .undefined("nothing happened"))
            }
            flat.entries[index].equity = flat.entries[index].equity.map { _ in 100_000 }
            flat.entries[index].trades = []
        }
        return [SyntheticRun().result(), one.result(), rule.result(), flat]
    }

    @Test func noFileHoldsWhatIsNoNumber() throws {
        let pattern = try Regex("(?i)\\b(nan|inf|infinity)\\b")
        for result in runs {
            for file in ReportFile.all(of: result) {
                let text = String(decoding: file.contents, as: UTF8.self)
                #expect(text.firstMatch(of: pattern) == nil, "\(file.path)")
            }
        }
    }

    @Test func tablesHaveEqualRows() throws {
        for result in runs {
            let lines = try text("report.md", of: result).split(separator: "\n", omittingEmptySubsequences: false)
            var columns: Int?
            for line in lines {
                guard line.hasPrefix("|") else {
                    columns = nil
                    continue
                }
                let count = line.replacing("\\|", with: "").count { $0 == "|" }
                #expect(count == columns ?? count, "\(line)")
                columns = count
            }
        }
    }

    @Test func everyLinkLeadsToAFile() throws {
        for result in runs {
            let paths = Set(ReportFile.all(of: result).map(\.path))
            let links = try text("report.md", of: result).matches(of: /\]\(([^)]+)\)/).map { String($0.1) }
            #expect(links.contains { $0.hasPrefix("charts/equity-") })
            for link in links { #expect(paths.contains(link), "\(link)") }
        }
    }

    @Test func undefinedValuesSayWhy() throws {
        let report = try text("report.md", of: runs[3])
        #expect(report.contains("—¹"))
        #expect(report.contains("¹ nothing happened."))
        #expect(report.contains("could not be compared with buy-and-hold"))
    }

    @Test func warningsStandOnTheFirstPage() throws {
        let report = try text("report.md", of: runs[2])
        let warning = try #require(report.range(of: "could not have been traded"))
        let section = try #require(report.range(of: "\n## "))
        #expect(warning.lowerBound < section.lowerBound)
        #expect(
            !report.contains("### Learning") && !report.contains("progress.jsonl") && !report.contains("Seed by seed"))
        #expect(report.contains("not investment advice"))
    }

    @Test func numbersForPeople() {
        #expect(NumberText.signedPercent(0.381) == "+38.1 %")
        #expect(NumberText.signedPercent(-0.0001) == "0.0 %")
        #expect(NumberText.signedPercent(-0.5) == "−50.0 %")
        #expect(NumberText.signedPercent(1234.5) == "+123,450 %")
        #expect(NumberText.money(1234.5) == "1,234.50")
        #expect(NumberText.money(-999.999) == "−1,000.00")
        #expect(NumberText.plain(5) == "5")
        #expect(NumberText.plain(1200) == "1,200")
        #expect(NumberText.plain(0.25) == "0.25")
        #expect(NumberText.decimal(.nan, decimals: 1) == "—")
        #expect(NumberText.percent(.infinity) == "—")
        #expect(NumberText.pValue(0.0342) == "p = 0.034")
    }
}
