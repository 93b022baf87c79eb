extension MarketStore {
    /// Runs the checks of the door over stored bars, symbol by symbol, as of one moment.
    /// - Parameter names: symbols; nil for all.
    /// - Returns: what was found, and how much was looked at.
    /// - Throws: `StoreError.noSuchSymbol`.
    package func check(
        _ names: [String]?, today: Timestamp
    ) throws(StoreError) -> (findings: [QualityFinding], symbols: Int, bars: Int) {
        try withReading { database in
            var checks = QualityChecks(today: today)
            var (symbols, bars) = (0, 0)
            for name in try names ?? self.names(in: database) {
                let id = try self.id(of: name, in: database)
                guard let database else { continue }
                let rows = try StoredBars.rows(of: id, from: nil, to: nil, in: database)
                let adjustments = try StoredAdjustments.all(of: id, in: database)
                checks.add(symbol: name, rows: rows.withAdjustedCloses(adjustments))
                symbols += 1
                bars += rows.count
            }
            return (checks.findings, symbols, bars)
        }
    }
}
