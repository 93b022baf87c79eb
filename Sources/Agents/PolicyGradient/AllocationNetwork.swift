import NeuralNetworks
import RandomNumbers
import TensorCore

/// Weights of a portfolio from the windows of its assets, by identical independent evaluators: each asset is scored by the
/// same network, from its own window and its own former weight, so one set of parameters serves any number of assets
/// (Jiang, Xu and Liang, arXiv 1706.10059, section 5).
///
///     xₛ = c · (pricesₛ / closeₜ − 1)               [n, f]   s = t − n + 1 … t, c the shape's `inputScale`
///     e = encoder(x)                                [E]
///     score = e · v + u · wₜ₋₁                      the 1 × 1 convolution over the maps and the former weight
///     wₜ = softmax over [cash score, scores]        cash score: a parameter; assets without a window have weight 0
///
/// The 1 × 1 convolution has no bias (*ours*): a softmax knows only differences, and the cash score is one already.
package struct AllocationNetwork: Sendable {
    package let shape: AllocationNetworkShape
    package let layout: ParameterLayout
    let encoder: SequenceEncoder
    /// v, `[E, 1]`.
    let encodingWeight: ParameterSlice
    /// u
    let previousWeight: ParameterSlice
    let cashScore: ParameterSlice

    /// Tensors are named `encoder.…`, `score.encodingWeight`, `score.previousWeight` and `score.cash`.
    package init(_ shape: AllocationNetworkShape) {
        if let problem = shape.problem { preconditionFailure("an allocation network cannot be made: \(problem)") }
        var layout = ParameterLayout()
        encoder = SequenceEncoder(
            "encoder", shape.encoder, steps: shape.window, features: shape.features, layout: &layout)
        encodingWeight = layout.add("score.encodingWeight", rows: encoder.outputs, columns: 1)
        previousWeight = layout.add("score.previousWeight", columns: 1)
        cashScore = layout.add("score.cash", columns: 1)
        self.shape = shape
        self.layout = layout
    }

    /// Draws fresh parameters: the encoder by its own rule, v and u uniformly from ±√(6/(E + 2)) (Glorot and Bengio,
    /// AISTATS 2010); cash begins with score 0.
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        encoder.initialise(parameters, using: &stream)
        let bound = (6 / Double(encoder.outputs + 2)).squareRoot()
        parameters[encodingWeight].fillUniformly(within: bound, using: &stream)
        parameters[previousWeight].fillUniformly(within: bound, using: &stream)
        parameters[cashScore].fill(with: 0)
    }

    /// Writes the windows to where the encoder reads them.
    /// - Parameter prices: The table that the windows' ends are rows of.
    func gather<Scalar>(_ windows: AllocationWindows, of prices: UnsafePointer<Float>, _ pass: AllocationPass<Scalar>) {
        let (count, features) = (windows.count, shape.features)
        let input = pass.encoder.input.base
        windows.ends.withUnsafeBufferPointer { ends in
            guard let base = ends.baseAddress else { return }
            Scalar.gatherWindows(
                of: prices, endingAt: base,
                shape: WindowGathering(windows: count, steps: shape.window, columns: features, timeMajor: true),
                relativeToMean: false, into: input)
        }
        // The latest row of each window begins with its close.
        let (close, factor) = (pass.close.base, pass.factor.base)
        let latest = input + (shape.window - 1) * count * features
        for window in 0..<count {
            let price = latest[window * features]
            for feature in 0..<features {
                close[window * features + feature] = price
                factor[window * features + feature] = Scalar(shape.inputScale) / price
            }
        }
        // The difference comes first, since it is exact for prices that are close to each other.
        for step in 0..<shape.window {
            let row = input + step * count * features
            for index in 0..<count * features { row[index] = (row[index] - close[index]) * factor[index] }
        }
    }

    /// Scores the windows that were gathered, and turns the scores into weights.
    /// - Parameters:
    ///   - pass: With the former weights of the windows' assets in `previous`.
    ///   - weights: `[B, 1 + m]`, cash first, overwritten; of sum 1, and 0 for assets without a window.
    func forward<Scalar>(
        _ windows: AllocationWindows, _ parameters: ParameterVector<Scalar>, _ pass: AllocationPass<Scalar>,
        into weights: Matrix<Double>
    ) {
        encoder.forward(parameters, pass.encoder)
        pass.scores.assignProduct(pass.encoder.output, parameters[encodingWeight])
        pass.scores.assignProduct(pass.previous, parameters[previousWeight], accumulating: true)
        weights.fill(with: 0)
        let cash = Double(parameters[cashScore].base.pointee)
        for period in 0..<windows.periods {
            let row = weights.base + period * weights.columns, range = windows.windows(of: period)
            // Less the largest score, so that no exponential overflows.
            var largest = cash
            for window in range { largest = max(largest, Double(pass.scores.base[window])) }
            row[0] = exponential(cash - largest)
            var sum = row[0]
            for window in range {
                let share = exponential(Double(pass.scores.base[window]) - largest)
                row[1 + Int(windows.assets[window])] = share
                sum += share
            }
            row[0] /= sum
            for window in range { row[1 + Int(windows.assets[window])] /= sum }
        }
    }

    /// Accumulates the parameters' gradient.
    ///
    ///     ∂L/∂scoreⱼ = wⱼ (∂L/∂wⱼ − Σₖ wₖ ∂L/∂wₖ)        within a period
    ///
    /// - Parameters:
    ///   - pass: As the forward pass left it, made for learning.
    ///   - weightGradient: ∂L/∂weights, `[B, 1 + m]`; not read where there is no window.
    func backward<Scalar>(
        _ windows: AllocationWindows, weights: Matrix<Double>, weightGradient: Matrix<Double>,
        _ parameters: ParameterVector<Scalar>, _ gradient: ParameterVector<Scalar>, _ pass: AllocationPass<Scalar>
    ) {
        var cashGradient = 0.0
        for period in 0..<windows.periods {
            let row = weights.base + period * weights.columns, slope = weightGradient.base + period * weights.columns
            let range = windows.windows(of: period)
            var mean = row[0] * slope[0]
            for window in range {
                let place = 1 + Int(windows.assets[window])
                mean += row[place] * slope[place]
            }
            cashGradient += row[0] * (slope[0] - mean)
            for window in range {
                let place = 1 + Int(windows.assets[window])
                pass.scoreGradient.base[window] = Scalar(row[place] * (slope[place] - mean))
            }
        }
        gradient[cashScore].base.pointee += Scalar(cashGradient)
        gradient[encodingWeight].assignProduct(
            pass.encoder.output, pass.scoreGradient, transposingLeft: true, accumulating: true)
        gradient[previousWeight].assignProduct(
            pass.previous, pass.scoreGradient, transposingLeft: true, accumulating: true)
        pass.encoder.outputGradient.assignProduct(
            pass.scoreGradient, parameters[encodingWeight], transposingRight: true)
        encoder.backward(parameters, gradient, pass.encoder)
    }
}
