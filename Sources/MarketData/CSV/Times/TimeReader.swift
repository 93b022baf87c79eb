/// Reads the times of a file in the form that was decided. What is not in that form is a problem, never a guess.
///
/// Dates written `YYYY-MM-DD` and cells that repeat the one before take a few nanoseconds and no memory.
package struct TimeReader {
    /// From one row to the next the epochs changed their unit.
    package struct UnitChange: Equatable, Sendable {
        package let line: Int
        package let from: EpochUnit
        package let to: EpochUnit
    }

    package let form: TimeForm
    private let years: ClosedRange<Int>
    private let isISODate: Bool
    private var converter: ZoneConverter?
    private var hasRead = false
    private var unit: EpochUnit?
    private var last: (key: CellKey, time: Timestamp)?

    /// The first change of unit among the epochs read.
    package private(set) var unitChange: UnitChange?

    /// - Parameter years: the years that are plausible; all others are typing errors.
    package init(form: TimeForm, years: ClosedRange<Int>) {
        self.form = form
        self.years = years
        isISODate = form.reading == .calendar(.isoDate)
        if case .stated(let zone) = form.clock { converter = ZoneConverter(zone) }
    }

    /// The time of one row, in UTC unless the form says otherwise; a date is its midnight.
    /// - Parameters:
    ///   - time: the cell of the column for the time of day, if the file has one.
    ///   - line: the line of the row, for `unitChange`.
    package mutating func read(date: Cell, time: Cell? = nil, line: Int) throws(TimeProblem) -> Timestamp {
        let key = time == nil ? CellKey(date) : nil
        if let key, let last, last.key == key { return last.time }
        let moment: Timestamp
        if isISODate, time == nil, let fields = TimeFields(isoDate: date) {
            moment = try self.moment(of: fields, isInTimeCell: false)
        } else {
            moment = try other(date, time, line)
        }
        if let key { last = (key, moment) }
        hasRead = true
        return moment
    }

    private mutating func other(_ date: Cell, _ time: Cell?, _ line: Int) throws(TimeProblem) -> Timestamp {
        switch form.reading {
        case .calendar(let pattern):
            var scanner = TimeScanner(date, time)
            guard let fields = pattern.match(&scanner) else {
                throw problem(.form(afterOthers: hasRead), isInTimeCell: scanner.isInTime)
            }
            return try moment(of: fields, isInTimeCell: scanner.isInTime)
        case .epoch(let unit, let isFixed):
            return try epoch(number(date, time), isFixed ? unit : nil, line)
        case .excelSerial: return try excelSerial(number(date, time))
        case .runningNumber:
            guard time == nil, let number = TimeNumber(date)?.signedWhole, (0...1_000_000).contains(number) else {
                throw problem(.noRunningNumber)
            }
            // 2000-01-03 is a Monday, 10,959 days after 1970-01-01.
            return Timestamp(seconds: (10_959 + number / 5 * 7 + number % 5) * 86_400)
        }
    }

    private func problem(_ kind: TimeProblem.Kind, isInTimeCell: Bool = false) -> TimeProblem {
        TimeProblem(kind: kind, form: form, years: years, isInTimeCell: isInTimeCell)
    }

    private func number(_ date: Cell, _ time: Cell?) throws(TimeProblem) -> TimeNumber {
        guard let number = TimeNumber(date) else { throw problem(.form(afterOthers: hasRead)) }
        if time != nil { throw problem(.form(afterOthers: hasRead), isInTimeCell: true) }
        return number
    }
}

extension TimeReader {
    @inline(__always)
    private mutating func moment(of fields: TimeFields, isInTimeCell: Bool) throws(TimeProblem) -> Timestamp {
        let year = fields.fullYear(years)
        guard years.contains(year) else { throw problem(.year(year)) }
        guard let midnight = Timestamp(year: year, month: fields.month, day: fields.day) else {
            throw problem(noSuchDate(fields, year))
        }
        guard let second = fields.secondOfDay else { throw problem(.noSuchTime, isInTimeCell: isInTimeCell) }
        guard fields.isFractionZero else { throw problem(.fraction, isInTimeCell: isInTimeCell) }
        return try onClock(midnight.seconds + Int64(second), offset: fields.offset ?? 0, isInTimeCell: isInTimeCell)
    }

