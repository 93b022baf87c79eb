/// Finds how the time of day behind a date is written.
enum ClockShape {
    /// - Parameters:
    ///   - scanner: where the date ends.
    ///   - date: the parts of the date.
    /// - Returns: the parts of the time, with what stands before it; none where the cells end here; nil where something
    ///   else follows.
    static func tail(_ scanner: TimeScanner, after date: [TimeElement]) -> [TimeElement]? {
        if scanner.isAtEnd { return [] }
        let isCompact = date.allSatisfy { if case .number = $0 { true } else { false } }
        for gap in gaps + (isCompact ? compactGaps : []) {
            var start = scanner
            var fields = TimeFields()
            guard start.take(gap, into: &fields) else { continue }
            for time in times {
                var end = start
                if end.take(time, into: &fields), end.isAtEnd { return gap + time }
            }
        }
        return nil
    }

    private static func literal(_ character: Unicode.Scalar) -> TimeElement { .literal(UInt8(ascii: character)) }

    private static let gaps: [[TimeElement]] =
        [[.blank], [literal(","), .blank], [literal(",")]] + ["T", "t", "D", "_", ":"].map { [literal($0)] }

    /// Behind a date without separators; behind others a dash would begin a distance from UTC.
    private static let compactGaps: [[TimeElement]] = [[literal("-")], []]

    private static let times: [[TimeElement]] = {
        let colon = literal(":")
        let toTheMinute: [TimeElement] = [.number(.hour), colon, .number(.minute)]
        let plain = [
            toTheMinute, toTheMinute + [colon, .number(.second)], [.fixed(.hour), .fixed(.minute)],
            [.fixed(.hour), .fixed(.minute), .fixed(.second)],
        ]
        let halfDay = ([[.number(.hour)]] + plain.prefix(2)).flatMap { time in
            [[], [.blank], [literal("-")]].map { time + $0 + [.meridiem] }
        }
        return (plain + halfDay).flatMap { time in [time, time + [.offset], time + [.blank, .offset]] }
    }()
}
