import TensorCore

/// An allocation network as it was when learning stopped: parameters and shape, nothing that changes.
///
/// A value that threads may share; copying it shares the parameters.
package struct AllocationPolicy: Sendable {
    package let network: AllocationNetwork
    /// The flat vector that `network.layout` describes.
    package let parameters: [Float]

    /// - Precondition: the number of parameters is the network's.
    package init(network: AllocationNetwork, parameters: [Float]) {
        precondition(
            parameters.count == network.layout.count,
            "\(parameters.count) parameters for a network of \(network.layout.count)")
        BLAS.useOneThread()
        self.network = network
        self.parameters = parameters
    }

    /// wₜ, of any number of assets.
    /// - Parameters:
    ///   - view: The market as known at the close where the decision is taken.
    ///   - previous: wₜ₋₁, what was decided before, `[cash, assets…]`; all cash at first.
    /// - Returns: `[cash, assets…]`, at least 0, of sum 1; 0 for assets without a complete window.
    package func weights(at view: AllocationView, previous: [Double]) -> [Double] {
        parameters.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a network without parameters") }
            return network.weights(at: view, previous: previous, ParameterVector(reading: base))
        }
    }
}

extension AllocationNetwork {
    func weights(
        at view: AllocationView, previous: [Double], _ parameters: ParameterVector<Float>
    ) -> [Double] {
        expect(window: view.window, features: view.features)
        precondition(previous.count == 1 + view.assets, "\(previous.count) weights for cash and \(view.assets) assets")
        var windows = AllocationWindows()
        windows.append(view)
        var counting = Arena<Float>()
        _ = AllocationPass(self, windows: windows.count, learning: false, in: &counting)
        return withUnsafeTemporaryAllocation(byteCount: max(1, counting.used) * 4, alignment: 64) { memory in
            guard let memory = memory.baseAddress else { preconditionFailure("a network of no extent") }
            var arena = Arena(memory.bindMemory(to: Float.self, capacity: counting.used))
            let pass = AllocationPass(self, windows: windows.count, learning: false, in: &arena)
            for (window, asset) in windows.assets.enumerated() {
                pass.previous.base[window] = Float(previous[1 + Int(asset)])
            }
            view.withPrices { gather(windows, of: $0, pass) }
            return [Double](unsafeUninitializedCapacity: previous.count) { buffer, initialised in
                guard let base = buffer.baseAddress else { return }
                forward(windows, parameters, pass, into: Matrix(base, rows: 1, columns: previous.count))
                initialised = previous.count
            }
        }
    }

    /// Traps where a market is not what the network reads.
    func expect(window: Int, features: Int) {
        precondition(
            window == shape.window && features == shape.features,
            "a market of \(window) bars × \(features) prices, for a network of \(shape.window) × \(shape.features)")
    }
}
