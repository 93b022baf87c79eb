import Configuration
import Experiments
import Foundation
import MarketData
import NeuralNetworks
import RandomNumbers
import Testing
import TraderTestSupport

/// A model on disk: whole, the same to the bit, or refused with one sentence.
struct ModelFileTests {
    private func model(_ kind: String = "gated-dqn") async throws -> ModelFile {
        try #require(try await models(of: kind, on: randomWalk(bars: 320, seed: 5)).first)
    }

    @Test(arguments: ["gated-dqn", "lstm-dqn", "convolution-dqn", "dqn", "drqn"])
    func aWrittenModelIsReadBackToTheBit(kind: String) async throws {
        let model = try await model(kind)
        let bytes = try model.encoded()
        let read = try ModelFile(decoding: bytes, path: "model")
        #expect(read.policy.greedy.parameters == model.policy.greedy.parameters)
        #expect(read.policy.greedy.network.shape == model.policy.greedy.network.shape)
        #expect(read.scaler == model.scaler)
        #expect(read.configuration == model.configuration && read.name == kind)
        #expect(read.symbol == "WALK" && read.seed == 1 && read.fold == nil && read.update == model.update)
        #expect(read.validationScore == model.validationScore)
        #expect(read.training == model.training && read.validation == model.validation)
        #expect(read.trainedThrough == weekday(319).description)
        #expect(try read.encoded() == bytes)
    }

