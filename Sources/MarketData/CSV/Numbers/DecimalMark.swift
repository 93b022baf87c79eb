/// What stands between the whole part of a number and its fraction.
package enum DecimalMark: String, Sendable, CaseIterable {
    /// `1234.56`
    case point
    /// `1234,56`
    case comma

    var byte: UInt8 {
        switch self {
        case .point: UInt8(ascii: ".")
        case .comma: UInt8(ascii: ",")
        }
    }

    var other: DecimalMark { self == .point ? .comma : .point }
}

/// What groups the digits of a number's whole part.
package enum DigitSeparator: Sendable {
    case comma
    case point
    /// A blank of any kind: a space, a no-break space (U+00A0), a narrow one (U+202F), a thin one (U+2009).
    case blank
    /// `'` or `’`
    case apostrophe
}
