/// One pass over each close and the one before it: how far prices jump, and where they stand still.
struct MoveScan {
    /// Indices of the rows at which close jumps.
    private var jumps: [Int] = []
    /// Rows at which only the adjusted close jumps.
    private var mismatches = QualityPlaces()
    private var flatRuns = FlatRuns()

    /// A jump is a close above 1.4 or below 0.6 times the one before.
    @inline(__always)
    private static func isJump(_ price: Double, from before: Double) -> Bool {
        price > 1.4 * before || price < 0.6 * before
    }

    init(_ rows: UnsafeBufferPointer<PriceRow>) {
        guard var before = rows.first else { return }
        for index in rows.indices.dropFirst() {
            let row = rows[index]
            let isJump = MoveScan.isJump(row.close, from: before.close)
            if isJump { jumps.append(index) }
            if !isJump, MoveScan.isJump(row.adjustedCloseIfKnown, from: before.adjustedCloseIfKnown),
                MoveScan.isJump(row.adjustedCloseIfKnown / row.close, from: before.adjustedCloseIfKnown / before.close)
            {
                mismatches.add(row)
            }
            if row.close == before.close {
                flatRuns.addUnchangedClose(at: index, isWholeBar: row.repeats(before))
            }
            before = row
        }
        flatRuns.end()
    }

    func observations(_ rows: UnsafeBufferPointer<PriceRow>, of symbol: String) -> [QualityObservation] {
        let blocks = ScaleBlocks(jumps: jumps, rows)
        return blocks.observations(rows) + jumpObservations(rows, of: symbol, leavingOut: blocks.edges)
            + mismatchObservations + flatRuns.observations(rows)
    }

    private func jumpObservations(
        _ rows: UnsafeBufferPointer<PriceRow>, of symbol: String, leavingOut edges: Set<Int>
    ) -> [QualityObservation] {
        var jump = QualityObservation(issue: .jump)
        var takenOut = QualityObservation(issue: .jumpTakenOut)
        for index in jumps where !edges.contains(index) {
            let (before, row) = (rows[index - 1], rows[index])
            let ratio = row.adjustedCloseIfKnown / before.adjustedCloseIfKnown
            if ratio >= 0.6 && ratio <= 1.4 {
                if takenOut.places.isEmpty {
                    takenOut.example = describe(before, row, LikelySplit(from: before.close, to: row.close))
                }
                takenOut.places.add(row)
            } else {
                if jump.places.isEmpty {
                    // Adjusted closes that jump as well deny a split.
                    let isDenied = before.adjustedCloseIfKnown != before.close && !ratio.isNaN
                    let split = isDenied ? nil : LikelySplit(from: before.close, to: row.close)
                    jump.example = describe(before, row, split)
                    if isDenied {
                        jump.remedy =
                            "Compare with another source; the adjusted close moves as well, so it was hardly a split."
                    } else if let split {
                        jump.remedy =
                            "Compare with another source; if it was a split, state it with "
                            + "'trader data split \(symbol) \(row.time) \(split)'."
                    }
                }
                jump.places.add(row)
            }
        }
        return [jump, takenOut].filter { !$0.places.isEmpty }
    }

    private var mismatchObservations: [QualityObservation] {
        guard let time = mismatches.times.first else { return [] }
        return [QualityObservation(issue: .adjustmentMismatch, places: mismatches, example: "\(time)")]
    }

    private func describe(_ before: PriceRow, _ row: PriceRow, _ split: LikelySplit?) -> String {
        let ratio = row.close / before.close
        let move =
            ratio >= 2
            ? "rises to \(ratio.plainText(decimals: 1)) times"
            : ratio > 1
                ? "rises by \(((ratio - 1) * 100).plainText(decimals: 0)) %"
                : "falls by \(((1 - ratio) * 100).plainText(decimals: ratio < 0.1 ? 1 : 0)) %"
        let question = split.map { " (a \($0) split?)" } ?? ""
        return "\(row.time), close \(move), from \(before.close.plainText) to \(row.close.plainText)\(question)"
    }
}

extension PriceRow {
    /// NaN where the file has none; the rest of the checks knows of adjustments only through this.
    @inline(__always)
    fileprivate var adjustedCloseIfKnown: Double { adjustedClose }

    /// Whether open, high and low are those of another row, too, as far as they are known.
    fileprivate func repeats(_ other: PriceRow) -> Bool {
        func isEqual(_ own: Double, _ other: Double) -> Bool { own == other || (own.isNaN && other.isNaN) }
        return isEqual(open, other.open) && isEqual(high, other.high) && isEqual(low, other.low)
    }
}

/// A split as it is announced: `4:1` gives four shares for one and quarters the price, `1:10` is a reverse split.
struct LikelySplit: CustomStringConvertible {
    let description: String

    private static let usual = [2.0, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100]

    /// The usual ratio next to a move of the price, or nil if none is within 12 %: the market moves on that day, too.
    init?(from before: Double, to after: Double) {
        let isReverse = after > before
        let fold = isReverse ? after / before : before / after
        func distance(_ ratio: Double) -> Double { max(ratio / fold, fold / ratio) }
        guard let nearest = LikelySplit.usual.min(by: { distance($0) < distance($1) }), distance(nearest) <= 1.12 else {
            return nil
        }
        description = isReverse ? "1:\(nearest.plainText)" : "\(nearest.plainText):1"
    }
}