    @inline(__always)
    private mutating func onClock(
        _ local: Int64, offset: Int, isInTimeCell: Bool
    ) throws(TimeProblem) -> Timestamp {
        switch form.clock {
        case .none, .unknown: return Timestamp(seconds: local)
        case .offsets: return Timestamp(seconds: local - Int64(offset))
        case .dates:
            let time = Timestamp(seconds: local)
            guard time.secondOfDay == 0 else { throw problem(.timeOfDayAmongDates, isInTimeCell: isInTimeCell) }
            return time
        case .stated:
            switch converter?.moment(local: local) {
            case .at(let seconds): return Timestamp(seconds: seconds)
            case .twice: throw problem(.twice, isInTimeCell: isInTimeCell)
            case .skipped, nil: throw problem(.skipped, isInTimeCell: isInTimeCell)
            }
        }
    }

    private func noSuchDate(_ fields: TimeFields, _ year: Int) -> TimeProblem.Kind {
        // The date exists if day and month change places: the row is of the other order.
        let isOtherOrder =
            form.order != .ymd && fields.month > 12
            && Timestamp(year: year, month: fields.day, day: fields.month) != nil
        return isOtherOrder ? .form(afterOthers: hasRead) : .noSuchDate(year, fields.month, fields.day)
    }

    private mutating func epoch(
        _ number: TimeNumber, _ stated: EpochUnit?, _ line: Int
    ) throws(TimeProblem) -> Timestamp {
        guard let unit = stated ?? (form.isStated ? .byMagnitude(number.whole) : number.epochUnit) else {
            throw problem(.form(afterOthers: hasRead))
        }
        guard let count = number.signedWhole, count % unit.perSecond == 0 else { throw problem(.fraction) }
        let seconds = count / unit.perSecond
        // About the year 9999: a calendar further away is of no use, and its arithmetic might overflow.
        guard seconds.magnitude < 253_000_000_000 else { throw problem(.year(nil)) }
        let moment = Timestamp(seconds: seconds)
        guard years.contains(moment.date.year) else { throw problem(.year(nil)) }
        if let before = self.unit, before != unit, unitChange == nil {
            unitChange = UnitChange(line: line, from: before, to: unit)
        }
        self.unit = unit
        return moment
    }

    /// Days from 1899-12-30, as spreadsheets count: they hold 1900 for a leap year, so that the 59 days before its
    /// 29 February, which is number 60, count from a day later.
    private mutating func excelSerial(_ number: TimeNumber) throws(TimeProblem) -> Timestamp {
        guard !number.isNegative, (1...2_958_465).contains(number.whole), number.whole != 60 else {
            throw problem(.noSuchSerial)
        }
        let exact = number.fraction * 86_400
        // A hundredth of a second is far above the rounding of doubles, far below what a bar can be off.
        guard abs(exact - exact.rounded()) <= 0.01 else { throw problem(.fraction) }
        let day = number.whole - (number.whole < 60 ? 25_568 : 25_569)
        let local = day * 86_400 + Int64(exact.rounded())
        let year = Timestamp(seconds: local).date.year
        guard years.contains(year) else { throw problem(.year(year)) }
        return try onClock(local, offset: 0, isInTimeCell: false)
    }
}

/// The bytes of a short cell, to see quickly whether the next one is the same.
private struct CellKey: Equatable {
    private let count: Int
    private let head: UInt64
    private let tail: UInt64

    /// - Returns: nil where the cell has fewer than 8 bytes or more than 16.
    @inline(__always)
    init?(_ cell: Cell) {
        guard (8...16).contains(cell.count) else { return nil }
        let bytes = UnsafeRawBufferPointer(cell)
        count = cell.count
        head = bytes.loadUnaligned(as: UInt64.self)
        tail = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    }
}

extension TimeFields {
    /// The numbers of a cell written `YYYY-MM-DD` with all its ten characters; nil where it is not.
    @inline(__always)
    fileprivate init?(isoDate cell: Cell) {
        guard cell.count == 10, cell[4] == UInt8(ascii: "-"), cell[7] == UInt8(ascii: "-") else { return nil }
        var isNumber = true
        func digit(_ place: Int) -> Int {
            let digit = cell[place] &- 0x30
            isNumber = isNumber && digit < 10
            return Int(digit)
        }
        self.init()
        year = digit(0) * 1_000 + digit(1) * 100 + digit(2) * 10 + digit(3)
        month = digit(5) * 10 + digit(6)
        day = digit(8) * 10 + digit(9)
        guard isNumber else { return nil }
    }
}
