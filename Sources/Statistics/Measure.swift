/// The value of a measure, or the reason why it has none: a Sharpe ratio of a flat curve, a profit factor without a
/// losing trade. A value is finite; infinity and NaN never leave this target.
package enum MeasureValue: Equatable, Sendable {
    case value(Double)
    /// One phrase that completes “no value: …”.
    case undefined(String)

    /// The value, or nil where there is none.
    package var number: Double? {
        switch self {
        case .value(let number): number
        case .undefined: nil
        }
    }

    /// Keeps the promise that a value is finite: very short spans annualise to powers that no number holds.
    static func finite(_ number: Double) -> MeasureValue {
        number.isFinite ? .value(number) : .undefined("the result is beyond the range of a number")
    }
}

/// A measure under the name that reports use.
package struct Measure: Equatable, Sendable {
    /// The key in `report.json`, camelCase.
    package let name: String
    package let value: MeasureValue

    package init(name: String, value: MeasureValue) {
        self.name = name
        self.value = value
    }
}
