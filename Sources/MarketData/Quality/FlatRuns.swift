import Foundation

/// Runs of bars that repeat the bar before: a source that hands out old prices, or a market that stood still.
struct FlatRuns {
    /// Shorter runs are never reported.
    private static let shortest = 10

    /// Closes equal to the one before.
    private var unchangedCloses = 0
    /// Indices of the bars that repeat the bar before, for runs that are long enough.
    private var runs: [Range<Int>] = []
    private var current = 0..<0

    /// To be called with rising indices, for each row whose close is that of the row before.
    /// - Parameter isWholeBar: whether open, high and low are the same, too.
    mutating func addUnchangedClose(at index: Int, isWholeBar: Bool) {
        unchangedCloses += 1
        guard isWholeBar else { return }
        if current.upperBound != index {
            end()
            current = index..<index
        }
        current = current.lowerBound..<(index + 1)
    }

    /// To be called after the last row.
    mutating func end() {
        if current.count >= FlatRuns.shortest { runs.append(current) }
        current = 0..<0
    }

    func observations(_ rows: UnsafeBufferPointer<PriceRow>) -> [QualityObservation] {
        guard rows.count > 2, unchangedCloses > 0 else { return [] }
        if unchangedCloses == rows.count - 1 {
            var constant = QualityObservation(issue: .constant, example: "\(rows[0].time), \(rows[0].close.plainText)")
            constant.places.add(rows[0], weight: rows.count)
            return [constant]
        }
        // Closes that repeat with probability p give a run of L in n bars with a probability below n p^L: 1 % here.
        // Cheap shares and quiet minutes repeat often, so p is each series' own.
        let share = Double(unchangedCloses) / Double(rows.count - 1)
        let least = log(0.01 / Double(rows.count)) / log(share)
        let long = runs.filter { Double($0.count) >= least }
        guard let first = long.first else { return [] }
        var flat = QualityObservation(issue: .flatRun)
        for run in long {
            flat.places.add(rows[run.lowerBound], weight: run.count)
        }
        let row = rows[first.lowerBound]
        flat.example = "\(row.time), \(first.count) bars in a row at \(row.close.plainText)"
        return [flat]
    }
}
