/// Finds out how a file writes its times, from the cells of its rows.
///
/// Rows vote for their shape, so that one bad row among good ones is a problem of that row and not of the file. Among the
/// ways to read that shape only one that fits all of its rows is taken, and only if no other does.
package struct TimeSurvey {
    private let stated: StatedTimes
    private let years: ClosedRange<Int>
    private var groups: [TimeSurveyGroup] = []
    /// Index of the group of the last row: the next is likely to be of it too.
    private var latest = 0
    private var rows = 0
    /// Rows whose cells are no times.
    private var unread = 0
    private var firstUnread: TimeSurvey.Example?

    /// A cell to show, and its line.
    package struct Example: Equatable, Sendable {
        package let line: Int
        package let text: String
    }

    /// A file of more shapes than these has none.
    private static let mostGroups = 16
    /// So many rows can tell a bad one among them.
    private static let enoughRows = 32

    /// - Parameter years: the years that are plausible.
    package init(stated: StatedTimes, years: ClosedRange<Int>) {
        self.stated = stated
        self.years = years
    }

    /// Notes the cells of one row.
    package mutating func add(date: Cell, time: Cell? = nil, line: Int) {
        rows += 1
        if latest < groups.count, groups[latest].add(date, time, line, years) { return }
        for index in groups.indices where index != latest && groups[index].add(date, time, line, years) {
            latest = index
            return
        }
        let readings = TimeShape(stated: stated.format, years: years).readings(date, time)
        guard !readings.isEmpty, groups.count < TimeSurvey.mostGroups else {
            unread += 1
            if firstUnread == nil { firstUnread = Example(date, time, line: line) }
            return
        }
        groups.append(TimeSurveyGroup(readings, isStated: stated.format?.reading != nil))
        latest = groups.count - 1
        _ = groups[latest].add(date, time, line, years)
    }

    /// Whether the rows so far decide the form, whatever comes later: rows that contradict it are then problems.
    ///
    /// Never before 32 rows, so that a bad row at the beginning of a file is found to be one.
    package var isSettled: Bool {
        guard rows >= TimeSurvey.enoughRows, let group = leading, group.rows * 4 >= rows * 3 else { return false }
        return group.isSettled && (group.hasTimeOfDay || !isMidnightOpen(group))
    }

    /// The form of the file.
    /// - Throws: where no form fits, or more than one, or where what the user stated contradicts it.
    package func decide() throws(Failure) -> TimeForm {
        guard let group = leading else {
            guard let reading = stated.format?.reading else {
                throw .noForm(firstUnread, order: stated.order)
            }
            // No row is in the stated form: the reader tells so for each.
            return TimeForm(reading: reading, clock: try clock(reading, hasTimeOfDay: true), isStated: true)
        }
        let isStated = stated.format?.reading != nil
        // A few numbers that could be times do not make a column of times.
        guard isStated || unread <= group.rows else { throw .noForm(firstUnread, order: stated.order) }
        var forms: [TimeForm] = []
        for index in group.choice {
            let reading = group.readings[index]
            let clock = try clock(reading, hasTimeOfDay: group.hasTimeOfDay)
            forms.append(TimeForm(reading: reading, clock: clock, isStated: isStated))
        }
        guard let form = forms.first else { throw .noForm(firstUnread, order: stated.order) }
        if forms.count > 1, let difference = group.difference {
            throw .ambiguous(forms, difference.example, difference.meanings)
        }
        if form.reading == .excelSerial, !isStated { throw .excelSerial(group.first) }
        return form
    }

    /// The group of the most rows; of several the first in the file.
    private var leading: TimeSurveyGroup? {
        var leading: TimeSurveyGroup?
        for group in groups where group.rows > leading?.rows ?? 0 { leading = group }
        return leading
    }

    /// Whether times of day would make other moments of the times than midnights do.
    private func isMidnightOpen(_ group: TimeSurveyGroup) -> Bool {
        switch group.readings.first {
        case .calendar(let pattern): pattern.hasOffset || (pattern.hasTimeOfDay && stated.zone != nil)
        case .excelSerial: stated.zone != nil
        default: false
        }
    }

    private func clock(_ reading: TimeForm.Reading, hasTimeOfDay: Bool) throws(Failure) -> TimeForm.Clock {
        switch reading {
        case .calendar(let pattern) where pattern.hasOffset:
            if let zone = stated.zone { throw .zoneContradicts(zone, pattern.description) }
            return hasTimeOfDay ? .offsets : .dates
        case .calendar(let pattern) where !pattern.hasTimeOfDay: return .none
        case .calendar, .excelSerial:
            guard let zone = stated.zone else { return hasTimeOfDay || reading != .excelSerial ? .unknown : .none }
            return hasTimeOfDay ? .stated(zone) : .dates
        case .epoch, .runningNumber:
            if let zone = stated.zone {
                throw .zoneContradicts(zone, TimeForm(reading: reading, clock: .none, isStated: false).name)
            }
            return .none
        }
    }
}

extension StatedTimes {
    fileprivate var order: DateOrder? { if case .order(let order) = format { order } else { nil } }
}

extension TimeSurvey.Example {
    /// The text as messages quote it; of two cells with a blank between them.
    init(_ date: Cell, _ time: Cell?, line: Int) {
        let shown = 41
        let cells = Array(date.prefix(shown)) + (time.map { [UInt8(ascii: " ")] + $0.prefix(shown) } ?? [])
        self.init(line: line, text: Excerpt.quoted(cells))
    }
}
