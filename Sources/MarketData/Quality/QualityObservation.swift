/// What one check found in one symbol.
struct QualityObservation {
    let issue: QualityIssue
    var places = QualityPlaces()
    /// The first place in words, beginning with its time.
    var example = ""
    /// In place of the issue's own remedy, where more can be said.
    var remedy: String?
}

/// How many bars are concerned, and the first ten places: a bar, or the first bar of a run.
struct QualityPlaces {
    static let shown = 10

    private(set) var count = 0
    /// How often something was added.
    private(set) var marks = 0
    private(set) var lines: [Int] = []
    private(set) var times: [Timestamp] = []

    var isEmpty: Bool { count == 0 }

    /// Adds a bar.
    /// - Parameter weight: what it adds to the count: the bars missing before it, or the length of the run it begins.
    mutating func add(_ row: PriceRow, weight: Int = 1) {
        count += weight
        marks += 1
        guard times.count < QualityPlaces.shown else { return }
        times.append(row.time)
        if row.line > 0 { lines.append(row.line) }
    }

    /// Adds a day for which there is no bar.
    mutating func add(day: Int) {
        count += 1
        marks += 1
        if times.count < QualityPlaces.shown {
            times.append(Timestamp(seconds: Int64(day) * TradingDays.secondsPerDay))
        }
    }

    /// Adds the places of another symbol.
    mutating func add(_ other: QualityPlaces) {
        count += other.count
        marks += other.marks
        lines += other.lines.prefix(QualityPlaces.shown - lines.count)
        times += other.times.prefix(QualityPlaces.shown - times.count)
    }
}

/// Joins what one check found in several symbols into one finding.
struct QualityTally {
    private let issue: QualityIssue
    private var symbols: [String] = []
    private var symbolCount = 0
    private var places = QualityPlaces()
    private var example = ""
    private var remedy: String?

    init(_ issue: QualityIssue) { self.issue = issue }

    mutating func add(_ observation: QualityObservation, of symbol: String) {
        if symbolCount == 0 { (example, remedy) = (observation.example, observation.remedy) }
        symbolCount += 1
        if symbols.count < QualityPlaces.shown { symbols.append(symbol) }
        places.add(observation.places)
    }

    /// nil if nothing was found.
    var finding: QualityFinding? {
        guard let first = symbols.first else { return nil }
        let isOne = symbolCount == 1
        var message = issue.statement(places.count, of: isOne ? first : "\(symbolCount) symbols")
        if !example.isEmpty {
            message += isOne && places.marks == 1 ? ": \(example)" : "; first \(isOne ? "" : "\(first) ")\(example)"
        }
        return QualityFinding(
            check: issue.check, severity: issue.severity, symbols: symbols, count: places.count, lines: places.lines,
            times: places.times, message: message + ".", remedy: remedy ?? issue.remedy)
    }
}
