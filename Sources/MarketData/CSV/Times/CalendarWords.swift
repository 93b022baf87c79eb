/// Names of months and weekdays in English, German, French, Spanish, Italian, Dutch, Polish and Portuguese, in their long
/// and short forms. Case and accents do not matter, in UTF-8 or in a code page of one byte.
enum CalendarWords {
    /// The number of the month a word names, 1 to 12.
    static func month(_ word: UInt64) -> Int? { months[word] }

    static func isWeekday(_ word: UInt64) -> Bool { weekdays.contains(word) }

    /// Whether a word stands between the parts of a date and means nothing: “3 de enero de 2023”.
    static func isFiller(_ word: UInt64) -> Bool { fillers.contains(word) }

    /// The most letters of a word that is known; five bits each of them fill 60 of the 64 bits of its key.
    static let longestWord = 12

    /// The key of a word: its letters a to z as 1 to 26, five bits each.
    static func key(_ word: some StringProtocol) -> UInt64 {
        word.utf8.reduce(0) { $0 << 5 | UInt64($1 & 0x1F) }
    }

    private static let months: [UInt64: Int] = {
        let names = [
            "jan january januar janner jaenner januari janv janvier ene enero gen gennaio janeiro sty styczen stycznia",
            "feb february februar febr februari fev fevr fevrier febrero febbraio fevereiro lut luty lutego",
            "mar march mrz marz maerz maart mrt mars marzo marco marzec marca",
            "apr april avr avril abr abril aprile kwi kwiecien kwietnia",
            "may mai mei mayo mag maggio maio maj maja",
            "jun june juni juin junio giu giugno junho cze czerwiec czerwca",
            "jul july juli juil juillet julio lug luglio julho lip lipiec lipca",
            "aug august augustus aou aout ago agosto sie sierpien sierpnia",
            "sep sept september septembre septiembre setiembre set settembre setembro wrz wrzesien wrzesnia",
            "oct october okt oktober octobre octubre ott ottobre out outubro paz pazdziernik pazdziernika",
            "nov november novembre noviembre novembro lis listopad listopada",
            "dec december dez dezember decembre dic diciembre dicembre dezembro gru grudzien grudnia",
        ]
        var months: [UInt64: Int] = [:]
        for (index, words) in names.enumerated() {
            for word in words.split(separator: " ") { months[key(word)] = index + 1 }
        }
        return months
    }()

    private static let weekdays = keys(
        """
        mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday \
        mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag \
        lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche \
        mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo \
        gio lunedi martedi mercoledi giovedi venerdi sabato domenica \
        ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
        pon wt sr czw pt sob nd niedz poniedzialek wtorek sroda czwartek piatek sobota niedziela \
        seg ter qua qui sex segunda terca quarta quinta sexta feira
        """)

    private static let fillers = keys("de del of")

    private static func keys(_ words: String) -> Set<UInt64> {
        Set(words.split(separator: " ").map { key($0) })
    }
}

extension CalendarWords {
    /// The letter at a place in a text, without case and accent.
    /// - Returns: 1 for a to 26 for z, or 0 for a combining accent, with the number of its bytes; nil where there is no
    ///   letter of the languages above.
    @inline(__always)
    static func letter(_ text: Cell, at position: Int) -> (code: UInt8, bytes: Int)? {
        guard position < text.count else { return nil }
        let byte = text[position]
        if byte < 0x80 {
            let code = (byte | 0x20) &- 0x60
            return byte >= 0x41 && (1...26).contains(code) ? (code, 1) : nil
        }
        return accented(text, at: position)
    }

    private static func accented(_ text: Cell, at position: Int) -> (code: UInt8, bytes: Int)? {
        let byte = text[position]
        let next = position + 1 < text.count ? text[position + 1] : 0
        let isContinued = (0x80...0xBF).contains(next)
        let isPair = isContinued && (0xC3...0xCD).contains(byte)
        let base: Character?
        switch (isPair, byte) {
        case (true, 0xC3): base = latin(next)
        case (true, 0xC4), (true, 0xC5): base = polish(UInt16(byte & 0x1F) << 6 | UInt16(next & 0x3F))
        case (true, 0xCC), (true, 0xCD): return (0, 2)
        // What is continued otherwise is a character of UTF-8 that is no letter.
        case (false, 0xC0...0xFF) where !isContinued: base = latin(byte)
        // ś, ź and ł in ISO 8859-2 and Windows-1250.
        case (false, 0x9C), (false, 0xB6): base = "s"
        case (false, 0x9F), (false, 0xBC): base = "z"
        case (false, 0xB3): base = "l"
        default: base = nil
        }
        guard let code = base?.asciiValue else { return nil }
        return (code &- 0x60, isPair ? 2 : 1)
    }

    /// The base letter of U+00C0 to U+00FF, which is the same in both cases and needs five bits only.
    private static func latin(_ byte: UInt8) -> Character? {
        switch byte & 0x1F {
        case 0...6: "a"
        case 7: "c"
        case 8...11: "e"
        case 12...15: "i"
        case 17: "n"
        case 18...22, 24: "o"
        case 25...28: "u"
        case 29: "y"
        case 31: "s"
        default: nil
        }
    }

    private static func polish(_ scalar: UInt16) -> Character? {
        switch scalar {
        case 0x104, 0x105: "a"
        case 0x106, 0x107: "c"
        case 0x118, 0x119: "e"
        case 0x141, 0x142: "l"
        case 0x143, 0x144: "n"
        case 0x15A, 0x15B: "s"
        case 0x179...0x17C: "z"
        default: nil
        }
    }
}
