/// Finds the ways in which one cell, or a date cell and the time cell beside it, may be read.
///
/// All ways of one result are of one shape: they differ only in which number is the day, the month and the year, so that
/// other rows can tell between them.
struct TimeShape {
    let stated: StatedTimes.Format?
    let years: ClosedRange<Int>

    /// The ways, customary ones first; none where the cells are no time at all, or not in the form that was stated.
    func readings(_ date: Cell, _ time: Cell?) -> [TimeForm.Reading] {
        switch stated {
        case .order(let order): return patterns(date, time, order).map { .calendar($0) }
        case .pattern(let pattern): return self.pattern(pattern, date, time).map { .calendar($0) }
        case .epoch(nil):
            guard time == nil, let number = TimeNumber(date) else { return [] }
            return [.epoch(.byMagnitude(number.whole), isFixed: false)]
        case .excelSerial, .epoch, .runningNumber:
            guard time == nil, let reading = stated?.reading, TimeNumber(date) != nil else { return [] }
            return [reading]
        case nil: break
        }
        let patterns = patterns(date, time, nil)
        guard patterns.isEmpty, time == nil, let number = TimeNumber(date) else {
            return patterns.map { .calendar($0) }
        }
        if number.isLikeExcelSerial { return [.excelSerial] }
        return number.epochUnit.map { [.epoch($0, isFixed: false)] } ?? []
    }

    /// The stated pattern; where it is of a date and there is a time cell too, with the form of that time.
    private func pattern(_ pattern: TimePattern, _ date: Cell, _ time: Cell?) -> [TimePattern] {
        guard time != nil, !pattern.hasTimeOfDay else { return pattern.match(date, time) == nil ? [] : [pattern] }
        return completed([pattern.elements], date, time)
    }

    private func patterns(_ date: Cell, _ time: Cell?, _ order: DateOrder?) -> [TimePattern] {
        guard let tokens = TimeToken.tokens(date) else { return [] }
        let dates = DateShape.alternatives(tokens, order: order)
        let patterns = completed(dates, date, time)
        guard order == nil, let digits = tokens.first?.digits, digits >= 8 else { return patterns }
        // Nothing but digits may be any number, or an epoch of the last century: a date only if it is a plausible one.
        return patterns.filter { pattern in
            guard let fields = pattern.match(date, time) else { return false }
            return years.contains(fields.year) && fields.dayNumber(years) != nil && fields.secondOfDay != nil
        }
    }

    /// The date patterns, each with the time of day that follows it in the cells; none where something else follows.
    private func completed(_ dates: [[TimeElement]], _ date: Cell, _ time: Cell?) -> [TimePattern] {
        for elements in dates {
            var scanner = TimeScanner(date, time)
            var fields = TimeFields()
            guard scanner.take(elements, into: &fields), let tail = ClockShape.tail(scanner, after: elements) else {
                continue
            }
            return dates.map { TimePattern(elements: $0 + tail) }
        }
        return []
    }
}
