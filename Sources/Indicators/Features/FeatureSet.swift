import MarketData

/// The features that a strategy looks at, in the order of its columns.
package struct FeatureSet: Hashable, Sendable {
    package let features: [Feature]

    package init(features: [Feature]) { self.features = features }

    /// How many bars pass before the first one at which every feature has a value.
    package var warmUp: Int { features.map(\.warmUp).max() ?? 0 }

    /// Computes all features for one symbol.
    ///
    /// - Throws: `FeatureError` if there are no features, if the symbol lacks a field that one of them needs, at all or
    ///   after its first bar, or a price is not positive, or if there are too few bars for the longest warm-up.
    package func raw(from history: PriceHistory, symbol: Int = 0) throws(FeatureError) -> RawFeatures {
        if features.isEmpty {
            throw FeatureError(
                "there are no features; name at least one of \(Feature.names.joined(lastBefore: "and"))")
        }
        try expectFields(in: history, of: symbol)
        let first = try firstBar(in: history, of: symbol)
        if history.count - first <= warmUp, let slowest = features.first(where: { $0.warmUp == warmUp }) {
            throw FeatureError(
                "\(slowest) needs \(warmUp + 1) bars for its first value, but \(history.symbols[symbol]) has "
                    + "\(history.count - first)")
        }
        return try RawFeatures(
            names: features.map(\.description), columns: features.map { $0.values(in: history, of: symbol) })
    }

    private var requiredFields: [PriceField] {
        PriceField.allCases.filter { field in features.contains { $0.requiredFields.contains(field) } }
    }

    /// Refuses all features at once whose fields the symbol does not have, and says which it could have instead.
    private func expectFields(in history: PriceHistory, of symbol: Int) throws(FeatureError) {
        let known = PriceField.allCases.filter { field in history.column(field, of: symbol).contains { !$0.isNaN } }
        let lacking = features.filter { !$0.requiredFields.allSatisfy(known.contains) }
        if lacking.isEmpty { return }
        let missing = requiredFields.filter { !known.contains($0) }
        let possible = zip(Feature.names, Feature.all).filter { $1.requiredFields.allSatisfy(known.contains) }
        let choice =
            possible.isEmpty ? "" : "; with what it has, use \(possible.map(\.0).joined(lastBefore: "or"))"
        throw FeatureError(
            "\(lacking.map(\.description).joined(lastBefore: "and")) \(lacking.count == 1 ? "needs" : "need") "
                + "\(missing.map { "\($0)" }.joined(lastBefore: "and")), which \(history.symbols[symbol]) does not have",
            choice: choice)
    }

    /// The first bar at which every field needed is known. Later ones must be known throughout: a feature across a gap
    /// would compare prices that are not neighbours.
    private func firstBar(in history: PriceHistory, of symbol: Int) throws(FeatureError) -> Int {
        var first = 0
        for field in requiredFields {
            let column = history.column(field, of: symbol)
            let start = column.firstIndex { !$0.isNaN } ?? column.count
            first = max(first, start)
            guard let bad = column[start...].firstIndex(where: { !isUsable($0, as: field) }) else { continue }
            let place = "\(history.symbols[symbol]) at \(history.times[bad]) (bar \(bad))"
            let needing = features.filter { $0.requiredFields.contains(field) }
            throw FeatureError(
                "the \(field) of \(place) is \(column[bad].isNaN ? "absent" : "\(column[bad])"), but "
                    + "\(needing.map(\.description).joined(lastBefore: "and")) \(needing.count == 1 ? "needs" : "need") "
                    + (field == .volume ? "one that is known" : "a positive price") + " at every bar after the first; "
                    + "repair or remove that bar", choice: ", or leave the feature out")
        }
        return first
    }

    private func isUsable(_ value: Double, as field: PriceField) -> Bool {
        field == .volume ? value >= 0 : value > 0
    }
}
