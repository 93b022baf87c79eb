/// Runs of bars at 100 times, or a hundredth of, the prices before and after: cents among whole units, or a lost decimal
/// point.
struct ScaleBlocks {
    private var blocks: [Range<Int>] = []
    /// Indices of the jumps into and out of a block.
    private(set) var edges: Set<Int> = []

    /// - Parameter jumps: indices of the rows at which close jumps, rising.
    init(jumps: [Int], _ rows: UnsafeBufferPointer<PriceRow>) {
        var entry: (index: Int, isUp: Bool)?
        for index in jumps {
            let ratio = rows[index].close / rows[index - 1].close
            let isUp = ratio > 1
            guard (80...125).contains(isUp ? ratio : 1 / ratio) else { continue }
            // A run that is no shorter than the rest is not the exception but the rule.
            if let begin = entry, begin.isUp != isUp, (index - begin.index) * 2 < rows.count {
                blocks.append(begin.index..<index)
                edges.formUnion([begin.index, index])
                entry = nil
            } else {
                entry = (index, isUp)
            }
        }
    }

    func observations(_ rows: UnsafeBufferPointer<PriceRow>) -> [QualityObservation] {
        guard let first = blocks.first else { return [] }
        var observation = QualityObservation(issue: .scaleBlock)
        for block in blocks {
            for row in rows[block] { observation.places.add(row) }
        }
        let (before, begin) = (rows[first.lowerBound - 1], rows[first.lowerBound])
        observation.example =
            "\(begin.time), close \(begin.close.plainText) after \(before.close.plainText), "
            + "\(first.count == 1 ? "1 bar" : "\(first.count) bars")"
        return [observation]
    }
}
