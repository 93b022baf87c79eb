import Agents
import Foundation
import RandomNumbers
import TensorCore

// How fast a Double-DQN update is, in the terms of the machine: multiply-adds of its matrix products per second over those
// of a large sgemm, measured in turns on the same core, so that a noisy neighbour slows both.

BLAS.useOneThread()

struct Size {
    let name: String
    let window: Int, features: Int, hidden: Int, batch: Int
}
let sizes = [
    Size(name: "S", window: 10, features: 8, hidden: 32, batch: 32),
    Size(name: "M", window: 20, features: 16, hidden: 64, batch: 64),
    Size(name: "L", window: 30, features: 24, hidden: 128, batch: 128),
]
let account = 5
let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 60

func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try work()
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Floating-point operations of an update's matrix products: three forward passes and one backward. What the zero first
/// state saves is not counted.
func operations(of size: Size, actions: Int = 3) -> Double {
    let (t, f, h, b) = (Double(size.window), Double(size.features), Double(size.hidden), Double(size.batch))
    let recurrent = 2 * (t - 1) * b * h * 3 * h
    let input = 2 * t * b * f * 3 * h
    let join = 2 * b * h * h
    let head = 2 * b * h * Double(1 + actions)
    let accounts = 2 * b * Double(account) * h
    let forward = recurrent + input + join + head + accounts
    // Backward: weight gradients cost as much as forward; gradients of inputs do too, and bars and accounts have none.
    // The state before the second step is the result of parameters too, the zero state is not.
    let backward = forward + recurrent + join + head
    return 3 * forward + backward
}

final class Trial {
    let size: Size
    var learning: DoubleQLearning
    var batch = ValueUpdateBatch()
    let features: NumericBuffer<Float>
    let bars = 5_000
    var rates: [Double] = []

    init(_ size: Size, encoder: QNetworkShape.Encoder? = nil) {
        self.size = size
        var shape = QNetworkShape(
            window: size.window, features: size.features, numbers: account, actions: 3,
            encoder: encoder ?? .gru(hidden: [size.hidden]),
            hidden: [size.hidden])
        shape.dueling = true
        let key = RandomKey(seed: 1)
        learning = DoubleQLearning(network: QNetwork(shape), settings: DoubleQSettings(), key: key)
        features = NumericBuffer(count: bars * size.features)
        var stream = key.stream("benchmark")
        for index in 0..<features.count { features.base[index] = Float(stream.normal()) }
        for _ in 0..<size.batch {
            let bar = size.window + stream.index(below: bars - size.window - 1)
            let holding = stream.index(below: 2) == 1
            let valid: UInt8 = holding ? 0b101 : 0b011
            let place = SIMD8<Float>(holding ? 0 : 1, holding ? 1 : 0, 0, 0.1, 0.2, 0, 0, 0)
            let state = batch.states.appendState(
                window: batch.states.appendWindow(endingAt: bar), numbers: place, valid: valid)
            let successor = batch.successors.appendState(
                window: batch.successors.appendWindow(endingAt: bar + 1), numbers: place, valid: valid)
            batch.pairs.append(
                ValuePair(
                    state: state, action: 0, reward: Float(stream.normal()) * 0.01, discount: 0.99,
                    successor: successor))
        }
    }

    var pointer: FeaturePointer { FeaturePointer(features.base, bars: bars, features: size.features) }

    func run(_ updates: Int) throws -> Double {
        try seconds { for _ in 0..<updates { _ = try learning.update(batch, features: pointer) } }
    }
}

/// The yardstick: C = A B with matrices of 1024 × 1024.
final class LargeProduct {
    let extent = 1024
    let left: NumericBuffer<Float>, right: NumericBuffer<Float>, result: NumericBuffer<Float>

    init() {
        left = NumericBuffer(count: extent * extent)
        right = NumericBuffer(count: extent * extent)
        result = NumericBuffer(count: extent * extent)
        for index in 0..<extent * extent {
            left.base[index] = Float(index % 7) - 3
            right.base[index] = Float(index % 5) - 2
        }
    }

    func rate() -> Double {
        func matrix(_ buffer: NumericBuffer<Float>) -> Matrix<Float> {
            Matrix(buffer.base, rows: extent, columns: extent)
        }
        let time = seconds { matrix(result).assignProduct(matrix(left), matrix(right)) }
        return 2 * pow(Double(extent), 3) / time * 1e-9
    }
}

