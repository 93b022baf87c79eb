import Foundation
import NeuralNetworks
import TensorCore
import Testing
import TraderTestSupport

private func layout() -> ParameterLayout {
    var layout = ParameterLayout()
    _ = layout.add("layer.weight", rows: 2, columns: 3)
    _ = layout.add("layer.bias", columns: 3)
    return layout
}

private let parameters: [Float] = [-0.25, -0.125, 0, 0.125, 0.25, 0.375, 0.5, -1.5, 3e-7]
private let metadata = ["strategy": "gated-dqn", "note": "quotes \" and ünïcode"]

@Test func aFileOfTheReferenceImplementationIsRead() throws {
    let file = GoldenFile.url("neural-networks/reference.safetensors")
    let checkpoint = try Checkpoint(decoding: Data(contentsOf: file), layout: layout())
    #expect(checkpoint.parameters == parameters)
    #expect(checkpoint.metadata["strategy"] == metadata["strategy"])
    #expect(checkpoint.metadata["note"] == metadata["note"])
}

/// `check_safetensors.py` has read `ours.safetensors` with the reference implementation.
@Test func ourBytesAreThoseTheReferenceImplementationHasRead() throws {
    let bytes = try Checkpoint(layout: layout(), parameters: parameters, metadata: metadata).encoded()
    #expect(try bytes == Data(contentsOf: GoldenFile.url("neural-networks/ours.safetensors")))
}

@Test func anEncodedCheckpointIsReadBack() throws {
    let checkpoint = Checkpoint(layout: layout(), parameters: parameters, metadata: metadata)
    #expect(try Checkpoint(decoding: checkpoint.encoded(), layout: layout()) == checkpoint)
}

@Test func whatIsNotFiniteIsNotWritten() {
    var broken = parameters
    broken[7] = .infinity
    #expect(throws: CheckpointError.self) {
        try Checkpoint(layout: layout(), parameters: broken, metadata: [:]).encoded()
    }
}

@Test func filesThatDoNotFitSayWhy() throws {
    let bytes = try Checkpoint(layout: layout(), parameters: parameters, metadata: [:]).encoded()
    func message(_ data: Data, _ layout: ParameterLayout) -> String {
        do {
            _ = try Checkpoint(decoding: data, layout: layout)
            return "read"
        } catch { return "\(error)" }
    }
    #expect(message(Data(), layout()) == "not a safetensors file: it has 0 bytes")
    #expect(message(Data(bytes[..<20]), layout()).hasPrefix("the header is said to have"))
    #expect(message(Data(bytes.dropLast(4)), layout()).contains("of which the file has 32"))
    var other = ParameterLayout()
    _ = other.add("layer.weight", rows: 2, columns: 3)
    #expect(
        message(bytes, other) == "tensor 'layer.bias' is not part of the network; this is another network's file")
    _ = other.add("layer.bias", columns: 2)
    #expect(message(bytes, other) == "tensor 'layer.bias' has shape [1, 3], the network expects [1, 2]")
    var longer = layout()
    _ = longer.add("head.weight", rows: 1, columns: 1)
    #expect(message(bytes, longer) == "tensor 'head.weight' is missing; this is another network's file")
    // Any single wrong byte of the header is an error or harmless, never a trap.
    for index in 0..<(bytes.count - 36) {
        var damaged = bytes
        damaged[index] ^= 0x15
        _ = message(damaged, layout())
    }
}
