import NeuralNetworks

/// What an allocation network looks like; nothing of it depends on the number of assets.
package struct AllocationNetworkShape: Codable, Equatable, Sendable {
    /// n, bars of a window.
    package var window: Int
    /// f, prices of a bar: 1, the close, or 3, close, high and low.
    package var features: Int
    /// Layers over time. Those of the paper are `eiie`.
    package var encoder: EncoderShape
    /// What the relative distance of a price from the latest close is multiplied with before it is read.
    ///
    /// *Ours*: the paper reads the ratio itself, whose level is always 1 and whose moves are some hundredths; a network
    /// drawn as usual is made for inputs of unit size. Over 50 daily bars of a stock distances reach about 0.1.
    package var inputScale: Double

    /// - Precondition: there is no `problem`.
    package init(window: Int = 50, features: Int, encoder: EncoderShape, inputScale: Double = 10) {
        self.window = window
        self.features = features
        self.encoder = encoder
        self.inputScale = inputScale
        if let problem { preconditionFailure("an allocation network cannot be made: \(problem)") }
    }

    /// The convolutions of Jiang, Xu and Liang (arXiv 1706.10059, figure 2): three bars into 2 maps, then all that are left
    /// into 20.
    package static func eiie(window: Int) -> EncoderShape {
        .convolution(channels: [2, 20], kernels: [3, window - 2])
    }

    /// What forbids such a network; nil if nothing does.
    package var problem: String? {
        if let problem = encoder.problem(steps: window) { return problem }
        switch encoder {
        case .gru, .lstm, .convolution: break
        case .none, .mlp: return "only a GRU, an LSTM or convolutions read the windows of assets"
        }
        guard features == 1 || features == 3 else {
            return "a bar has \(features) prices, expected 1 (close) or 3 (close, high, low)"
        }
        guard inputScale.isFinite, inputScale > 0 else {
            return "inputs are scaled by \(inputScale), expected more than 0"
        }
        return nil
    }
}