let large = LargeProduct()
_ = large.rate()
let chosen = CommandLine.arguments.dropFirst(2).first ?? "SMLEN"
let trials = sizes.filter { chosen.contains($0.name) }.map { Trial($0) }
let repeats = try trials.map { trial in
    _ = try trial.run(3)
    return max(1, Int(0.03 / (try trial.run(10) / 10)))
}
var product = [large.rate()]
for _ in 0..<rounds {
    for (trial, repeats) in zip(trials, repeats) {
        product.append(large.rate())
        trial.rates.append(Double(repeats) / (try trial.run(repeats)))
    }
}
let reference = median(product)
print("sgemm 1024³ (\(BLAS.kernelName)): \(String(format: "%.1f", reference)) GFLOP/s, median of \(product.count)")
for trial in trials {
    let rate = median(trial.rates)
    let speed = rate * operations(of: trial.size) * 1e-9
    print(
        String(
            format: "%@: %8.1f updates/s  %6.1f GFLOP/s  %5.1f %% of sgemm", trial.size.name as NSString, rate, speed,
            100 * speed / reference))
}
let middle = Trial(sizes[1])
let decisions = 5_000
let place = SIMD8<Float>(1, 0, 0, 0, 0, 0, 0, 0)
var acting: [Double] = []
for _ in 0..<9 {
    let time = seconds {
        for index in 0..<decisions {
            _ = middle.learning.act(
                windowEnd: 100 + index % 1_000, features: middle.pointer, numbers: place, valid: 0b011)
        }
    }
    acting.append(Double(decisions) / time)
}
print(String(format: "acting at M: %.0f decisions/s", median(acting)))

/// Mountain Car's network: two numbers, no window, two hidden layers of 32, three actions, batches of 64.
func numbersOnly() throws {
    let key = RandomKey(seed: 2)
    var stream = key.stream("benchmark")
    let shape = QNetworkShape(
        window: 0, features: 0, numbers: 2, actions: 3, encoder: .none, hidden: [32, 32])
    var learning = DoubleQLearning(network: QNetwork(shape), settings: DoubleQSettings(), key: key)
    func numbers() -> SIMD8<Float> {
        SIMD8(Float(stream.normal()), Float(stream.normal()), 0, 0, 0, 0, 0, 0)
    }
    var batch = ValueUpdateBatch()
    for _ in 0..<64 {
        let state = batch.states.appendState(
            window: batch.states.appendWindow(endingAt: 0), numbers: numbers(), valid: 0b111)
        let successor = batch.successors.appendState(
            window: batch.successors.appendWindow(endingAt: 0), numbers: numbers(), valid: 0b111)
        batch.pairs.append(
            ValuePair(
                state: state, action: UInt8(stream.index(below: 3)), reward: -1, discount: 0.99, successor: successor))
    }
    let place = numbers()
    var acts: [Double] = []
    var updates: [Double] = []
    for _ in 0..<rounds {
        acts.append(
            seconds {
                for _ in 0..<1_000 {
                    _ = learning.act(windowEnd: 0, features: .none, numbers: place, valid: 0b111)
                }
            } * 1e3)
        updates.append(try seconds { for _ in 0..<1_000 { _ = try learning.update(batch, features: .none) } } * 1e3)
    }
    print(
        String(
            format: "numbers only: acting %.2f µs, an update of 64 states %.1f µs", median(acts), median(updates)))
}

/// Updates at size M with each kind of encoder.
func everyEncoder() throws {
    let size = sizes[1]
    let encoders: [QNetworkShape.Encoder] = [
        .mlp(hidden: [64, 64]), .gru(hidden: [64]), .gru(hidden: [64, 64]), .lstm(hidden: [64]),
        .lstm(hidden: [64, 64]), .convolution(channels: [64], kernels: [5]),
        .convolution(channels: [64, 64], kernels: [3, 3]),
    ]
    for encoder in encoders {
        let trial = Trial(size, encoder: encoder)
        _ = try trial.run(3)
        let times = try (0..<9).map { _ in try trial.run(20) / 20 }
        print(String(format: "%8.1f updates/s at M: \(encoder)", 1 / median(times)))
    }
}
if chosen.contains("E") { try everyEncoder() }
if chosen.contains("N") { try numbersOnly() }
if CommandLine.arguments.count <= 2 {
    let speeds = try (0..<5).map { _ in try mountainCarSpeed(updates: 20_000) }
    print(
        String(
            format: "Mountain Car: %.0f steps/s, one gradient step each (two layers of 32, batch 64)", median(speeds)))
}
