import Experiments
import Statistics

/// All runs of one strategy on one symbol: one for each seed, or a single one where nothing is drawn.
struct StrategyRuns {
    let name: String
    let kind: ResultEntry.Kind
    /// In the order of seeds; at least one.
    let entries: [ResultEntry]

    /// - Precondition: `entries` is not empty.
    init(_ entries: [ResultEntry]) {
        precondition(!entries.isEmpty, "a strategy has at least one run")
        name = entries[0].name
        kind = entries[0].kind
        self.entries = entries.sorted { ($0.seed ?? 0) < ($1.seed ?? 0) }
    }

    /// Whether there is a spread over seeds to speak of.
    var hasSeveralSeeds: Bool { entries.count > 1 }

    /// The run whose final equity is the median one; the lower of the two middle ones where their count is even.
    var medianRun: ResultEntry {
        let order = entries.sorted { ($0.equity.last ?? 0) < ($1.equity.last ?? 0) }
        return order[(order.count - 1) / 2]
    }

    /// Whether a seed is the median itself; of an even number, two are in the middle.
    var hasMiddleSeed: Bool { !entries.count.isMultiple(of: 2) }

    /// Which seed ``medianRun`` is, in words; nil where there is one seed.
    var medianSeed: String? {
        guard hasSeveralSeeds, let seed = medianRun.seed else { return nil }
        return hasMiddleSeed ? "median seed" : "seed \(seed), the lower of the two middle ones"
    }

    /// Median and quartiles of a measure over the seeds where it has a value.
    func spread(of measure: String) -> Spread? { Spread(entries.compactMap { $0.number(measure) }) }

    /// Why a measure lacks a value in some seeds; empty where it has one in all.
    func reasons(without measure: String) -> [String] {
        var reasons: [String] = []
        for entry in entries {
            let value = entry.measures.first { $0.name == measure }?.value
            let reason = value.map(\.reason) ?? "not measured"
            if let reason, !reasons.contains(reason) { reasons.append(reason) }
        }
        return reasons
    }
}

/// The middle half of some numbers.
struct Spread {
    let median: Double
    let lowerQuartile: Double
    let upperQuartile: Double
    let lowest: Double
    let highest: Double
    let count: Int

    /// Nil without a finite number.
    init?(_ values: [Double]) {
        let values = values.filter(\.isFinite)
        guard let median = quantile(0.5, of: values), let lower = quantile(0.25, of: values),
            let upper = quantile(0.75, of: values), let lowest = values.min(), let highest = values.max()
        else { return nil }
        self.median = median
        lowerQuartile = lower
        upperQuartile = upper
        self.lowest = lowest
        self.highest = highest
        count = values.count
    }
}
