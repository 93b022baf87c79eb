/// A set of days of the week, Monday first.
struct Weekdays: Equatable {
    private let bits: UInt8

    static let weekend = Weekdays(bits: 0b110_0000)

    private init(bits: UInt8) { self.bits = bits }

    /// The weekdays with more than half as many days as the busiest one has.
    init(learnedFrom daysOnWeekday: [Int]) {
        let busiest = daysOnWeekday.max() ?? 0
        var bits: UInt8 = 0
        for (index, days) in daysOnWeekday.enumerated() where days * 2 > busiest { bits |= 1 << UInt8(index) }
        self.init(bits: bits)
    }

    var areAll: Bool { bits == 0b111_1111 }

    /// 0 for Monday to 6 for Sunday. 1970-01-01 was a Thursday.
    static func index(of day: Int) -> Int {
        let index = (day + 3) % 7
        return index < 0 ? index + 7 : index
    }

    func contains(_ day: Int) -> Bool { bits >> UInt8(Weekdays.index(of: day)) & 1 == 1 }

    /// How many days of a range are in the set.
    func count(in days: Range<Int>) -> Int {
        let weeks = days.count / 7
        let rest = days.lowerBound + weeks * 7..<days.upperBound
        return weeks * bits.nonzeroBitCount + rest.count { contains($0) }
    }
}

/// Tells rising times where a day of UTC begins, with a division for each day instead of one for each row.
struct DayClock {
    private(set) var day = 0
    private var end = Int64.min

    /// Whether a time is on another day than the last one; `day` is the number of its day then.
    @inline(__always)
    mutating func isNewDay(_ time: Timestamp) -> Bool {
        guard time.seconds >= end else { return false }
        day = time.dayNumber
        end = (Int64(day) + 1) * TradingDays.secondsPerDay
        return true
    }
}
