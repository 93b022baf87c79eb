import Foundation

/// Brings the adjustments of a file together with the stored ones of the same symbol.
///
/// Splits and dividends are events: one with other factors than the stored one is a conflict, as a bar with other numbers is.
/// Steps of adjusted closes are derived, and change with every dividend: the file's take the place of the stored ones.
struct AdjustmentMerge {
    private let symbol: String
    private let policy: ConflictPolicy
    private let stored: [Adjustment.Event: Adjustment]
    private var merged: [Adjustment.Event: Adjustment]

    init(symbol: String, stored: [Adjustment], policy: ConflictPolicy) {
        self.symbol = symbol
        self.policy = policy
        self.stored = Dictionary(stored.map { ($0.event, $0) }) { _, last in last }
        merged = self.stored
    }

    /// What has to be removed from the store and what to be put into it.
    var changes: (removed: [Adjustment], put: [Adjustment]) {
        (
            stored.values.filter { merged[$0.event] == nil },
            merged.values.filter { stored[$0.event] != $0 }.sorted { $0.time < $1.time }
        )
    }

    /// - Parameter line: the line of the file where a time is found; nil where it is on none.
    mutating func takeEvents(
        of adjustments: [Adjustment], line: (Timestamp) -> Int?, problems: inout PriceFileProblems
    ) {
        for event in adjustments where event.kind != .adjustedClose {
            let name = "\(symbol) at \(event.time): the \(event.kind.rawValue)"
            guard event.isSound else {
                problems.add(
                    PriceFileError.Problem(
                        line: line(event.time),
                        message: "\(name) gives a price factor of \(event.priceFactor), expected a positive number",
                        remedy: "Correct the \(event.kind.rawValue) in the file."))
                continue
            }
            let known = merged[event.event]
            if known == nil || policy == .replace { merged[event.event] = event }
            if let known, known != event, policy == .reject {
                problems.add(
                    PriceFileError.Problem(
                        line: line(event.time),
                        message: "\(name) has a price factor of \(event.priceFactor) in the file, "
                            + "\(known.priceFactor) in the store",
                        remedy: BarWriter.conflictRemedy))
            }
        }
    }

    /// - Parameters:
    ///   - previous: the last stored bar before the file's first.
    ///   - next: the first stored bar at or after the file's first.
    ///   - hasLaterBars: whether there are stored bars after the file's last.
    mutating func takeAdjustedCloses(
        of series: PriceSeries, span: ClosedRange<Timestamp>, previous: Timestamp?, next: Timestamp?,
        hasLaterBars: Bool, line: (Timestamp) -> Int?, problems: inout PriceFileProblems
    ) {
        let steps = series.adjustments.filter { $0.kind == .adjustedClose }
        // A split that somebody entered, and that the adjusted closes of the file take out too, would count twice.
        let own = Set(series.adjustments.map(\.event))
        let entered = merged.values.filter { $0.kind == .split && !own.contains($0.event) }
        for split in entered.sorted(by: { $0.time < $1.time }) where steps.contains(where: { $0.takesOut(split) }) {
            if policy == .replace {
                merged[split.event] = nil
                continue
            }
            problems.add(
                PriceFileError.Problem(
                    line: line(split.time),
                    message: "\(symbol) at \(split.time): the adjusted closes take out a split that is stored as well",
                    remedy: "Remove the stored split with trader data split, or let the file take its place with "
                        + "--on-conflict replace."))
        }
        let others = merged.values.filter { $0.kind == .adjustedClose }.sorted { $0.time < $1.time }
        let merge = AdjustedCloseMerge(
            stored: others, steps: steps, span: span, previous: previous, next: next, hasLaterBars: hasLaterBars)
        for step in others { merged[step.event] = nil }
        for step in merge.merged() { merged[step.event] = step }
    }
}

extension Adjustment {
    /// By what an adjustment is known; there is one of a kind at a time.
    struct Event: Hashable {
        let time: Timestamp
        let kind: Kind
    }

    var event: Event { Event(time: time, kind: kind) }

    /// Whether a step of adjusted closes is, for its greater part, a given split: of about its size (a dividend may have come
    /// with it), and at its time, or a few days off, as either may be noted on a day without trading.
    func takesOut(_ split: Adjustment) -> Bool {
        let fewDays = 4 * 86_400.0
        return abs(Double(time.seconds) - Double(split.time.seconds)) <= fewDays
            && abs(log(priceFactor / split.priceFactor)) < 0.5 * abs(log(split.priceFactor))
    }
}
