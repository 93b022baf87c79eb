/// What the checks can find, in the order in which findings are listed.
enum QualityIssue: CaseIterable {
    case highLowSwapped, closeVolumeSwapped
    case adjustedMixedWithRaw, orderOfPrices, scaleBlock, jump, jumpTakenOut, adjustmentMismatch
    case constant, flatRun, zeroVolume, largeVolume
    case missingDays, missingPeriods, missingBars, absentDays, weekend, futureDate
    case zeroVolumeThroughout, recurringGaps, commonRange

    /// The name for programs. Issues that differ only in what to make of them share one.
    var check: String {
        switch self {
        case .highLowSwapped, .closeVolumeSwapped: "swapped-columns"
        case .adjustedMixedWithRaw, .orderOfPrices: "order-of-prices"
        case .scaleBlock: "scale-block"
        case .jump, .jumpTakenOut: "jump"
        case .adjustmentMismatch: "adjustment-mismatch"
        case .constant: "constant"
        case .flatRun: "flat-run"
        case .zeroVolume, .zeroVolumeThroughout: "zero-volume"
        case .largeVolume: "large-volume"
        case .missingDays, .missingPeriods, .missingBars, .recurringGaps: "gap"
        case .absentDays: "calendar"
        case .commonRange: "common-range"
        case .weekend: "weekend"
        case .futureDate: "future-date"
        }
    }

    var severity: QualityFinding.Severity {
        switch self {
        case .highLowSwapped, .closeVolumeSwapped: .error
        case .zeroVolumeThroughout, .recurringGaps, .commonRange: .notice
        default: .warning
        }
    }
}

extension QualityIssue {
    /// The main clause of the message.
    /// - Parameters:
    ///   - count: how many bars, days or periods.
    ///   - subject: whose: a symbol, or how many symbols.
    func statement(_ count: Int, of subject: String) -> String {
        let bars = "\(count == 1 ? "1 bar" : "\(count) bars") of \(subject)"
        let days = "\(count == 1 ? "1 usual trading day" : "\(count) usual trading days")"
        return switch self {
        case .highLowSwapped: "high is below low in \(bars): the columns of high and low seem swapped"
        case .closeVolumeSwapped:
            "close is outside low and high, and volume between them, in \(bars): the columns of close and volume seem swapped"
        case .adjustedMixedWithRaw:
            "open or close is outside low and high in \(bars): adjusted and raw prices seem mixed"
        case .orderOfPrices: "open or close is outside low and high in \(bars)"
        case .scaleBlock: "prices are about 100 times or a hundredth of those before and after in \(bars)"
        case .jump: "close moves by more than 40 % in \(bars)"
        case .jumpTakenOut: "close moves by more than 40 % in \(bars), the adjusted close does not"
        case .adjustmentMismatch: "the adjusted close moves by more than 40 %, close does not, in \(bars)"
        case .constant: "every close is equal in \(bars)"
        case .flatRun: "prices stand still for ten bars or more in \(bars)"
        case .zeroVolume: "volume is 0 in \(bars)"
        case .zeroVolumeThroughout: "volume is 0 throughout in \(bars)"
        case .largeVolume: "volume does not fit in 64 bits in \(bars)"
        case .missingDays: "\(days) of \(subject) without a bar, five or more in a row"
        case .missingPeriods: "about \(bars) are missing, in gaps of more than 2.5 times the usual distance"
        case .missingBars: "\(count == 1 ? "1 bar" : "\(count) bars") missing in the trading hours of \(subject)"
        case .recurringGaps:
            "\(days) of \(subject) without a bar, five to eight in a row every year: taken for holidays"
        case .absentDays: "\(days) of \(subject) without a bar while most other symbols have one"
        case .weekend: "\(bars) on a Saturday or Sunday, although the others are on weekdays"
        case .futureDate: "\(bars) in the future"
        case .commonRange: "\(subject) begin later or end earlier than the others"
        }
    }

    /// What to do.
    var remedy: String {
        switch self {
        case .highLowSwapped: "Swap the two names in the header."
        case .closeVolumeSwapped: "Swap the two names in the header."
        case .adjustedMixedWithRaw:
            "Use raw or adjusted prices in all four columns: often the close alone was adjusted."
        case .orderOfPrices: "Compare these bars with another source, and correct or remove them."
        case .scaleBlock: "Look for cents among whole units, or a lost decimal point, and correct these bars."
        case .jump:
            "Compare with another source; if it was a split, state it with 'trader data split SYMBOL DATE RATIO'."
        case .jumpTakenOut: "Read these prices adjusted; raw they hold the split."
        case .adjustmentMismatch: "Do not read these prices adjusted before the column is corrected."
        case .constant: "Leave it out: returns are 0, and ratios such as Sharpe's are undefined."
        case .flatRun: "Find out whether it was not traded or the source repeated old prices, and remove repeated bars."
        case .zeroVolume: "Remove bars of days without trading; an order could not have been filled on them."
        case .zeroVolumeThroughout: "Use no feature that needs the volume."
        case .largeVolume: "Correct the volume; it is kept as a rounded number."
        case .missingDays, .missingPeriods, .missingBars:
            "Get the missing bars, or begin after the gap; nothing was filled in."
        case .recurringGaps: "Nothing, if the market closes that long."
        case .absentDays: "Get the missing bars, or leave the symbol out; nothing was filled in."
        case .weekend: "Remove these bars, or correct their dates."
        case .futureDate: "Correct the dates."
        case .commonRange: "Backtest them together on the common range only."
        }
    }
}
