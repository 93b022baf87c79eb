import Foundation

/// A split or a dividend that a price file tells of, on the first day without it.
struct CorporateAction: Sendable {
    let time: Timestamp
    let line: Int
    /// New shares for each old one.
    var splitRatio: Double?
    /// Cash for each share.
    var dividend: Double?
}

/// Decides what the split and dividend columns of a file mean, and turns them into adjustments.
///
/// Vendors write the same columns beside raw prices and beside prices that are adjusted already, and applying them to the latter
/// would adjust twice. A large split tells which it is: raw closes show it. A small one and a dividend do not; so they are applied
/// where large splits of the same symbol show that the prices are raw, or where the user says so.
struct CorporateActions {
    private(set) var applied = 0
    private var ignoredSplits = Places()
    private var ignoredDividends = Places()
    private let policy: CorporateActionPolicy?

    init(policy: CorporateActionPolicy?) {
        self.policy = policy
    }

    /// The adjustments that follow from the actions of one symbol.
    /// - Parameters:
    ///   - rows: its bars in order of time.
    ///   - hasAdjustedCloses: whether there are adjusted closes, which contain the dividends.
    mutating func adjustments(
        _ actions: [CorporateAction], rows: [PriceRow], hasAdjustedCloses: Bool
    ) -> [Adjustment] {
        guard policy != .ignore else { return [] }
        var adjustments: [Adjustment] = []
        // The action of a row that was dropped as a repetition would count twice.
        let bars = actions.sorted { $0.time < $1.time }.compactMap { action in
            let index = rows.firstIndex(notBefore: action.time, time: \.time)
            return index < rows.count && rows[index].line == action.line ? (action, index) : nil
        }
        // Only a large split tells raw prices from adjusted ones: a small one is of the size of a day's move.
        let large = bars.compactMap { action, index in
            action.splitRatio.flatMap { abs(log($0)) > 0.4 ? CorporateActions.isVisible($0, at: index, in: rows) : nil }
        }
        let isRaw = 2 * large.count(where: \.self) > large.count
        for (action, index) in bars {
            var newShares = 1.0
            if let ratio = action.splitRatio {
                if policy == .apply || isRaw {
                    newShares = ratio
                    adjustments.append(
                        Adjustment(time: action.time, kind: .split, priceFactor: 1 / ratio, volumeFactor: ratio))
                } else {
                    ignoredSplits.add(action.line)
                }
            }
            guard let dividend = action.dividend, !hasAdjustedCloses else { continue }
            if policy == .apply || isRaw, index > 0 {
                // On a day with a split the cash is for new shares, of which there were more.
                let before = rows[index - 1].close / newShares
                if dividend < before {
                    adjustments.append(
                        Adjustment(
                            time: action.time, kind: .dividend, priceFactor: 1 - dividend / before, volumeFactor: 1))
                    continue
                }
            }
            ignoredDividends.add(action.line)
        }
        applied += adjustments.count
        return adjustments
    }

    var findings: [QualityFinding] {
        var findings: [QualityFinding] = []
        if !ignoredSplits.isEmpty {
            findings.append(
                QualityFinding(
                    check: "splits", severity: .notice, places: ignoredSplits,
                    message:
                        "splits that the closes do not show are taken to be contained in the prices: \(ignoredSplits.count)",
                    remedy: "If the prices are raw, say so with --corporate-actions apply."))
        }
        if !ignoredDividends.isEmpty {
            findings.append(
                QualityFinding(
                    check: "dividends", severity: .notice, places: ignoredDividends,
                    message:
                        "dividends are taken to be contained in the prices, and not applied: \(ignoredDividends.count)",
                    remedy: "If the prices are raw, say so with --corporate-actions apply."))
        }
        return findings
    }

    /// Whether the closes around a split have its ratio rather than none.
    private static func isVisible(_ ratio: Double, at index: Int, in rows: [PriceRow]) -> Bool {
        guard index > 0, ratio > 0 else { return false }
        let move = rows[index].close / rows[index - 1].close
        // Nearer to the split than to no move, in proportion: the day's own move is in between.
        return abs(log(move * ratio)) < abs(log(move))
    }
}
