/// How a window becomes a vector.
package enum EncoderShape: Hashable, Codable, Sendable {
    /// There is no window: a network reads its numbers alone.
    case none
    /// Rectified dense layers of these widths over the flattened window.
    case mlp(hidden: [Int])
    /// The last state of gated recurrent units of these widths, each reading the states of the one before; the first
    /// reads the rows, oldest first.
    case gru(hidden: [Int])
    /// The same with long short-term memories.
    case lstm(hidden: [Int])
    /// Rectified convolutions over time with these numbers of channels and these kernels, one for each layer, without
    /// padding; the maps of the last one are laid flat.
    case convolution(channels: [Int], kernels: [Int])

    /// What is wrong with it for windows of `steps` rows; nil if nothing is.
    package func problem(steps: Int) -> String? {
        guard self != .none else { return steps == 0 ? nil : "there is no encoder for windows of \(steps) rows" }
        guard (1...65_536).contains(steps) else { return "windows have \(steps) rows, expected 1…65,536" }
        guard (1...8).contains(widths.count) else { return "an encoder has \(widths.count) layers, expected 1…8" }
        if let width = widths.first(where: { !(1...65_536).contains($0) }) {
            return "a layer of an encoder is \(width) wide, expected 1…65,536"
        }
        if case .convolution(_, let kernels) = self {
            guard kernels.count == widths.count else {
                return "there are \(kernels.count) kernels for \(widths.count) convolutions"
            }
            let list = kernels.map(String.init).joined(separator: ", ")
            // Each is checked by itself first: the sum of absurd ones would not be a number.
            guard kernels.allSatisfy((1...steps).contains), kernels.reduce(0, { $0 + $1 - 1 }) < steps else {
                return "kernels of \(list) rows leave nothing of windows of \(steps)"
            }
        }
        return nil
    }

    /// Whether its layers carry a state from row to row.
    package var isRecurrent: Bool {
        switch self {
        case .none, .mlp, .convolution: false
        case .gru, .lstm: true
        }
    }

    private var widths: [Int] {
        switch self {
        case .none: []
        case .mlp(let hidden), .gru(let hidden), .lstm(let hidden): hidden
        case .convolution(let channels, _): channels
        }
    }
}
