/// Which column of a header plays which role.
struct ColumnRoles {
    private var column: [ColumnRole: Int] = [:]
    /// The rank with which a column got its role: lower is better.
    private var rank: [ColumnRole: Int] = [:]
    private var rivals: [ColumnRole: Int] = [:]

    private static let abbreviations: [String: ColumnRole] = [
        "t": .time, "o": .open, "h": .high, "l": .low, "c": .close, "v": .volume,
    ]

    init(names: [String]) {
        // Single letters are abbreviations only together; alone they are ticker symbols.
        let areAbbreviations = Set(names.lazy.map { $0.lowercased() }).isSuperset(of: ["o", "h", "l", "c"])
        for (index, name) in names.enumerated() {
            let letter =
                areAbbreviations ? ColumnRoles.abbreviations[name.lowercased()].map { (role: $0, rank: 1) } : nil
            guard let (role, rank) = letter ?? ColumnNames.role(of: name) else { continue }
            guard let best = self.rank[role] else {
                column[role] = index
                self.rank[role] = rank
                continue
            }
            if rank < best {
                column[role] = index
                self.rank[role] = rank
                rivals[role] = nil
            } else if rank == best {
                rivals[role] = index
            }
        }
    }

    subscript(role: ColumnRole) -> Int? {
        get { column[role] }
        set {
            column[role] = newValue
            rivals[role] = nil
        }
    }

    /// Gives a role to a column by order of the user, whatever else the column seemed to be.
    mutating func state(_ role: ColumnRole, _ index: Int) {
        for (other, taken) in column where taken == index && other != role { self[other] = nil }
        self[role] = index
    }

    /// Two columns that claim one role with equal right.
    var twins: (first: Int, second: Int)? {
        rivals.compactMap { role, second in column[role].map { (first: $0, second: second) } }.min {
            $0.second < $1.second
        }
    }

    var count: Int { column.count }

    /// All columns with a role, in their order.
    var columns: [Int] { column.values.sorted() }

    /// Where only a time is named, it is the date; where both are, the time of day counts only if it is one.
    mutating func settleTimes(isTimeOfDay: (Int) -> Bool) {
        guard let time = column[.timeOfDay] else { return }
        if column[.time] == nil {
            column[.time] = time
            column[.timeOfDay] = nil
        } else if !isTimeOfDay(time) {
            column[.timeOfDay] = nil
        }
    }

    /// Whether open, high, low, close and volume are there both raw and adjusted.
    var hasFullAdjustedSet: Bool {
        let raw: [ColumnRole] = [.open, .high, .low, .close, .volume]
        let adjusted: [ColumnRole] = [.adjustedOpen, .adjustedHigh, .adjustedLow, .adjustedClose, .adjustedVolume]
        return (raw + adjusted).allSatisfy { column[$0] != nil }
    }

    /// Lets the adjusted columns take the places of the raw ones; splits and dividends are contained in them.
    mutating func takeAdjustedSet() {
        self[.open] = self[.adjustedOpen]
        self[.high] = self[.adjustedHigh]
        self[.low] = self[.adjustedLow]
        self[.close] = self[.adjustedClose]
        self[.volume] = self[.adjustedVolume]
        for role: ColumnRole in [
            .adjustedOpen, .adjustedHigh, .adjustedLow, .adjustedClose, .adjustedVolume, .split, .dividend,
        ] { self[role] = nil }
    }
}
