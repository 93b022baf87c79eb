import Foundation

/// From values to pixels along one axis.
struct Scale {
    let domain: ClosedRange<Double>
    /// Pixels of the domain's ends, in that order.
    let start: Double
    let end: Double
    let isLogarithmic: Bool

    init(_ domain: ClosedRange<Double>, from start: Double, to end: Double, isLogarithmic: Bool = false) {
        self.domain = domain
        self.start = start
        self.end = end
        self.isLogarithmic = isLogarithmic
    }

    func callAsFunction(_ value: Double) -> Double {
        let low = warped(domain.lowerBound)
        let high = warped(domain.upperBound)
        guard high > low else { return (start + end) / 2 }
        return start + (end - start) * (warped(value) - low) / (high - low)
    }

    private func warped(_ value: Double) -> Double { isLogarithmic ? log(max(value, .leastNormalMagnitude)) : value }

    /// Whether values spread over more than a factor of three, so that equal factors should look equal.
    static func wantsLogarithm(_ values: [Double]) -> Bool {
        guard let low = values.min(), let high = values.max() else { return false }
        return low > 0 && high / low > 3
    }

    /// The range of some values with a little room at both ends; never empty.
    static func padded(_ values: [Double], isLogarithmic: Bool = false) -> ClosedRange<Double> {
        let finite = values.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return 0...1 }
        if isLogarithmic, low > 0 {
            let room = pow(high / low, 0.04)
            return (low / room)...(high * room)
        }
        let room = high > low ? (high - low) * 0.04 : max(abs(high) * 0.05, 1e-9)
        return (low - room)...(high + room)
    }
}

/// Where the data are drawn, in pixels.
struct PlotArea {
    let left: Double
    let top: Double
    let width: Double
    let height: Double
    var right: Double { left + width }
    var bottom: Double { top + height }
}
