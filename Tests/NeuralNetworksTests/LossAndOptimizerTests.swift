import NeuralNetworks
import RandomNumbers
import TensorCore
import Testing
import TraderTestSupport

@Test func huberMeetsPyTorch() throws {
    let golden = try GoldenFile("neural-networks/huber.json")
    let huber = HuberLoss(threshold: try golden.number("delta"))
    let errors = try golden.tensor("errors")
    #expect(relativeDistance(errors.map(huber.value), try golden.tensor("losses")) < 1e-15)
    #expect(relativeDistance(errors.map(huber.derivative), try golden.tensor("derivatives")) < 1e-15)
    #expect(huber.derivative(.nan).isNaN)
    #expect(huber.value(.nan).isNaN)
}

@Test func adamWithClippingMeetsPyTorch() throws {
    try check(Double.self, tolerance: 1e-13)
    try check(Float.self, tolerance: 2e-6)

    func check<Scalar: NumericScalar>(_ type: Scalar.Type, tolerance: Double) throws {
        let golden = try GoldenFile("neural-networks/adam.json")
        var settings = AdamSettings()
        settings.learningRate = 0.05
        settings.firstDecay = 0.8
        settings.secondDecay = 0.97
        settings.epsilon = 1e-6
        let parameters = buffer(try golden.tensor("start"), as: type)
        let adam = Adam<Scalar>(settings, count: parameters.count)
        for (values, after) in zip(try golden.tensors("gradients"), try golden.tensors("after")) {
            let gradient = buffer(values, as: type)
            let norm = Scalar.sumOfSquares(gradient.base, count: gradient.count).squareRoot()
            adam.step(parameters, gradient: gradient, gradientNorm: norm, maximumNorm: 1)
            #expect(relativeDistance(parameters.values.map { Double($0) }, after) < tolerance)
        }
        #expect(adam.steps == 4)
    }
}

@Test func dropoutKeepsTheMean() {
    let mask = NumericBuffer<Float>(count: 100_003)
    var stream = RandomKey(seed: 31).stream("dropout")
    Dropout.draw(Matrix(mask.base, rows: 1, columns: mask.count), rate: 0.2, using: &stream)
    let dropped = mask.values.filter { $0 == 0 }.count
    // Binomial deviation √(100,003 · 0.2 · 0.8) = 126; five of it.
    #expect(abs(dropped - 20_001) < 633)
    #expect(mask.values.allSatisfy { $0 == 0 || $0 == 1.25 })

    var again = RandomKey(seed: 31).stream("dropout")
    let second = NumericBuffer<Float>(count: mask.count)
    Dropout.draw(Matrix(second.base, rows: 1, columns: mask.count), rate: 0.2, using: &again)
    #expect(second.values == mask.values)
}

/// By hand: the first step of Adam has length α whatever the gradient is (m/(1 − β₁) = g, √(v/(1 − β₂)) = |g|), so from
/// θ = 2 with α = 0.1 and λ = 0.5 it leads to 2·(1 − 0.05) − 0.1 = 1.8; without a gradient there is only 2·(1 − 0.05) = 1.9.
@Test func weightDecayIsApartFromTheGradient() {
    var settings = AdamSettings()
    settings.learningRate = 0.1
    settings.weightDecay = 0.5
    let adam = Adam<Double>(settings, count: 2)
    let parameters = NumericBuffer<Double>(count: 2)
    parameters.assign([2, 2])
    let gradient = NumericBuffer<Double>(count: 2)
    gradient.assign([1000, 0])
    adam.step(parameters, gradient: gradient, gradientNorm: 1000, maximumNorm: .infinity)
    // ε = 1e-8 beside a gradient of 1000 changes 1e-12 of the step.
    #expect(abs(parameters.values[0] - 1.8) < 1e-11)
    #expect(abs(parameters.values[1] - 1.9) < 1e-15)
}
