/// The rows of a file whose times are of one shape, with what they tell about the ways to read it.
struct TimeSurveyGroup {
    /// A row that two readings take for different dates.
    struct Difference {
        let example: TimeSurvey.Example
        let meanings: [CalendarDate]
    }

    /// The ways, customary ones first.
    let readings: [TimeForm.Reading]
    /// Whether the user stated what the cells are, so that every number is taken for it.
    private let isStated: Bool
    private(set) var rows = 0
    /// The first row.
    private(set) var first = TimeSurvey.Example(line: 0, text: "")
    /// Whether a time other than midnight was seen.
    private(set) var hasTimeOfDay = false

    /// How many rows each reading fits.
    private var fits: [Int]
    /// How many days the dates move from row to row under each reading: the wrong one makes them jump about.
    private var travel: [Int]
    private var lastDay: [Int?]
    /// The rows that fit some reading which is not rare.
    private var fitting = 0
    /// For each pair of readings the first row on which they differ.
    private var differences: [Pair: Difference] = [:]

    private struct Pair: Hashable {
        let lower: Int
        let upper: Int
    }

    init(_ readings: [TimeForm.Reading], isStated: Bool) {
        self.readings = readings
        self.isStated = isStated
        fits = Array(repeating: 0, count: readings.count)
        travel = fits
        lastDay = Array(repeating: nil, count: readings.count)
    }

    /// Notes a row, if it is of this shape.
    /// - Returns: whether it is.
    mutating func add(_ date: Cell, _ time: Cell?, _ line: Int, _ years: ClosedRange<Int>) -> Bool {
        guard case .calendar(let pattern)? = readings.first else { return addNumber(date, time, line) }
        if readings.count == 1 {
            guard let fields = pattern.match(date, time) else { return false }
            note(date, time, line, isMidnight: fields.secondOfDay ?? 0 == 0)
            fits[0] += 1
            fitting += 1
            return true
        }
        return addCandidates(date, time, line, years)
    }

    private mutating func addCandidates(_ date: Cell, _ time: Cell?, _ line: Int, _ years: ClosedRange<Int>) -> Bool {
        var days = [Int?](repeating: nil, count: readings.count)
        var isOfShape = false
        var isMidnight = true
        var fitsAny = false
        for (index, reading) in readings.enumerated() {
            guard case .calendar(let pattern) = reading, let fields = pattern.match(date, time) else { continue }
            isOfShape = true
            isMidnight = fields.secondOfDay ?? 0 == 0
            guard fields.isDateInRange else { continue }
            fits[index] += 1
            if !isRare(index) { fitsAny = true }
            days[index] = fields.dayNumber(years)
        }
        guard isOfShape else { return false }
        note(date, time, line, isMidnight: isMidnight)
        if fitsAny { fitting += 1 }
        for (index, day) in days.enumerated() {
            guard let day else { continue }
            if let last = lastDay[index] { travel[index] += abs(day - last) }
            lastDay[index] = day
            for (other, otherDay) in days[..<index].enumerated() {
                guard let otherDay, otherDay != day else { continue }
                let pair = Pair(lower: other, upper: index)
                guard differences[pair] == nil else { continue }
                differences[pair] = Difference(
                    example: TimeSurvey.Example(date, time, line: line),
                    meanings: [CalendarDate(dayNumber: otherDay), CalendarDate(dayNumber: day)])
            }
        }
        return true
    }

    private mutating func addNumber(_ date: Cell, _ time: Cell?, _ line: Int) -> Bool {
        guard time == nil, let number = TimeNumber(date) else { return false }
        switch readings.first {
        case .epoch where number.epochUnit == nil && !isStated: return false
        case .excelSerial where !number.isLikeExcelSerial && !isStated: return false
        default: break
        }
        note(date, time, line, isMidnight: number.fraction == 0)
        fits[0] += 1
        fitting += 1
        return true
    }

    private mutating func note(_ date: Cell, _ time: Cell?, _ line: Int, isMidnight: Bool) {
        if rows == 0 { first = TimeSurvey.Example(date, time, line: line) }
        rows += 1
        if !isMidnight { hasTimeOfDay = true }
    }
}

extension TimeSurveyGroup {
    /// The readings that are left, by index; more than one where the rows do not decide between them.
    var choice: [Int] {
        let usual = readings.indices.filter { !isRare($0) }
        guard let rare = readings.indices.first(where: isRare), let best = usual.max(by: { fits[$0] < fits[$1] }),
            fits[best] > 0
        else { return decided(among: fits.max() == 0 ? [0] : readings.indices.filter { fits[$0] > 0 }) }
        let left = decided(among: usual)
        let calmest = left.map { travel[$0] }.min() ?? 0
        if fits[rare] > fits[best] { return 2 * calmest < travel[rare] ? left : [rare] }
        return fits[rare] == fits[best] && 2 * travel[rare] < calmest ? left + [rare] : left
    }

    /// The reading with the most rows; several that fit all rows, but no two that say the same of them.
    private func decided(among indices: [Int]) -> [Int] {
        guard let best = indices.max(by: { fits[$0] < fits[$1] }) else { return [] }
        let equals = indices.filter { fits[$0] == fits[best] }
        guard let first = equals.first, fits[first] == fitting else { return Array(equals.prefix(1)) }
        return [first] + equals.dropFirst().filter { differences[Pair(lower: first, upper: $0)] != nil }
    }

    /// Whether one reading is left, and rows to come will not bring another back.
    var isSettled: Bool {
        if readings.count == 1 { return true }
        guard let first = choice.first, choice.count == 1 else { return false }
        // Two readings that have said the same so far may still differ.
        let rivals = readings.indices.filter { $0 != first && fits[$0] == fits[first] }
        return rivals.allSatisfy { isRare($0) && travel[$0] + travel[first] > 0 }
    }

    /// The row that shows why the choice is open, for its first two readings.
    var difference: Difference? {
        let choice = choice
        guard choice.count > 1 else { return nil }
        return differences[Pair(lower: choice[0], upper: choice[1])]
    }

    private func isRare(_ index: Int) -> Bool {
        if case .calendar(let pattern) = readings[index] { DateShape.isRare(pattern) } else { false }
    }
}
