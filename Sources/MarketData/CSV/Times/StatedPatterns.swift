/// Patterns of C's strptime: `%d/%m/%Y %H:%M`.
enum StrptimePattern {
    /// - Returns: nil where a directive is not known.
    static func elements(_ text: String) -> [TimeElement]? {
        var elements: [TimeElement] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                elements += literal(byte)
                continue
            }
            // '%-d' is a day without its zero, which '%d' reads as well.
            if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard let letter = rest.popFirst() else { return nil }
            if letter == UInt8(ascii: "f") {
                guard dropFractionMark(&elements) else { return nil }
                continue
            }
            guard let directive = directive(Unicode.Scalar(letter)) else { return nil }
            elements += directive
        }
        return elements
    }

    /// A byte that stands for itself, or a blank for any blanks.
    static func literal(_ byte: UInt8) -> [TimeElement] {
        byte == UInt8(ascii: " ") ? [.blank] : [.literal(byte)]
    }

    /// Seconds read their fraction themselves: its mark must not be asked for twice.
    static func dropFractionMark(_ elements: inout [TimeElement]) -> Bool {
        guard elements.last == .literal(UInt8(ascii: ".")) || elements.last == .literal(UInt8(ascii: ",")),
            elements.dropLast().last == .number(.second)
        else { return false }
        elements.removeLast()
        return true
    }

    private static func directive(_ letter: Unicode.Scalar) -> [TimeElement]? {
        let slash = TimeElement.literal(UInt8(ascii: "/"))
        let colon = TimeElement.literal(UInt8(ascii: ":"))
        switch letter {
        case "Y": return [.number(.year)]
        case "y": return [.number(.shortYear)]
        case "m": return [.number(.month)]
        case "d", "e": return [.number(.day)]
        case "b", "B", "h": return [.monthName]
        case "a", "A": return [.weekday]
        case "H", "I", "k", "l": return [.number(.hour)]
        case "M": return [.number(.minute)]
        case "S": return [.number(.second)]
        case "p", "P": return [.meridiem]
        case "z", "Z": return [.offset]
        case "F": return TimePattern.isoDate.elements
        case "D": return [.number(.month), slash, .number(.day), slash, .number(.shortYear)]
        case "R": return [.number(.hour), colon, .number(.minute)]
        case "T": return [.number(.hour), colon, .number(.minute), colon, .number(.second)]
        case "n", "t": return [.blank]
        case "%": return [.literal(UInt8(ascii: "%"))]
        default: return nil
        }
    }
}

/// Patterns of letters, as spreadsheets, Java and people write them: `DD/MM/YYYY`, `dd.MM.yyyy HH:mm`, `D Mon YY`.
enum LetterPattern {
    /// What is written out in full, as descriptions of patterns write it.
    private static let words: [(text: String, element: TimeElement)] = [
        ("AM/PM", .meridiem), ("am/pm", .meridiem), ("±HH:MM", .offset), ("Mon", .monthName), ("Www", .weekday),
    ]

    /// - Returns: nil where a letter is not known.
    static func elements(_ text: String) -> [TimeElement]? {
        var elements: [TimeElement] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if let word = words.first(where: { rest.starts(with: $0.text.utf8) }) {
                elements.append(word.element)
                rest = rest.dropFirst(word.text.utf8.count)
            } else if byte == UInt8(ascii: "'") {
                elements += quoted(&rest)
            } else if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) {
                let run = rest.prefix { $0 == byte }
                rest = rest.dropFirst(run.count)
                guard add(Unicode.Scalar(byte), run.count, &elements) else { return nil }
            } else {
                elements += StrptimePattern.literal(byte)
                rest = rest.dropFirst()
            }
        }
        return elements
    }

    /// Java's quotation of text that stands for itself.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [TimeElement] {
        let text = rest.dropFirst().prefix { $0 != UInt8(ascii: "'") }
        rest = rest.dropFirst(text.count + 2)
        return text.flatMap(StrptimePattern.literal)
    }

    private static func add(_ letter: Unicode.Scalar, _ count: Int, _ elements: inout [TimeElement]) -> Bool {
        let hasHour = elements.contains(.number(.hour))
        let hasMinute = elements.contains(.number(.minute))
        switch (letter, count) {
        case ("Y", 2), ("y", 2): elements.append(.number(.shortYear))
        case ("Y", _), ("y", _): elements.append(.number(.year))
        // Letters for months and minutes are told apart by where they stand.
        case ("M", ...2), ("m", ...2):
            elements.append(.number(hasHour && !hasMinute ? .minute : .month))
        case ("M", _), ("m", _): elements.append(.monthName)
        case ("D", ...2), ("d", ...2): elements.append(.number(.day))
        case ("D", _), ("d", _), ("E", _): elements.append(.weekday)
        case ("H", ...2), ("h", ...2): elements.append(.number(.hour))
        case ("S", _), ("s", _), ("f", _):
            if elements.contains(.number(.second)) { return StrptimePattern.dropFractionMark(&elements) }
            guard hasMinute, count <= 2 else { return false }
            elements.append(.number(.second))
        case ("a", 1), ("A", 1), ("p", 1): elements.append(.meridiem)
        case ("Z", _), ("X", _), ("x", _), ("z", _): elements.append(.offset)
        case ("T", 1): elements.append(.literal(UInt8(ascii: "T")))
        default: return false
        }
        return true
    }
}
