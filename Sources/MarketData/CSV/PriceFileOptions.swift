/// What a user states about a price file. What is not stated is decided from the file, or asked for.
package struct PriceFileOptions: Sendable {
    /// The symbol of a file that names none; from the file's own name if nil.
    package var symbol: String?
    /// Which column plays which role, where the names of the columns do not tell.
    package var columns = StatedColumns()
    /// The form of the dates, and their zone.
    package var times = StatedTimes.unstated
    package var decimal: DecimalMark?
    /// The byte between two fields.
    package var delimiter: UInt8?
    package var encoding: TextEncoding?
    /// The columns of the file are symbols and their cells this field, whatever they are called.
    package var wideField: WideField?
    /// The values are price relatives, price / price of the row before, to be multiplied up from 1.
    package var holdsRelatives = false
    package var missing: MissingPolicy?
    /// Whether split and dividend columns are applied; nil where the prices shall tell.
    package var corporateActions: CorporateActionPolicy?

    package init() {}
}

/// What the cells of a wide file are.
package enum WideField: String, CaseIterable, Sendable {
    case close
    case adjustedClose = "adjusted-close"
}

/// What to do with a row that lacks a price.
package enum MissingPolicy: String, CaseIterable, Sendable {
    /// Leave the row out, and say so. Stated by the user, `NaN` counts as missing too.
    case skip
    /// Refuse the file.
    case reject
}

/// What split and dividend columns of a file mean for its prices.
package enum CorporateActionPolicy: String, CaseIterable, Sendable {
    /// The prices are raw: earlier ones are to be adjusted on reading.
    case apply
    /// The prices are adjusted already.
    case ignore
}

/// Columns that the user names: `date=Day,close=Last` or by position, from 1, `date=1,close=5`.
package struct StatedColumns: Sendable {
    /// A column by its name or its number.
    package enum Reference: Equatable, Sendable {
        case name(String)
        /// From 0.
        case position(Int)
    }

    package private(set) var references: [(role: ColumnRole, reference: Reference)] = []

    package init() {}

    /// The words for roles that a user may write, in the order in which messages list them.
    package static let words: [(word: String, role: ColumnRole)] = [
        ("date", .time), ("time", .timeOfDay), ("symbol", .symbol), ("open", .open), ("high", .high), ("low", .low),
        ("close", .close), ("volume", .volume), ("adjusted-close", .adjustedClose), ("split", .split),
        ("dividend", .dividend),
    ]

    /// Reads `date=Day,close=Last`.
    /// - Throws: a sentence that says what is wrong.
    package init(parsing text: String) throws(OptionError) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1).map { String($0).trimmingBlanks }
            guard sides.count == 2, !sides[1].isEmpty else {
                throw OptionError(
                    "--columns has \(Excerpt.quoted(part.utf8)), expected for example date=Day,close=Last or date=1,close=5"
                )
            }
            guard let role = StatedColumns.words.first(where: { $0.word == sides[0].lowercased() })?.role else {
                throw OptionError(
                    "--columns knows no \(Excerpt.quoted(sides[0].utf8)); there are: "
                        + StatedColumns.words.map(\.word).joined(separator: ", "))
            }
            guard !references.contains(where: { $0.role == role }) else {
                throw OptionError("--columns states \(sides[0]) twice")
            }
            if let number = Int(sides[1]) {
                guard (1...100_000).contains(number) else {
                    throw OptionError("--columns counts columns from 1; \(number) is none")
                }
                references.append((role, .position(number - 1)))
            } else {
                references.append((role, .name(sides[1])))
            }
        }
    }

    var isEmpty: Bool { references.isEmpty }
    var areAllPositions: Bool {
        references.allSatisfy { if case .position = $0.reference { true } else { false } }
    }
}

/// An option whose value cannot be understood: a sentence for the user.
package struct OptionError: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension String {
    /// Without spaces and tabs at both ends.
    var trimmingBlanks: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}

extension PriceFileOptions {
    /// The byte that a user means by a word or a character.
    package static func delimiter(named name: String) -> UInt8? {
        let words: [String: UInt8] = [
            "comma": UInt8(ascii: ","), "semicolon": UInt8(ascii: ";"), "tab": 0x09, "\\t": 0x09,
            "pipe": UInt8(ascii: "|"),
            "space": 0x20,
        ]
        if let byte = words[name.lowercased()] { return byte }
        guard name.utf8.count == 1, let byte = name.utf8.first, byte == 0x09 || (0x20..<0x7F).contains(byte),
            !"\"".utf8.contains(byte), !(0x30...0x39).contains(byte)
        else { return nil }
        return byte
    }
}
