/// A piece of a cell, for finding out how it is written.
enum TimeToken: Equatable {
    case number(digits: Int)
    /// The key of a word whose letters are known, and its bytes.
    case word(UInt64?, [UInt8])
    case mark(UInt8)
    case blank

    /// Longer cells are no times: “Wednesday, September 27, 2023, 10:00:00.000000000 p. m. GMT+01:00” is one.
    static let longestCell = 80

    /// - Returns: nil where the cell has other characters than times have, or too many.
    static func tokens(_ cell: Cell) -> [TimeToken]? {
        guard cell.count <= longestCell else { return nil }
        var tokens: [TimeToken] = []
        var position = 0
        while position < cell.count {
            let start = position
            while position < cell.count, cell[position] &- 0x30 < 10 { position += 1 }
            if position > start {
                tokens.append(.number(digits: position - start))
                continue
            }
            var key: UInt64 = 0
            var letters = 0
            while let letter = CalendarWords.letter(cell, at: position) {
                position += letter.bytes
                guard letter.code > 0 else { continue }
                key = key << 5 | UInt64(letter.code)
                letters += 1
            }
            if position > start {
                let isKnown = (1...CalendarWords.longestWord).contains(letters)
                tokens.append(.word(isKnown ? key : nil, Array(cell[start..<position])))
                continue
            }
            if let width = TimeScanner.blankWidth(cell, at: position) {
                if tokens.last != .blank { tokens.append(.blank) }
                position += width
                continue
            }
            guard (0x21..<0x7F).contains(cell[position]) else { return nil }
            tokens.append(.mark(cell[position]))
            position += 1
        }
        return tokens
    }

    var digits: Int? { if case .number(let digits) = self { digits } else { nil } }

    var isMonth: Bool { if case .word(let key?, _) = self { CalendarWords.month(key) != nil } else { false } }

    var isWeekday: Bool { if case .word(let key?, _) = self { CalendarWords.isWeekday(key) } else { false } }

    private var isFiller: Bool { if case .word(let key?, _) = self { CalendarWords.isFiller(key) } else { false } }

    /// What stands for this token between the parts of a date: nil where it cannot stand there.
    func separator(withWords: Bool) -> [TimeElement]? {
        switch self {
        case .blank: [.blank]
        case .mark(let byte) where "-/.".utf8.contains(byte) || (withWords && byte == UInt8(ascii: ",")):
            [.literal(byte)]
        case .word(_, let bytes) where withWords && isFiller: bytes.map { .literal($0) }
        default: nil
        }
    }
}
