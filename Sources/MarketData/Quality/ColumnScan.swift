/// One pass over what each row says by itself: whether its prices are in order, and whether its volume can be.
struct ColumnScan {
    private let count: Int
    /// Rows with high below low.
    private var inverted = QualityPlaces()
    /// Rows with open or close outside low and high.
    private var outside = QualityPlaces()
    private var firstOutside: PriceRow?
    /// Rows whose close is outside low and high.
    private var closesOutside = 0
    /// Those of them whose volume lies between low and high, where a close should.
    private var volumesInside = QualityPlaces()
    private var volumes = 0
    private var zeroVolumes = QualityPlaces()
    private var largeVolumes = QualityPlaces()
    private var firstLargeVolume = 0.0

    /// Prices printed in single precision carry an error of 6e-8 each.
    private static let tolerance = 1e-6

    init(_ rows: UnsafeBufferPointer<PriceRow>) {
        count = rows.count
        // Comparisons with an unknown number, which is NaN, are false: what is unknown is never odd.
        for row in rows {
            let ceiling = row.high + ColumnScan.tolerance * abs(row.high)
            let floor = row.low - ColumnScan.tolerance * abs(row.low)
            if row.low > row.high {
                inverted.add(row)
            } else if row.close > ceiling || row.close < floor || row.open > ceiling || row.open < floor {
                noteOutside(row, ceiling: ceiling, floor: floor)
            }
            if !row.volume.isNaN {
                volumes += 1
                if row.volume == 0 { zeroVolumes.add(row) }
                if row.volume >= 0x1p63 { noteLargeVolume(row) }
            }
        }
    }

    private mutating func noteOutside(_ row: PriceRow, ceiling: Double, floor: Double) {
        outside.add(row)
        if firstOutside == nil { firstOutside = row }
        if row.close > ceiling || row.close < floor {
            closesOutside += 1
            if row.volume >= floor && row.volume <= ceiling { volumesInside.add(row) }
        }
    }

    private mutating func noteLargeVolume(_ row: PriceRow) {
        if largeVolumes.isEmpty { firstLargeVolume = row.volume }
        largeVolumes.add(row)
    }

    /// Two columns that seem to bear each other's name: half the rows, and at least five rows, must say so.
    var swappedColumns: QualityObservation? {
        guard count >= 5 else { return nil }
        if inverted.count * 2 >= count { return QualityObservation(issue: .highLowSwapped, places: inverted) }
        if closesOutside * 2 >= count, volumesInside.count * 2 >= count {
            return QualityObservation(issue: .closeVolumeSwapped, places: volumesInside)
        }
        return nil
    }

    var observations: [QualityObservation] {
        var observations: [QualityObservation] = []
        if let row = firstOutside {
            let isMixed = count >= 50 && outside.count * 50 > count
            let isClose = !(row.close >= row.low && row.close <= row.high)
            let (name, price) = isClose ? ("close", row.close) : ("open", row.open)
            observations.append(
                QualityObservation(
                    issue: isMixed ? .adjustedMixedWithRaw : .orderOfPrices, places: outside,
                    example: "\(row.time), \(name) \(price.plainText), low \(row.low.plainText), "
                        + "high \(row.high.plainText)"))
        }
        if zeroVolumes.count == volumes, volumes > 1 {
            observations.append(QualityObservation(issue: .zeroVolumeThroughout, places: zeroVolumes))
        } else if let time = zeroVolumes.times.first {
            observations.append(QualityObservation(issue: .zeroVolume, places: zeroVolumes, example: "\(time)"))
        }
        if let time = largeVolumes.times.first {
            observations.append(
                QualityObservation(
                    issue: .largeVolume, places: largeVolumes, example: "\(time), \(firstLargeVolume)"))
        }
        return observations
    }
}

extension Double {
    /// Rounded to some decimals, for sentences.
    func plainText(decimals: Int) -> String {
        let unit = decimals == 0 ? 1.0 : decimals == 1 ? 10.0 : 100.0
        return ((self * unit).rounded() / unit).plainText
    }
}
