import TensorCore

/// The weights that the network chose last at each bar (Jiang, Xu and Liang, arXiv 1706.10059, section 5.3): a network learns
/// from any bar as if it had come there by its own decisions, and batches need not be visited in order.
///
/// A row is `[cash, assets…]`. At first it is uniform over cash and the assets that can be decided on at the bar (*ours*: the
/// paper has nothing but uniform).
package struct PortfolioVectorMemory {
    /// 1 + m
    let columns: Int
    /// `[bars, 1 + m]`
    package let weights: NumericBuffer<Float>

    package init(_ market: AllocationMarket) {
        columns = 1 + market.assets
        weights = NumericBuffer(count: market.bars * columns)
        for bar in 0..<market.bars {
            let row = weights.base + bar * columns, view = market.view(at: bar)
            let available = (0..<market.assets).count { view.isAvailable($0) }
            row[0] = 1 / Float(1 + available)
            for asset in 0..<market.assets where view.isAvailable(asset) { row[1 + asset] = row[0] }
        }
    }

    /// The row of a bar; that before the first is all cash.
    func read(_ bar: Int, into row: UnsafeMutablePointer<Double>) {
        for column in 0..<columns { row[column] = bar < 0 ? 0 : Double(weights.base[bar * columns + column]) }
        if bar < 0 { row[0] = 1 }
    }

    /// The weight of an asset at a bar.
    func weight(of asset: Int, at bar: Int) -> Float { bar < 0 ? 0 : weights.base[bar * columns + 1 + asset] }

    /// Keeps the rows of consecutive bars.
    func write(_ rows: Matrix<Double>, from bar: Int) {
        write(UnsafeBufferPointer(start: rows.base, count: rows.count), from: bar)
    }

    func write(_ values: some Collection<Double>, from bar: Int) {
        for (index, value) in values.enumerated() { weights.base[bar * columns + index] = Float(value) }
    }
}
