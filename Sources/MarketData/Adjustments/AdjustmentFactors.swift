/// Adjustments of one symbol in order of time, with the products that reading needs.
struct AdjustmentFactors {
    private let times: [Timestamp]
    /// The product of each adjustment's factors with those of all later ones.
    private let products: [(price: Double, volume: Double)]

    init(_ adjustments: [Adjustment]) {
        let ordered = adjustments.sorted { $0.time < $1.time }
        times = ordered.map(\.time)
        var product = (price: 1.0, volume: 1.0)
        products = Array(
            ordered.reversed().map { adjustment in
                product.price *= adjustment.priceFactor
                product.volume *= adjustment.volumeFactor
                return product
            }.reversed())
    }

    /// What the prices and volumes of bars are multiplied by.
    /// - Parameter rows: bars in order of time.
    func apply(to rows: inout [PriceRow]) {
        var next = 0
        for index in rows.indices {
            while next < times.count, times[next] <= rows[index].time { next += 1 }
            // The latest bars, and all of a symbol without adjustments, stay to the bit as they are.
            guard next < times.count else { return }
            let (price, volume) = products[next]
            rows[index].open *= price
            rows[index].high *= price
            rows[index].low *= price
            rows[index].close *= price
            rows[index].volume *= volume
        }
    }
}

extension [PriceRow] {
    /// The same rows with the closes that the adjustments give; without adjustments as they are.
    func withAdjustedCloses(_ adjustments: [Adjustment]) -> [PriceRow] {
        guard !adjustments.isEmpty else { return self }
        var adjusted = self
        AdjustmentFactors(adjustments).apply(to: &adjusted)
        return zip(self, adjusted).map { row, adjusted in
            var row = row
            row.adjustedClose = adjusted.close
            return row
        }
    }
}
