/// Prices of m assets as an allocation network reads them, and what portfolios of them earn.
///
/// A price that is not there is NaN. None is ever filled in: an asset can be decided on at a bar where each bar of its
/// window has all prices, and has weight 0 elsewhere.
package struct AllocationMarket: Sendable {
    package let bars: Int
    /// m
    package let assets: Int
    /// f: 1 for closes alone, 3 for closes, highs and lows.
    package let features: Int
    /// n, bars of a window.
    package let window: Int
    /// What cash is multiplied with from bar to bar.
    package let cashRelative: Double
    /// The first bar at which an asset can be decided on; nil where there is none.
    package let firstDecision: Int?
    /// `[assets][bars][features]`: the windows of an asset are rows of a table, as kernels gather them.
    let prices: [Float]
    /// y, `[bars][assets]`.
    let relatives: [Double]
    /// Whether the window that ends with the bar is complete, `[bars][assets]`.
    private let isComplete: [Bool]

    /// - Parameters:
    ///   - closes: In any currency, shape `[bars][assets]`.
    ///   - ranges: Highs and lows, of the same shape; nil for close-only data.
    ///   - relatives: Row *t*: what a unit of money in each asset becomes between the trade decided at the close of bar *t − 1*
    ///     and that decided at the close of bar *t*, for the reward alone. Not given, it is close over the close before, as
    ///     if decisions were filled at the close they are taken at. NaN where there is no price: what is held then is
    ///     worth what it was, as in an account.
    ///   - window: n, bars that a decision reads.
    ///   - cashRelative: 1 plus the interest of a bar.
    /// - Precondition: all tables have one shape, and there is an asset.
    package init(
        closes: [[Double]], ranges: (highs: [[Double]], lows: [[Double]])? = nil, relatives: [[Double]]? = nil,
        window: Int, cashRelative: Double = 1
    ) {
        precondition(window > 0, "a window has bars")
        let (bars, assets) = (closes.count, closes.first?.count ?? 0)
        let tables = ranges.map { [closes, $0.highs, $0.lows] } ?? [closes]
        precondition(assets > 0, "a market has bars and assets")
        for table in tables + [relatives ?? closes] {
            precondition(table.count == bars && table.allSatisfy { $0.count == assets }, "tables of different shape")
        }
        (self.bars, self.assets, self.window, self.cashRelative) = (bars, assets, window, cashRelative)
        features = tables.count

        var prices = [Float](repeating: .nan, count: assets * bars * tables.count)
        var relativesByBar = [Double](repeating: .nan, count: bars * assets)
        var isComplete = [Bool](repeating: false, count: bars * assets)
        for asset in 0..<assets {
            var priced = 0
            for bar in 0..<bars {
                var hasAll = true
                for (feature, table) in tables.enumerated() {
                    let price = table[bar][asset]
                    hasAll = hasAll && price.isFinite && price > 0
                    prices[(asset * bars + bar) * tables.count + feature] = Float(price)
                }
                priced = hasAll ? priced + 1 : 0
                isComplete[bar * assets + asset] = priced >= window
                if let relatives {
                    relativesByBar[bar * assets + asset] = relatives[bar][asset]
                } else if bar > 0 {
                    relativesByBar[bar * assets + asset] = closes[bar][asset] / closes[bar - 1][asset]
                }
            }
        }
        self.prices = prices
        self.relatives = relativesByBar
        self.isComplete = isComplete
        firstDecision = isComplete.firstIndex(of: true).map { $0 / assets }
    }

    /// The market as it was known at the close of a bar.
    /// - Precondition: the market has the bar.
    package func view(at bar: Int) -> AllocationView { AllocationView(self, bar: bar) }

    fileprivate func isComplete(_ asset: Int, at bar: Int) -> Bool { isComplete[bar * assets + asset] }
}

/// A market as it was known at the close of bar `bar`: what decides is handed this, and no later price can be had from it.
package struct AllocationView: Sendable {
    private let market: AllocationMarket
    package let bar: Int

    fileprivate init(_ market: AllocationMarket, bar: Int) {
        precondition(0 <= bar && bar < market.bars, "bar \(bar) is not one of the market's \(market.bars)")
        self.market = market
        self.bar = bar
    }

    /// m
    package var assets: Int { market.assets }
    var features: Int { market.features }
    var window: Int { market.window }

    /// Whether an asset can be decided on: each bar of its window has all prices.
    package func isAvailable(_ asset: Int) -> Bool { market.isComplete(asset, at: bar) }

    /// The row of the market's table of prices that the window of an asset ends with.
    func windowEnd(of asset: Int) -> Int32 { Int32(asset * market.bars + bar) }

    /// Calls `body` with the table of prices, `[assets · bars, features]`, of which only windows that end with `windowEnd` may
    /// be read.
    func withPrices<Result>(_ body: (UnsafePointer<Float>) throws -> Result) rethrows -> Result {
        try market.withPrices(body)
    }
}

extension AllocationMarket {
    func withPrices<Result>(_ body: (UnsafePointer<Float>) throws -> Result) rethrows -> Result {
        try prices.withUnsafeBufferPointer { prices in
            guard let base = prices.baseAddress else { preconditionFailure("a market has prices") }
            return try body(base)
        }
    }

    /// Calls `body` with the relatives from a bar on, row by row.
    func withRelatives<Result>(from bar: Int, _ body: (UnsafePointer<Double>) throws -> Result) rethrows -> Result {
        try relatives.withUnsafeBufferPointer { relatives in
            guard let base = relatives.baseAddress else { preconditionFailure("a market has relatives") }
            return try body(base + bar * assets)
        }
    }
}
