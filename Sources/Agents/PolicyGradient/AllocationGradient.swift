import NeuralNetworks
import RandomNumbers
import TensorCore

/// Objective and gradient of a batch of consecutive periods: one forward pass, one backward pass, and the memory they work
/// in.
///
/// Generic over the network's scalar, so that the same code is checked by central differences in `Double`.
package struct AllocationGradient<Scalar: NumericScalar> {
    let network: AllocationNetwork
    let objective: AllocationObjective
    /// Of −R with respect to the parameters.
    package let gradient: NumericBuffer<Scalar>
    private let work = NumericBuffer<Scalar>(count: 0)
    private let weightMemory = NumericBuffer<Double>(count: 0)
    private var windows = AllocationWindows()

    package init(_ network: AllocationNetwork, _ objective: AllocationObjective) {
        BLAS.useOneThread()
        self.network = network
        self.objective = objective
        gradient = NumericBuffer(count: network.layout.count)
    }

    /// Computes R of the decisions at `bars`, and the gradient of −R into `gradient`. The network reads wₜ₋₁ from the memory,
    /// as a constant; the rebalances are between its own outputs.
    /// - Precondition: the market has a bar after the last decision.
    package mutating func evaluate(
        _ market: AllocationMarket, _ bars: Range<Int>, _ memory: PortfolioVectorMemory,
        parameters: NumericBuffer<Scalar>
    ) -> AllocationReturn {
        precondition(
            !bars.isEmpty && bars.lowerBound >= 0 && bars.upperBound < market.bars, "a batch leaves the market")
        windows.removeAll()
        for bar in bars { windows.append(market.view(at: bar)) }
        let pass = makePass(market)
        let parameters = ParameterVector(parameters)
        for (period, bar) in bars.enumerated() {
            for window in windows.windows(of: period) {
                pass.previous.base[window] = Scalar(memory.weight(of: Int(windows.assets[window]), at: bar - 1))
            }
        }
        let rows = makeRows(periods: bars.count, columns: memory.columns)
        memory.read(bars.lowerBound - 1, into: rows.before)
        market.withPrices { network.gather(windows, of: $0, pass) }
        network.forward(windows, parameters, pass, into: rows.weights)
        let result = market.withRelatives(from: bars.lowerBound) {
            objective.evaluate(
                rows.weights, before: rows.before, relatives: $0, drifted: rows.drifted, gradient: rows.gradient)
        }
        for index in 0..<rows.gradient.count { rows.gradient.base[index].negate() }
        gradient.fillWithZeros()
        network.backward(
            windows, weights: rows.weights, weightGradient: rows.gradient, parameters, ParameterVector(gradient), pass)
        return result
    }

    /// The weights of the latest batch of so many periods, `[B, 1 + m]`.
    package func weights(periods: Int, columns: Int) -> Matrix<Double> {
        makeRows(periods: periods, columns: columns).weights
    }

    private struct Rows {
        let weights: Matrix<Double>
        let gradient: Matrix<Double>
        let before: UnsafeMutablePointer<Double>
        let drifted: UnsafeMutablePointer<Double>
    }

    private func makeRows(periods: Int, columns: Int) -> Rows {
        weightMemory.reserve((2 * periods + 2) * columns)
        let base = weightMemory.base
        return Rows(
            weights: Matrix(base, rows: periods, columns: columns),
            gradient: Matrix(base + periods * columns, rows: periods, columns: columns),
            before: base + 2 * periods * columns, drifted: base + (2 * periods + 1) * columns)
    }

    /// Room is made for all assets at once, so that nothing is allocated when more of them come to be available.
    private func makePass(_ market: AllocationMarket) -> AllocationPass<Scalar> {
        var counting = Arena<Scalar>()
        _ = AllocationPass(network, windows: windows.periods * market.assets, learning: true, in: &counting)
        work.reserve(counting.used)
        var arena = Arena(work.base)
        return AllocationPass(network, windows: windows.count, learning: true, in: &arena)
    }
}
