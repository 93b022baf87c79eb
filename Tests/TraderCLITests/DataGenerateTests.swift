import Foundation
import Testing

/// `trader data generate`: the same command gives the same file, which `trader ingest` takes.
@Suite(.serialized, .timeLimit(.minutes(2))) struct DataGenerateTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let models = [
        "geometric-brownian-motion", "heston", "merton-jump-diffusion", "regime-switching", "ornstein-uhlenbeck",
        "sine-wave", "square-wave",
    ]

    @Test(arguments: models)
    func sameSeedGivesTheSameBytes(model: String) async throws {
        func generate(_ name: String, _ seed: String, _ bars: String = "60") async throws -> Data {
            try await workspace.success(
                "data", "generate", model, "--symbol-count", "2", "--bars", bars, "--seed", seed, "--output", name)
            return try workspace.bytes(name)
        }
        let first = try await generate("1.csv", "7")
        #expect(try await generate("2.csv", "7") == first)
        // A wave has no chance in its prices, but has in its volume.
        #expect(try await generate("3.csv", "8") != first)
        let longer = String(decoding: try await generate("4.csv", "7", "90"), as: UTF8.self).split(separator: "\n")
        #expect(longer.prefix(61) == String(decoding: first, as: UTF8.self).split(separator: "\n").prefix(61))

        let printed = try await workspace.success(
            "data", "generate", model, "--symbol-count", "2", "--bars", "60", "--seed", "7", "--output", "-")
        #expect(Data(printed.utf8) == first)

        let taken = try await workspace.document(IngestDocument.self, "ingest", "1.csv", "--json")
        #expect(taken.files[0].symbols.map(\.symbol) == ["SYN1", "SYN2"])
        #expect(taken.files[0].symbols.allSatisfy { $0.inserted == 60 })
        #expect(try await workspace.success("data", "export").utf8.count == first.count)
    }

    @Test func everyIntervalIsTaken() async throws {
        for (interval, last) in [
            ("day", "2020-01-10"), ("hour", "2020-01-01T07:00:00Z"), ("minute", "2020-01-01T00:07:00Z"),
        ] {
            let made = try await workspace.document(
                GenerateDocument.self, "data", "generate", "heston", "--bars", "8", "--interval", interval, "--symbols",
                interval, "--start", "2020-01-01", "--output", "\(interval).csv", "--json")
            #expect(made.to == last && made.from == "2020-01-01" && made.interval == interval)
            let taken = try await workspace.document(IngestDocument.self, "ingest", "\(interval).csv", "--json")
            #expect(taken.files[0].symbols.map(\.to) == [last])
        }
    }

    @Test func whatWasMadeIsTold() async throws {
        let made = try await workspace.document(
            GenerateDocument.self, "data", "generate", "heston", "--symbols", "AA,BB", "--bars", "10", "--seed", "5",
            "--set", "drift=0.25", "--set", "leverage=-0.5", "--output", "h.csv", "--json")
        #expect(made.file == "h.csv" && made.model == "heston" && made.seed == 5 && made.symbols == ["AA", "BB"])
        #expect(made.barsPerSymbol == 10 && made.from == "2000-01-03" && made.to == "2000-01-14")
        #expect(made.parameters["drift"] == "0.25" && made.parameters["leverage"] == "-0.5")
        #expect(try workspace.text("h.csv").split(separator: "\n").count == 21)
        let said = try await workspace.success("data", "generate", "sine-wave", "--bars", "3", "--output", "s.csv")
        #expect(said.hasPrefix("s.csv: sine-wave, seed 1\n  SYN1: 3 bars of one day each, 2000-01-03 to 2000-01-05\n"))
    }

    @Test func modelsAreListed() async throws {
        struct Listing: Decodable {
            struct Parameter: Decodable {
                let key: String
                let `default`: String
                let documentation: String
            }
            struct Model: Decodable {
                let model: String
                let summary: String
                let parameters: [Parameter]
            }
            let models: [Model]
            let common: [Parameter]
        }
        let all = try await workspace.document(Listing.self, "data", "generate", "--list", "--json")
        #expect(all.models.map(\.model) == Self.models)
        #expect(all.models.allSatisfy { !$0.summary.isEmpty && !$0.parameters.isEmpty })
        #expect(all.common.contains { $0.key == "decimals" && $0.default == "4" })
        let text = try await workspace.success("data", "generate", "--list")
        #expect(Self.models.allSatisfy { text.contains("\($0): ") })
        let one = try await workspace.success("data", "generate", "heston", "--list")
        #expect(one.contains("volatilityOfVariance=0.4") && !one.contains("sine-wave: "))
        #expect(try workspace.files().isEmpty)
    }

    @Test func fileIsReplacedOnlyWhenAskedFor() async throws {
        try workspace.write("mine", to: "h.csv")
        let refused = try await workspace.trader("data", "generate", "heston", "--bars", "5", "--output", "h.csv")
        #expect(refused.exitCode == 2)
        #expect(refused.standardError.hasPrefix("h.csv: error: is there already. Nothing was changed."))
        #expect(try workspace.text("h.csv") == "mine")
        try await workspace.success("data", "generate", "heston", "--bars", "5", "--output", "h.csv", "--force")
        #expect(try workspace.text("h.csv").hasPrefix("time,symbol,open"))
        #expect(try workspace.files() == ["h.csv"])
    }

    @Test(arguments: [
        ([], "Error: The model is missing. Name one, such as heston; '--list' shows all of them."),
        (["heston"], "Error: --output is missing. Name a file, or - for standard output."),
        (["hston", "--output", "x"], "did you mean heston?"),
        (["heston", "--output", ""], "Error: --output is empty"),
        (["heston", "--output", "-", "--json"], "Error: --json and '--output -' both want standard output."),
        (["heston", "--output", "x", "--bars", "0"], "Error: --bars is 0, expected 1 to 100000000."),
        (["heston", "--output", "x", "--symbol-count", "0"], "Error: --symbol-count is 0, expected 1 to 10000."),
        (
            ["heston", "--output", "x", "--symbols", "A", "--symbol-count", "2"],
            "Error: --symbols and --symbol-count were both given."
        ),
        (["heston", "--output", "x", "--symbols", "A,../x"], "error: '../x' is not a symbol."),
        (["heston", "--output", "x", "--set", "drft=1"], "did you mean drift?"),
        (["heston", "--output", "x", "--set", "drift=high"], "drift is high, not a number"),
        (["heston", "--output", "x", "--set", "leverage=2"], "leverage is 2"),
        (["heston", "--output", "x", "--set", "kind=sine-wave"], "Error: --set kind cannot change the model."),
        (["heston", "--output", "x", "--interval", "year"], "Error: The value 'year' is invalid for '--interval"),
        (["heston", "--output", "x", "--start", "soon"], "error: --start is 'soon', expected a date"),
        (["heston", "--output", "x", "--bars", "20000"], "Choose an earlier --start, or fewer --bars."),
        (["heston", "--output", "x", "--seed", "-1"], "--seed"),
    ])
    func wrongUsageIsTold(arguments: [String], message: String) async throws {
        let outcome = try await TraderProcess.run(["data", "generate"] + arguments, in: workspace.folder)
        #expect(outcome.exitCode == 2)
        #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
        #expect(outcome.standardOutput == "")
        #expect(try workspace.files().isEmpty)
    }
}
