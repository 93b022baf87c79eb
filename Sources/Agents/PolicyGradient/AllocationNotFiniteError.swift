/// Learning an allocation came upon a number that is none, and stopped before it reached a parameter.
package struct AllocationNotFiniteError: Error, Equatable, CustomStringConvertible {
    package enum Quantity: String, Sendable { case loss, gradient }

    /// What is most likely behind it.
    package enum Cause: Equatable, Sendable {
        /// What an asset became from the bar before to this bar.
        case relative(bar: Int, asset: Int, value: Double)
        /// All input is finite, so parameters have run away.
        case divergence
    }

    package let quantity: Quantity
    /// The update it happened in, counted from 1.
    package let update: Int
    /// The decisions of the batch.
    package let bars: Range<Int>
    package let cause: Cause
    /// Adam's step size.
    package let learningRate: Double
    /// Length of the gradient of the update before; nil at the first.
    package let previousGradientNorm: Double?
    /// The assets, where they have names.
    package var assetNames: [String] = []

    package var description: String {
        let before = previousGradientNorm.map { ", gradient of length \($0) at the update before" } ?? ""
        return """
            The \(quantity.rawValue) of update \(update) is not a finite number (decisions of bars \(bars.lowerBound)…\
            \(bars.upperBound - 1), learning rate \(learningRate)\(before)). \(explanation)
            """
    }

    private var explanation: String {
        switch cause {
        case .relative(let bar, let asset, let value):
            let name = asset < assetNames.count ? "'\(assetNames[asset])'" : "asset \(asset + 1)"
            return
                "From bar \(bar - 1) to bar \(bar) the value of \(name) is multiplied by \(value): look at the prices there."
        case .divergence:
            return "All prices are finite, so learning itself has diverged: lower agent.learningRate."
        }
    }
}

extension AllocationNotFiniteError.Cause {
    /// Looks for the first relative of the batch that no price can have had.
    init(in market: AllocationMarket, bars: Range<Int>) {
        self = .divergence
        for bar in bars.lowerBound...bars.upperBound {
            for asset in 0..<market.assets {
                let value = market.relatives[bar * market.assets + asset]
                guard !value.isNaN, !(value.isFinite && value > 0) else { continue }
                self = .relative(bar: bar, asset: asset, value: value)
                return
            }
        }
    }
}
