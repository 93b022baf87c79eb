import Experiments
import Foundation
import Reporting
import Testing

/// The witness is Foundation's parser and the result itself.
struct ReportJSONTests {
    private func parsed(_ result: RunResult) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: ReportJSON.data(for: result)) as? [String: Any])
    }

    /// The numbers to the last bit: JSONSerialization on Linux reads them by way of a decimal type and loses the last
    /// digit, JSONDecoder reads a Double.
    private struct Exact: Decodable {
        struct Entry: Decodable {
            struct Difference: Decodable { let pValue: Double }
            let measures: [String: Double?]
            let finalEquity: Double
            let costs: [String: Double]
            let difference: Difference?
        }
        let results: [Entry]
    }

    private func exact(_ result: RunResult) throws -> [Exact.Entry] {
        try JSONDecoder().decode(Exact.self, from: ReportJSON.data(for: result)).results
    }

    @Test func holdsTheKeysOfTheContract() throws {
        let report = try parsed(SyntheticRun().result())
        #expect(report["schema"] as? String == "trader/report/1")
        #expect(report["report"] as? String == "report.md")
        for key in ["data", "conventions", "results", "timing", "seeds", "folds", "warnings"] {
            #expect(report[key] != nil, "\(key)")
        }
        let data = try #require(report["data"] as? [String: Any])
        #expect(Set(data.keys) == ["fingerprint", "symbols", "from", "to", "bars"])
        let conventions = try #require(report["conventions"] as? [String: Any])
        for key in ["periodsPerYear", "riskFree", "fill", "costs"] { #expect(conventions[key] != nil, "\(key)") }
        #expect(conventions["takeProfit"] is NSNull)
        #expect(conventions["stopLoss"] as? Double == 0.08)
    }

    @Test func resultsAreThoseOfTheRun() throws {
        let result = SyntheticRun().result()
        let report = try parsed(result)
        let results = try #require(report["results"] as? [[String: Any]])
        #expect(results.count == result.entries.count)
        for ((json, numbers), entry) in zip(zip(results, try exact(result)), result.entries) {
            #expect(json["name"] as? String == entry.name)
            #expect(json["kind"] as? String == entry.kind.rawValue)
            #expect(json["symbol"] as? String == entry.symbol)
            #expect(json.keys.contains("seed") && json["seed"] as? Int == entry.seed)
            #expect(numbers.finalEquity == entry.equity.last)
            let measures = numbers.measures
            let undefined = try #require(json["undefined"] as? [String: String])
            #expect(measures.count == entry.measures.count)
            for measure in entry.measures {
                #expect(measures[measure.name] == .some(measure.value.number), "\(measure.name)")
                #expect((undefined[measure.name] == nil) == (measure.value.number != nil), "\(measure.name)")
            }
            #expect(numbers.costs["total"] == entry.costs.total)
            #expect((json["folds"] as? [[String: Any]])?.count == entry.foldOutcomes.count)
            #expect(numbers.difference?.pValue == entry.difference?.pValue)
            #expect(json["unfilledOrders"] as? [String: Int] == entry.unfilledOrders)
        }
        let folds = try #require(report["folds"] as? [[String: Any]])
        #expect((folds[0]["test"] as? [String: Any])?["from"] as? String == result.folds[0].test.from)
    }

    @Test func largeSeedsKeepAllDigits() {
        var run = SyntheticRun()
        run.rootSeed = .max
        let text = String(decoding: ReportJSON.data(for: run.result()), as: UTF8.self)
        #expect(text.contains("\"root\": 18446744073709551615"))
    }

    @Test func equalResultsGiveEqualBytesApartFromTiming() throws {
        let first = SyntheticRun().result()
        #expect(ReportJSON.data(for: first) == ReportJSON.data(for: SyntheticRun().result()))
        var second = first
        second.timing.seconds = 1
        second.timing.workers = 1
        #expect(ReportJSON.data(for: first) != ReportJSON.data(for: second))
        func withoutTiming(_ result: RunResult) throws -> Data {
            var report = try parsed(result)
            report["timing"] = nil
            return try JSONSerialization.data(withJSONObject: report, options: .sortedKeys)
        }
        #expect(try withoutTiming(first) == withoutTiming(second))
    }

    @Test func whatIsNoNumberIsNullWithItsReason() throws {
        var result = SyntheticRun().result()
        result.entries[0].measures = [
            .init(name: "sharpe", value: .undefined("equity \"never\" moves\n")),
            .init(name: "omega", value: .value(.nan)),
            .init(name: "tiny", value: .value(2.3e-308)), .init(name: "large", value: .value(1.7e308)),
        ]
        let entry = try #require((try parsed(result)["results"] as? [[String: Any]])?.first)
        let measures = try #require(entry["measures"] as? [String: Any])
        #expect(measures["sharpe"] is NSNull)
        #expect(measures["omega"] is NSNull)
        let numbers = try #require(try exact(result).first).measures
        #expect(numbers["tiny"] == 2.3e-308)
        #expect(numbers["large"] == 1.7e308)
        #expect(
            entry["undefined"] as? [String: String]
                == ["sharpe": "equity \"never\" moves\n", "omega": "not a finite number"])
    }

    @Test func evidenceNamesEveryBarTradeAndLearningPoint() throws {
        var run = SyntheticRun()
        run.symbols = ["A,B"]
        run.seeds = [1, 2]
        let result = run.result()
        let equity = String(decoding: Evidence.equityCSV(result), as: UTF8.self).split(separator: "\n")
        #expect(equity[0] == "time,name,symbol,seed,equity")
        #expect(equity.count == 1 + result.entries.reduce(0) { $0 + $1.times.count })
        #expect(equity[1] == "2011-01-03,gated-dqn,\"A,B\",1,100000")
        let trades = String(decoding: Evidence.tradesCSV(result), as: UTF8.self).split(separator: "\n")
        #expect(trades.count == 1 + result.entries.reduce(0) { $0 + $1.trades.count })
        let progress = try #require(Evidence.progressLines(result))
        let lines = String(decoding: progress, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2 * 3 * 11)
        let first = try #require(JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(first["loss"] is NSNull && first["fold"] as? Int == 1 && first["update"] as? Int == 0)
        #expect(first["training"] as? String == "A-B-fold1-seed1" && first["symbol"] as? String == "A,B")
        #expect(first["environmentSteps"] as? Int == 1_000 && first["learningRate"] as? Double == 0.001)
        // What a clock says would make equal runs differ.
        #expect(first["wallTime"] == nil && first["updatesPerSecond"] == nil && first["residentMemoryBytes"] == nil)
    }
}
