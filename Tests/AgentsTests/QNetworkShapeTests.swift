import Agents
import Environments
import Foundation
import RandomNumbers
import TensorCore
import Testing

@Test(arguments: everyEncoder)
func aShapeIsMadeAgainFromItsText(encoder: QNetworkShape.Encoder) throws {
    var shape = smallShape(encoder, window: 6, numbers: 2, hidden: [8, 3], dueling: encoder == .none)
    shape.scaling = encoder == .gru(hidden: [5]) ? .relativeToMean : .none
    #expect(try QNetworkShape(text: shape.text) == shape)
    #expect(try QNetwork(QNetworkShape(text: shape.text)).layout == QNetwork(shape).layout)
}

@Test func theTextIsWhatModelFilesHold() {
    #expect(
        smallShape(.gru(hidden: [64]), window: 20, numbers: 5, hidden: [64]).text
            == #"{"actions":3,"carriesState":false,"dueling":true,"encoder":{"gru":{"hidden":[64]}},"features":3,"hidden":[64],"#
            + #""numbers":5,"scaling":"none","window":20}"#)
}

@Test func textsThatDescribeNoNetworkSayWhy() {
    func message(_ change: (String, String)) -> String {
        let text = smallShape(.convolution(channels: [4, 4], kernels: [3, 3]), window: 6, numbers: 2, hidden: [8]).text
        do {
            _ = try QNetworkShape(text: text.replacingOccurrences(of: change.0, with: change.1))
            return "read"
        } catch { return "\(error)" }
    }
    #expect(message(("", "")) == "read")
    #expect(message((#""actions":3"#, #""actions":9"#)).hasSuffix("there are 9 actions, expected 1…8"))
    #expect(message((#""actions":3,"#, "")).hasSuffix("'actions' is missing"))
    #expect(message((#""actions":3"#, #""actions":"3""#)).hasSuffix("'actions' is of the wrong type"))
    #expect(message(("[3,3]", "[4,4]")).hasSuffix("kernels of 4, 4 rows leave nothing of windows of 6"))
    #expect(message(("[3,3]", "[9000000000000000000,9000000000000000000]")).contains("leave nothing"))
    #expect(message(("[3,3]", "[3]")).hasSuffix("there are 1 kernels for 2 convolutions"))
    #expect(message((#""channels":[4,4]"#, #""channels":[4,0]"#)).contains("a layer of an encoder is 0 wide"))
    #expect(message((#""hidden":[8]"#, #""hidden":[]"#)).contains("there are 0 hidden layers"))
    #expect(message(("convolution", "transformer")).hasPrefix("the architecture cannot be read"))
    #expect(message((#""carriesState":false"#, #""carriesState":true"#)).contains("only a GRU or an LSTM carries"))
    #expect(message(("{", "")).hasPrefix("the architecture cannot be read"))
}

/// Two states whose windows are one to one, and the same two states whose windows are listed the other way round: the
/// first takes the short way to the hidden layer, the second the general one.
@Test(arguments: everyEncoder)
func bothWaysToTheHiddenLayerAgree(encoder: QNetworkShape.Encoder) {
    let fixture = QNetworkFixture(features: 3, seed: 31)
    let network = QNetwork(smallShape(encoder, window: 6, numbers: 2, hidden: [8]))
    let parameters = freshParameters(network, seed: 32, as: Double.self)
    func evaluate(_ order: [Int32]) -> (values: [Double], gradient: [Double], oneToOne: Bool) {
        var states = StateBatch()
        for place in 0..<2 { _ = states.appendWindow(endingAt: order[place] == 0 ? 10 : 20) }
        for state in 0..<2 as Range<Int32> {
            _ = states.appendState(
                window: order[Int(state)], numbers: SIMD8(repeating: Float(state) - 0.3), valid: 0b111)
        }
        let trial = PassTrial<Double>(network, windows: 2, states: 2, learning: true)
        let gradient = NumericBuffer<Double>(count: parameters.count)
        states.withView { view in
            network.gather(view, fixture.pointer, trial.pass)
            network.forward(view, ParameterVector(parameters), trial.pass)
            for index in 0..<6 { trial.pass.valueGradient.base[index] = Double(index) - 2 }
            network.backward(view, ParameterVector(parameters), ParameterVector(gradient), trial.pass)
        }
        let values = (0..<6).map { trial.pass.values.base[$0] }
        return (values, gradient.values, states.isOneToOne)
    }
    let short = evaluate([0, 1]), general = evaluate([1, 0])
    #expect(short.oneToOne && !general.oneToOne)
    for (a, b) in zip(short.values + short.gradient, general.values + general.gradient) { #expect(abs(a - b) < 1e-12) }
    withExtendedLifetime(fixture.features) {}
}

@Test func aBatchKnowsWhetherWindowsAndStatesAreOneToOne() {
    var states = StateBatch()
    #expect(states.isOneToOne)
    for row in 0..<3 {
        _ = states.appendState(window: states.appendWindow(endingAt: row), numbers: SIMD8(), valid: 1)
    }
    #expect(states.isOneToOne)
    _ = states.appendWindow(endingAt: 9)
    #expect(!states.isOneToOne)
    _ = states.appendState(window: 0, numbers: SIMD8(), valid: 1)
    #expect(!states.isOneToOne)
    states.removeAll()
    #expect(states.isOneToOne)
}

/// Prices twice as high are the same course: the values must not change. Worked by hand for one window: 1, 2, 3 around
/// their mean 2 are −50, 0 and +50 per cent.
@Test func relativeWindowsForgetTheLevel() {
    var shape = smallShape(.gru(hidden: [5]), window: 3, numbers: 2, hidden: [8])
    shape.features = 1
    shape.scaling = .relativeToMean
    let network = QNetwork(shape)
    let parameters = freshParameters(network, seed: 33, as: Float.self)
    let policy = GreedyQPolicy(network: network, parameters: parameters.values)
    func values(_ prices: [Float]) -> SIMD8<Float> {
        prices.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return SIMD8() }
            return policy.decide(
                windowEnd: 2, features: FeaturePointer(base, bars: 3, features: 1), numbers: SIMD8(), valid: 0b111
            ).values
        }
    }
    #expect(values([1, 2, 3]) == values([2, 4, 6]))
    #expect(values([1, 2, 3]) != values([1, 2, 4]))
    var plain = shape
    plain.scaling = .none
    let unscaled = GreedyQPolicy(network: QNetwork(plain), parameters: parameters.values)
    let scaled = NumericBuffer<Float>(count: 3)
    scaled.assign([-50, 0, 50])
    let direct = unscaled.decide(
        windowEnd: 2, features: FeaturePointer(scaled.base, bars: 3, features: 1), numbers: SIMD8(), valid: 0b111)
    #expect(direct.values == values([1, 2, 3]))
    withExtendedLifetime(scaled) {}
}
