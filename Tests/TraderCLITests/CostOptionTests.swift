import Foundation
import Testing

/// The options for costs, against what buy-and-hold must pay for its one purchase.
///
/// It commits all of its 100,000, costs included: with a rate r on the traded value, value·(1 + r) = 100,000, so r costs
/// 100,000·r / (1 + r). Tolerances allow for rounding in the last places.
@Suite(.serialized, .timeLimit(.minutes(2))) struct CostOptionTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private func costsPaid(_ options: [String], strategy: String = "buy-and-hold") async throws -> Double {
        try await workspace.ingest("aapl_daily.csv")
        let outcome = try await TraderProcess.run(
            ["backtest", "--json", "--strategy", strategy, "--symbols", "AAPL"] + fewDraws + options,
            in: workspace.folder)
        try #require(outcome.exitCode == 0, "\(outcome.standardError)")
        let report = try outcome.decoded(as: ReportDocument.self)
        return try #require(report.own.first?.measure("costsPaid"))
    }

    @Test(arguments: [
        // The strategy's own: 5 + 4/2 + 1 basis points.
        ([String](), 8e-4),
        (["--costs", "none"], 0.0),
        (["--costs", "none", "--commission-basis-points", "10"], 10e-4),
        // Half of a spread is paid on each side.
        (["--costs", "none", "--spread-basis-points", "10"], 5e-4),
        (["--costs", "none", "--slippage-basis-points", "10"], 10e-4),
        // One flag leaves the others: 7 + 4/2 + 1.
        (["--commission-basis-points", "7"], 10e-4),
        // What --set says comes last and wins.
        (["--costs", "none", "--set", "costs.slippageBasisPoints=3"], 3e-4),
    ])
    func ratesAreCharged(options: [String], rate: Double) async throws {
        let paid = try await costsPaid(options)
        #expect(abs(paid - 100_000 * rate / (1 + rate)) < 1e-6, "paid \(paid)")
    }

    @Test func minimumIsCharged() async throws {
        let paid = try await costsPaid(["--costs", "none", "--minimum-commission", "25"])
        #expect(abs(paid - 25) < 1e-9)
    }

    @Test func sharesAreCharged() async throws {
        let paid = try await costsPaid(["--costs", "none", "--commission-per-share", "0.01"])
        // Bought at the open of bar 1635, the first of the second half: n shares with n·(open + 0.01) = 100,000.
        let open = try #require(Double(try rows(of: bundled("aapl_daily.csv"))[1635][2]))
        #expect(abs(paid - 0.01 * 100_000 / (open + 0.01)) < 1e-6)
    }

    @Test func borrowingIsChargedToShortPositionsOnly() async throws {
        let fee = ["--costs", "none", "--borrow-basis-points-per-year", "100"]
        #expect(try await costsPaid(fee, strategy: "moving-average-crossover") == 0)
        let short = ["--set", "trading.shorting=true"]
        #expect(try await costsPaid(fee + short, strategy: "moving-average-crossover") > 0)
    }
}
