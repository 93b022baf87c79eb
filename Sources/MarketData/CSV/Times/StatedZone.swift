import Foundation

/// A time zone that the user stated for times that do not name their own.
package struct StatedZone: Equatable, Sendable {
    /// As stated.
    package let name: String
    let zone: TimeZone
    /// Whether its times are kept as they are.
    let isUTC: Bool

    /// - Parameter name: `UTC`, a distance from it such as `+01:00` or `-0500`, or a name of the IANA time zone database
    ///   such as `America/New_York`.
    /// - Returns: nil where there is no such zone.
    package init?(_ name: String) {
        let fixed = StatedZone.fixed(name)
        guard let zone = fixed ?? StatedZone.named(name) else { return nil }
        self.name = name
        self.zone = zone
        isUTC = fixed?.secondsFromGMT() == 0
    }

    private static func fixed(_ name: String) -> TimeZone? {
        let bytes = Array(name.utf8)
        let seconds = bytes.withUnsafeBufferPointer { cell -> Int? in
            var scanner = TimeScanner(cell, nil)
            let offset = scanner.offset()
            return scanner.isAtEnd ? offset : nil
        }
        return seconds.flatMap { TimeZone(secondsFromGMT: $0) }
    }

    private static func named(_ name: String) -> TimeZone? {
        // Abbreviations such as EST or IST mean different zones to different people; names of places do not.
        guard name.contains("/"), name.utf8.count <= 64 else { return nil }
        return TimeZone(identifier: name)
    }
}

/// Converts local times of a zone to UTC.
struct ZoneConverter {
    enum Moment: Equatable {
        case at(Int64)
        /// The clock was put forward over this time.
        case skipped
        /// The clock was put back, so that this time came twice.
        case twice
    }

    private let zone: TimeZone
    private var day: Int64?
    /// The offset of `day`, nil where it changes on that day or on one beside it.
    private var offsetOfDay: Int64?

    init(_ zone: StatedZone) {
        self.zone = zone.zone
    }

    /// - Parameter local: seconds from 1970-01-01 00:00 to the time as the clocks of the zone show it.
    mutating func moment(local: Int64) -> Moment {
        let today = Timestamp(seconds: local).dayNumber
        if day != Int64(today) {
            day = Int64(today)
            // No zone is further than a day from UTC, so these moments are before and after all of the local day.
            let before = offset(at: (Int64(today) - 1) * 86_400)
            let after = offset(at: (Int64(today) + 2) * 86_400)
            offsetOfDay = before == after ? before : nil
        }
        if let offsetOfDay { return .at(local - offsetOfDay) }
        let offsets = Set([offset(at: local - 86_400), offset(at: local + 86_400)])
        let moments = offsets.map { (moment: local - $0, offset: $0) }.filter { offset(at: $0.moment) == $0.offset }
        guard let first = moments.first else { return .skipped }
        return moments.count == 1 ? .at(first.moment) : .twice
    }

    private func offset(at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
}
