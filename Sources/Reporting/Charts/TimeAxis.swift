/// Places bars and dates along x: by time where all times can be read, by bar where they cannot.
struct TimeAxis {
    private let seconds: [String: Double]
    private let range: ClosedRange<Double>
    private let hasDates: Bool

    /// - Parameter times: ISO 8601, ascending.
    init(_ times: [String]) {
        let read = times.map(CivilTime.seconds)
        let isReadable = read.allSatisfy { $0 != nil }
        var seconds: [String: Double] = [:]
        for (index, time) in times.enumerated() { seconds[time] = isReadable ? read[index] : Double(index) }
        self.seconds = seconds
        range = (seconds.values.min() ?? 0)...(seconds.values.max() ?? 1)
        hasDates = isReadable
    }

    /// - Returns: nil for a time that cannot be read and is no bar's.
    func value(_ time: String) -> Double? { seconds[time] ?? (hasDates ? CivilTime.seconds(time) : nil) }

    func scale(_ area: PlotArea) -> Scale { Scale(range, from: area.left, to: area.right) }

    func ticks(count: Int = 8) -> [Tick] {
        hasDates
            ? Ticks.dates(range, count: count)
            : Ticks.linear(range, count: count) { value, _ in "bar " + NumberText.plain(value) }
    }
}
