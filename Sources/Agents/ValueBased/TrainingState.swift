import Environments
import Foundation
import TensorCore

/// Everything that a training's future depends on: parameters, target, moments of the optimiser, replay, positions of all
/// random streams, counters, the chosen checkpoint and the curve so far. What goes on from it ends in the same bytes as what
/// was never interrupted.
///
/// It is read only by the program and on the kind of machine that wrote it: experiences are kept as they lie in memory.
/// Whoever stores it guards it against damage (`TrainingStateFile`).
package struct TrainingState<World: ReplayableWorld>: Codable, Sendable {
    var learning: DoubleQLearning.State
    var explorer: Explorer<World>.State
    var replayPosition: UInt64
    var means: RunningMeans
    package var curve: [CurvePoint]
    var chosen: Checkpoint?
    var highestScore: Double
    var evaluationsSinceBest: Int

    /// The policy that would be left behind if training ended now.
    struct Checkpoint: Codable, Sendable {
        var parameters: Data
        var point: CurvePoint
    }

    /// Updates done.
    package var updates: Int { learning.updates }
}

/// A state that cannot be gone on from.
package struct TrainingStateError: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension Data {
    /// The bytes of the elements, as they lie in memory; those between elements, which may hold anything there, are 0.
    ///
    /// Equal elements have equal bytes where their type leaves none unused between its fields.
    init<Element: BitwiseCopyable>(bitsOf elements: [Element]) {
        self = elements.withUnsafeBytes { Data($0) }
        let (size, stride) = (MemoryLayout<Element>.size, MemoryLayout<Element>.stride)
        guard size < stride else { return }
        withUnsafeMutableBytes { bytes in
            for element in Swift.stride(from: 0, to: bytes.count, by: stride) {
                for unused in (element + size)..<(element + stride) { bytes[unused] = 0 }
            }
        }
    }

    init(bitsOf buffer: NumericBuffer<Float>) {
        self.init(bytes: buffer.base, count: buffer.count * MemoryLayout<Float>.stride)
    }

    /// The elements whose bytes these are.
    /// - Throws: `TrainingStateError` where the bytes are not a whole number of elements.
    func elements<Element: BitwiseCopyable>(of type: Element.Type) throws -> [Element] {
        let stride = MemoryLayout<Element>.stride
        guard count % stride == 0 else {
            throw TrainingStateError("the state was written by another version of the program")
        }
        return withUnsafeBytes { bytes in
            [Element](unsafeUninitializedCapacity: count / stride) { buffer, initialised in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
                initialised = count / stride
            }
        }
    }
}

extension NumericBuffer<Float> {
    /// Takes over the numbers whose bytes these are.
    func restore(_ bytes: Data) throws {
        let values = try bytes.elements(of: Float.self)
        guard values.count == count else { throw TrainingStateError("the network is not of this configuration") }
        assign(values)
    }
}

extension GreedyQPolicy {
    /// The parameters as they lie in memory.
    package var parameterBytes: Data { Data(bitsOf: parameters) }
}

extension ValueBasedTrainer {
    /// An outcome that was kept.
    /// - Throws: `TrainingStateError` where the parameters are of another network.
    package func outcome(
        parameters bytes: Data, chosenUpdate: Int, score: Double, curve: [CurvePoint]
    ) throws -> Outcome {
        let parameters = try bytes.elements(of: Float.self)
        guard parameters.count == network.layout.count else {
            throw TrainingStateError("the kept policy is of another network")
        }
        return Outcome(
            policy: GreedyQPolicy(network: network, parameters: parameters), chosenUpdate: chosenUpdate, score: score,
            curve: curve)
    }
}
