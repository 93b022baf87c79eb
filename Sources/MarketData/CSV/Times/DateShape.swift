/// Finds how the date at the beginning of a cell may be written.
enum DateShape {
    /// - Parameter order: the order the user stated, which leaves out all others.
    /// - Returns: the parts of each way to read the date, customary ways first; none where there is no date.
    static func alternatives(_ tokens: [TimeToken], order: DateOrder?) -> [[TimeElement]] {
        let (weekday, rest) = weekday(tokens)
        var found: [[TimeElement]] = []
        for way in compact(rest, order) + numeric(rest) + named(rest) {
            let elements = weekday + way
            if order == nil || TimePattern(elements: elements).order == order { found.append(elements) }
        }
        return found
    }

    /// Whether a way to read two-digit years is so rare that it counts only where no other fits.
    static func isRare(_ pattern: TimePattern) -> Bool { pattern.hasShortYear && pattern.order == .ymd }

    /// The names of weekdays in front, with what stands behind them.
    private static func weekday(_ tokens: [TimeToken]) -> ([TimeElement], ArraySlice<TimeToken>) {
        var rest = tokens[...]
        var elements: [TimeElement] = []
        // 'mar' is March, and Tuesday in three languages: the latter where another month follows.
        while let first = rest.first, first.isWeekday,
            !first.isMonth || rest.dropFirst().contains(where: \.isMonth)
        {
            elements.append(.weekday)
            rest = rest.dropFirst()
            if rest.first == .mark(UInt8(ascii: ".")) { rest = rest.dropFirst() }
            while let separator = rest.first?.separator(withWords: true) {
                elements += separator
                rest = rest.dropFirst()
            }
        }
        return (elements, rest)
    }

    /// Digits without separators: `20230103`, with a time behind `202301030930`; in a stated order also `03012023` and
    /// `030123`.
    private static func compact(_ tokens: ArraySlice<TimeToken>, _ order: DateOrder?) -> [[TimeElement]] {
        let day = TimeElement.fixed(.day)
        let month = TimeElement.fixed(.month)
        let isShort = tokens.first?.digits == 6
        let year = TimeElement.fixed(isShort ? .shortYear : .year)
        switch (tokens.first?.digits, order) {
        case (8, nil), (8, .ymd), (12, nil), (12, .ymd), (14, nil), (14, .ymd), (6, .ymd): return [[year, month, day]]
        case (8, .dmy), (6, .dmy): return [[day, month, year]]
        case (8, .mdy), (6, .mdy): return [[month, day, year]]
        default: return []
        }
    }

    /// Three numbers with the same separator between them.
    private static func numeric(_ tokens: ArraySlice<TimeToken>) -> [[TimeElement]] {
        var rest = tokens
        guard let first = number(&rest) else { return [] }
        let gap = separators(&rest, withWords: false)
        guard !gap.isEmpty, let second = number(&rest), second <= 2, separators(&rest, withWords: false) == gap,
            let third = number(&rest)
        else { return [] }
        func way(_ fields: TimeField...) -> [TimeElement] {
            Array(fields.map { [.number($0)] }.joined(separator: gap))
        }
        switch (first, third) {
        case (4, ...2): return [way(.year, .month, .day)]
        case (...2, 4): return [way(.day, .month, .year), way(.month, .day, .year)]
        case (...2, ...2) where first == 2 || third == 2:
            return [way(.day, .month, .shortYear), way(.month, .day, .shortYear), way(.shortYear, .month, .day)]
        default: return []
        }
    }

    /// Two numbers, and a month by its name: `26-Jun-23`, `Jan 3, 2023`, `2023 Jan 3`.
    private static func named(_ tokens: ArraySlice<TimeToken>) -> [[TimeElement]] {
        var rest = tokens
        if rest.first?.isMonth == true {
            let before = month(&rest)
            guard let day = number(&rest), day <= 2 else { return [] }
            let gap = separators(&rest, withWords: true)
            guard !gap.isEmpty, let year = yearField(number(&rest)) else { return [] }
            return [before + [.number(.day)] + gap + [.number(year)]]
        }
        guard let first = number(&rest) else { return [] }
        let gap = separators(&rest, withWords: true)
        guard rest.first?.isMonth == true else { return [] }
        let middle = gap + month(&rest)
        guard let last = number(&rest) else { return [] }
        var ways: [[TimeElement]] = []
        if first <= 2, let year = yearField(last) { ways.append([.number(.day)] + middle + [.number(year)]) }
        if last <= 2, let year = yearField(first) { ways.append([.number(year)] + middle + [.number(.day)]) }
        return ways
    }

    private static func month(_ rest: inout ArraySlice<TimeToken>) -> [TimeElement] {
        rest = rest.dropFirst()
        // A full stop behind the name is part of it.
        if rest.first == .mark(UInt8(ascii: ".")) { rest = rest.dropFirst() }
        return [.monthName] + separators(&rest, withWords: true)
    }

    private static func yearField(_ digits: Int?) -> TimeField? {
        digits == 4 ? .year : digits == 2 ? .shortYear : nil
    }

    private static func number(_ rest: inout ArraySlice<TimeToken>) -> Int? {
        guard let digits = rest.first?.digits else { return nil }
        rest = rest.dropFirst()
        return digits
    }

    private static func separators(_ rest: inout ArraySlice<TimeToken>, withWords: Bool) -> [TimeElement] {
        var elements: [TimeElement] = []
        while let separator = rest.first?.separator(withWords: withWords) {
            elements += separator
            rest = rest.dropFirst()
        }
        return elements
    }
}
