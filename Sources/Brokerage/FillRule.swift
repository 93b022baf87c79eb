import Configuration

/// When an order that was decided at the close of bar *t* is filled.
package enum FillRule: String, CaseIterable, Codable, Sendable, ConfigurationValue {
    /// At the open of bar *t + 1*.
    case nextOpen
    /// At the close of bar *t + 1*: for series without opens.
    case nextClose
    /// At the close of bar *t* itself, which nobody could have traded: only for reproducing published tables.
    case sameClose
}
