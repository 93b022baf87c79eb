/// A column of a price history.
package enum PriceField: Int, CaseIterable, Sendable {
    case open, high, low, close, volume
}

/// What is known of one symbol over one period: the four prices and the volume traded.
///
/// Prices are per share in the currency of the quotation. Close-only data have a close and nothing else.
package struct Bar: Hashable, Sendable {
    package var time: Timestamp
    package var open: Double?
    package var high: Double?
    package var low: Double?
    package var close: Double
    /// Shares, contracts or currency units traded, as the source counts them.
    package var volume: Double?

    package init(
        time: Timestamp, open: Double? = nil, high: Double? = nil, low: Double? = nil, close: Double,
        volume: Double? = nil
    ) {
        self.time = time
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    /// The value of one field, nil where it is not known.
    package subscript(field: PriceField) -> Double? {
        switch field {
        case .open: open
        case .high: high
        case .low: low
        case .close: close
        case .volume: volume
        }
    }
}