    @Test func aChangedByteIsNeverOverlooked() async throws {
        let bytes = try await model().encoded()
        var stream = RandomKey(seed: 3).stream("damage")
        for _ in 0..<300 {
            var damaged = bytes
            let index = stream.index(below: bytes.count)
            damaged[index] ^= UInt8(1 << stream.index(below: 8))
            #expect(throws: ModelFileError.self, "byte \(index)") {
                try ModelFile(decoding: damaged, path: "model")
            }
        }
        for _ in 0..<100 {
            let torn = bytes.prefix(stream.index(below: bytes.count))
            #expect(throws: ModelFileError.self, "\(torn.count) bytes") { try ModelFile(decoding: torn, path: "model") }
        }
        #expect(throws: ModelFileError.self) { try ModelFile(decoding: bytes + [0], path: "model") }
    }

    /// Written by somebody who knows the format, fingerprint and all.
    private func message(
        _ model: ModelFile, _ edits: [String: String?] = [:], parameters: ([Float]) -> [Float] = { $0 }
    ) throws -> String {
        let layout = model.policy.greedy.network.layout
        let whole = try Checkpoint(decoding: model.encoded(), layout: layout)
        var metadata = whole.metadata
        for (key, value) in edits { metadata[key] = value }
        let changed = parameters(whole.parameters)
        if edits["fingerprint"] == nil {
            let known = metadata.filter { $0.key != "fingerprint" }.sorted { $0.key < $1.key }
            var bytes: [UInt8] = []
            for (key, value) in known { bytes += Array(key.utf8) + [0] + Array(value.utf8) + [0] }
            for value in changed {
                bytes += (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) }
            }
            metadata["fingerprint"] = SHA256.hexadecimal(of: bytes)
        }
        let data = try Checkpoint(layout: layout, parameters: changed, metadata: metadata).encoded()
        do {
            _ = try ModelFile(decoding: data, path: "m.safetensors")
            return "read"
        } catch { return "\(error)" }
    }

    @Test func whatDoesNotFitIsNamed() async throws {
        let model = try await model()
        #expect(try message(model) == "read")
        #expect(try message(model, parameters: { $0.map { $0 * 2 } }) == "read")
        for (key, value) in [
            ("strategy", "other"), ("symbol", "../x"), ("seed", "0"), ("seed", "first"), ("update", "-3"),
            ("fold", "1.5"), ("validationScore", "nan"), ("trainedThrough", "2030-01-01"), ("training", "{}"),
            ("training", #"{"from":"2001-01-01","to":"2000-01-01","bars":5}"#), ("validation", "soon"),
            ("features", "[]"), ("architecture", "gru(4)"), ("fingerprint", "00"),
            (
                "architecture",
                #"{"actions":3,"dueling":true,"encoder":{"gru":{"hidden":[60000]}},"features":5,"hidden":[8],"#
                    + #""numbers":5,"scaling":"none","window":5}"#
            ),
        ] {
            let text = try message(model, [key: value])
            #expect(
                text.hasPrefix("m.safetensors: error: was changed after it was written: '\(key)' in its metadata is '"),
                "\(text)")
        }
        for key in ["seed", "version", "linearAlgebra", "dataFingerprint", "training", "features", "architecture"] {
            let text = try message(model, [key: String?.none])
            #expect(text == "m.safetensors: error: is damaged: '\(key)' is missing in its metadata. Train it anew")
        }
        #expect(try message(model, ["format": String?.none]).contains("not a model of trader"))
        #expect(try message(model, ["format": "trader/model/99"]).contains("is of the format trader/model/99"))
        #expect(try message(model, ["configuration": "agent: ["]).contains("its strategy cannot be read"))
        #expect(try message(model, ["configuration": "agent:\n  kind: buy-and-hold"]).contains("'configuration'"))
        // The strategy is that of another network, or of other features.
        let text = ConfigurationFile.encode(model.configuration)
        for (old, new) in [
            ("hiddenUnits: 4\n", "hiddenUnits: 4096\n"), ("window: 5", "window: 6"), ("rsi(5)", "rsi(6)"),
            ("clip: 5", "clip: 4"), ("dueling: true", "dueling: false"),
        ] {
            #expect(text.contains(old), "\(old)")
            let answer = try message(model, ["configuration": text.replacing(old, with: new)])
            #expect(answer.contains("was changed after it was written"), "\(new): \(answer)")
        }
    }

    @Test func numbersThatAreNoneAreRefused() async throws {
        let model = try await model()
        var bytes = try model.encoded()
        bytes.replaceSubrange((bytes.count - 4)..<bytes.count, with: [0, 0, 0xC0, 0x7F])
        let error = #expect(throws: ModelFileError.self) { try ModelFile(decoding: bytes, path: "m") }
        #expect(error?.description.contains("holds a value that is not finite") == true)
        for broken in [#""deviations":[0,1,1,1,1]"#, #""deviations":[-1,1,1,1,1]"#, #""deviations":[1,1,1,1]"#] {
            let features = #"{"clip":5,\#(broken),"means":[0,0,0,0,0],"names":["openReturn","closeReturn","#
            let names = #""volumeChange","rsi(5)","volatility(5)"]}"#
            #expect(try message(model, ["features": features + names]).contains("'features'"), "\(broken)")
        }
        let sound = #"{"clip":5,"deviations":[1,1,1,1,1],"means":[0,0,0,0,0],"names":["openReturn","closeReturn","#
        #expect(try message(model, ["features": sound + #""volumeChange","rsi(5)","volatility(5)"]}"#]) == "read")
    }

    @Test func filesThatAreNoModelsSaySo() throws {
        #expect(throws: ModelFileError.self) { try ModelFile(reading: "no-such-file.safetensors") }
        #expect(throws: ModelFileError.self) { try ModelFile(reading: "/") }
        for data in [Data(), Data("{}".utf8), Data("time,open,close\n2000-01-03,1,2\n".utf8), Data(count: 100)] {
            let error = #expect(throws: ModelFileError.self) { try ModelFile(decoding: data, path: "m") }
            #expect(error?.description.hasPrefix("m: error: is not a model: not a safetensors file.") == true)
        }
        let foreign = try Data(contentsOf: GoldenFile.url("neural-networks/reference.safetensors"))
        let error = #expect(throws: ModelFileError.self) { try ModelFile(decoding: foreign, path: "m") }
        #expect(error?.description.contains("not a model of trader") == true)
    }
}
