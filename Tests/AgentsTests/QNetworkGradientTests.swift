import Agents
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

/// The loss of a whole update against central differences: targets are constants, dropout repeats one mask.
@Test(arguments: everyEncoder, [true, false])
func updateGradientsMeetCentralDifferences(encoder: QNetworkShape.Encoder, dueling: Bool) {
    for (form, seed) in [("sampled", 1), ("counterfactual", 2)] as [(String, UInt64)] {
        for (doubleQ, dropout) in [(true, 0), (false, 0.25)] as [(Bool, Float)] {
            var fixture = QNetworkFixture(features: 3, seed: seed)
            let hidden = doubleQ ? [6] : [6, 5]
            let network = QNetwork(smallShape(encoder, window: 4, numbers: 2, hidden: hidden, dueling: dueling))
            let batch =
                form == "sampled"
                ? fixture.sampledBatch(7, window: 4) : fixture.counterfactualBatch(3, window: 4)
            let online = freshParameters(network, seed: 3, as: Double.self)
            let target = freshParameters(network, seed: 4, as: Double.self)
            var update = DoubleQGradient<Double>(network, huberThreshold: 0.8, doubleQ: doubleQ, dropout: dropout)

            // The choice of the successor's action is piecewise constant; the frozen copy keeps targets where they are.
            let frozen = NumericBuffer<Double>(count: online.count)
            frozen.assign(online.values)
            func loss() -> Double {
                var stream = RandomKey(seed: 5).stream("dropout")
                return update.evaluate(batch, fixture.pointer, online: online, target: target, dropout: &stream).loss
            }
            let expected = centralDifferences(online, loss)
            #expect(online.values == frozen.values)
            _ = loss()
            let distance = relativeDistance(update.gradient.values, expected)
            #expect(distance < 1e-6, "\(form), \(encoder), dueling \(dueling), double \(doubleQ), dropout \(dropout)")
        }
    }
}

/// Random ∂L/∂Q, including that of actions that are not valid: the head's formulas hold for all of them.
@Test(arguments: everyEncoder, [true, false])
func valueGradientsMeetCentralDifferences(encoder: QNetworkShape.Encoder, dueling: Bool) {
    var fixture = QNetworkFixture(features: 3, seed: 6)
    let network = QNetwork(smallShape(encoder, window: 5, numbers: 4, hidden: [7, 4, 6], dueling: dueling))
    let states = fixture.counterfactualBatch(3, window: 5).states
    let parameters = freshParameters(network, seed: 7, as: Double.self)
    let gradient = NumericBuffer<Double>(count: parameters.count)
    let trial = PassTrial<Double>(network, windows: 3, states: 6, learning: true)
    let pass = trial.pass
    let direction = (0..<pass.values.count).map { _ in fixture.stream.normal() }
    let features = fixture.pointer
    func value() -> Double {
        states.withView { view in
            network.gather(view, features, pass)
            network.forward(view, ParameterVector(parameters), pass)
        }
        return direction.indices.map { direction[$0] * pass.values.base[$0] }.reduce(0, +)
    }
    let expected = centralDifferences(parameters, value)
    _ = value()
    for (index, value) in direction.enumerated() { pass.valueGradient.base[index] = value }
    states.withView { network.backward($0, ParameterVector(parameters), ParameterVector(gradient), pass) }
    #expect(relativeDistance(gradient.values, expected) < 1e-6)
    withExtendedLifetime(trial) {}
}
