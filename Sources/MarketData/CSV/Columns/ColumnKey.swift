/// The names of columns in the way they are compared: `Adj. Close*`, `<ADJ_CLOSE>` and `adjClose` all are `adjclose`.
enum ColumnKey {
    /// A longer name is no column of prices, and is not looked at.
    static let longestName = 128

    /// Small letters, without blanks, punctuation and diacritics.
    static func of(_ name: some StringProtocol) -> String {
        var key = ""
        for scalar in name.lowercased().unicodeScalars where !isDropped(scalar) {
            if let folded = foldings[scalar] { key += folded } else { key.unicodeScalars.append(scalar) }
        }
        return key
    }

    /// A percent sign stays, since it changes the meaning, and so does a plus sign.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x7F...0xA0, 0x300...0x36F, 0x2000...0x206F, 0x3000, 0xFEFF: true
        default: "_-./\\<>[](){}*\"'`´,:;|’＊（）".unicodeScalars.contains(scalar)
        }
    }

    private static let foldings: [Unicode.Scalar: String] = {
        let groups = [
            ("àáâãäåāăą", "a"), ("æ", "ae"), ("çćčĉċ", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ğĝġģ", "g"),
            ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņň", "n"), ("òóôõöøōŏő", "o"),
            ("œ", "oe"), ("ŕŗř", "r"), ("śŝşšș", "s"), ("ß", "ss"), ("ţťŧț", "t"), ("ùúûüũūŭůűų", "u"), ("ŵ", "w"),
            ("ýÿŷ", "y"), ("źżž", "z"), ("ё", "е"), ("й", "и"),
        ]
        var foldings: [Unicode.Scalar: String] = [:]
        for (letters, folded) in groups {
            for letter in letters.unicodeScalars { foldings[letter] = folded }
        }
        return foldings
    }()
}
