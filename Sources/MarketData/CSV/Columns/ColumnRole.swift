/// What a column of a price file holds.
package enum ColumnRole: Hashable, Sendable, CaseIterable {
    /// When a bar is: a date, a date with a time, or an epoch.
    case time
    /// The time of day that belongs to a date in another column. Where no column has the role `time`, such a column holds the
    /// date as well: some files call it just “Time”.
    case timeOfDay
    case symbol
    case open
    case high
    case low
    case close
    /// The quantity traded, in shares, contracts or units of the base currency.
    case volume
    case adjustedOpen
    case adjustedHigh
    case adjustedLow
    case adjustedClose
    case adjustedVolume
    /// The ratio of a split on that day.
    case split
    /// The dividend paid on that day.
    case dividend
}
