import Foundation

/// A place on an axis and what is written there.
package struct Tick: Equatable, Sendable {
    package let value: Double
    package let label: String
}

/// Round places on an axis.
package enum Ticks {
    /// About `count` multiples of 1, 2 or 5 times a power of ten within the range.
    package static func linear(_ range: ClosedRange<Double>, count: Int, label: (Double, Int) -> String) -> [Tick] {
        let length = range.upperBound - range.lowerBound
        guard length > 0, length.isFinite else { return [] }
        let rough = length / Double(max(1, count))
        let magnitude = pow(10, log10(rough).rounded(.down))
        let step = ([1, 2, 5, 10].first { $0 * magnitude >= rough * (1 - 1e-9) } ?? 10) * magnitude
        let decimals = max(0, Int(-log10(step).rounded(.down)))
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        guard last >= first else { return [] }
        return (0...Int(last - first)).map { index in
            let value = (first + Double(index)) * step
            return Tick(value: value, label: label(value, decimals))
        }
    }

    /// 1-2-5 places of each decade within a positive range; finer ones where that leaves fewer than four.
    package static func logarithmic(_ range: ClosedRange<Double>, label: (Double, Int) -> String) -> [Tick] {
        guard range.lowerBound > 0, range.upperBound.isFinite else { return [] }
        let decades = Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
        func places(_ mantissas: [Double]) -> [Tick] {
            decades.flatMap { decade in
                mantissas.compactMap { mantissa in
                    let value = mantissa * pow(10, Double(decade))
                    let decimals = max(0, -decade + (mantissa == 1.5 ? 1 : 0))
                    return range.contains(value) ? Tick(value: value, label: label(value, decimals)) : nil
                }
            }
        }
        let sets: [[Double]] = [[1], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]]
        let candidates = sets.map(places)
        return candidates.first { $0.count >= 4 } ?? candidates.last ?? []
    }

    /// Round dates and times within a range of seconds since 1970, at most about `count`.
    package static func dates(_ range: ClosedRange<Double>, count: Int) -> [Tick] {
        let day = CivilTime.secondsPerDay
        let rough = (range.upperBound - range.lowerBound) / Double(max(1, count))
        guard rough > 0 else { return [] }
        let monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240]
        if rough > 14 * day {
            let step = monthSteps.first { Double($0) * 30.5 * day >= rough } ?? 600
            return months(range, step: step)
        }
        let steps = [60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, day, 2 * day, 7 * day, 14 * day]
        let step = steps.first { $0 >= rough } ?? 14 * day
        let first = Int((range.lowerBound / step).rounded(.up))
        let last = Int((range.upperBound / step).rounded(.down))
        guard last >= first else { return [] }
        return (first...last).map { Tick(value: Double($0) * step, label: dayLabel(Double($0) * step, step: step)) }
    }

    private static func months(_ range: ClosedRange<Double>, step: Int) -> [Tick] {
        let start = CivilTime.date(days: Int((range.lowerBound / CivilTime.secondsPerDay).rounded(.down)))
        var month = (start.year * 12 + start.month - 1) / step * step
        var ticks: [Tick] = []
        while true {
            let days = CivilTime.days(year: month / 12, month: month % 12 + 1, day: 1)
            let seconds = Double(days) * CivilTime.secondsPerDay
            if seconds > range.upperBound { return ticks }
            if seconds >= range.lowerBound {
                let year = String(month / 12)
                let label = step.isMultiple(of: 12) ? year : "\(CivilTime.months[month % 12]) \(year)"
                ticks.append(Tick(value: seconds, label: label))
            }
            month += step
        }
    }

    private static func dayLabel(_ seconds: Double, step: Double) -> String {
        let days = Int((seconds / CivilTime.secondsPerDay).rounded(.down))
        let date = CivilTime.date(days: days)
        let dayText = "\(date.day) \(CivilTime.months[date.month - 1])"
        guard step < CivilTime.secondsPerDay else { return dayText }
        let minutes = Int((seconds - Double(days) * CivilTime.secondsPerDay) / 60)
        return dayText + String(format: " %02d:%02d", minutes / 60, minutes % 60)
    }
}
