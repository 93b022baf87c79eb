/// Brings the steps of a file's adjusted closes together with those that a store has of the same symbol.
///
/// What counts is the factor of a bar: the product of all later steps. Vendors give it relative to the day of the download, so
/// files of different days disagree by what happened in between. Three spans are told apart.
///
/// - **Bars of the file** get the file's factors; the stored steps inside its span go. Where the file overlaps stored bars and
///   others come after it, the stored steps after its end say how its last bar stands to those, and nothing is added: the
///   file's factors are then right up to one common factor. Where nothing overlaps, that has to be concluded:
///   - If the file's last factor is not 1, it knows of something after its end. A step there, its last factor / the product of
///     the later stored steps, keeps the file's factors as they are.
///   - If the last factor is 1, the file was downloaded before anything of that happened. The later steps then apply to its
///     bars too: undoing them at its end would put a jump into the adjusted prices that no share ever made. Only where the file
///     fills a hole in the store, a step at the first bar after the hole says of no event when in the hole it was, and is taken
///     to be before the file.
/// - **Bars after the file** keep their factors.
/// - **Bars before the file** that the file overlaps with what was stored, keep their ratio to the file's first bar, so that a
///   newer download of the last years updates the older ones too: the steps up to the first bar stay. Where nothing overlaps
///   there is no such ratio. Bars with a factor other than 1 then keep their factor by a step at the file's first bar (parts of
///   one download fit, in whatever order they come); a factor of 1 means again that nothing was known of what came later, and
///   the file's factors go on through.
struct AdjustedCloseMerge {
    /// The stored steps of the symbol.
    var stored: [Adjustment]
    /// The steps of the file.
    var steps: [Adjustment]
    /// The times of the first and the last bar of the file.
    var span: ClosedRange<Timestamp>
    /// The last stored bar before the file's first, and the first stored bar at or after it.
    var previous: Timestamp?
    var next: Timestamp?
    /// Whether there are stored bars after the file's last.
    var hasLaterBars: Bool

    /// The steps of the symbol when the file is in.
    func merged() -> [Adjustment] {
        let end = Timestamp(seconds: span.upperBound.seconds &+ 1)
        var before = stored.filter { $0.time <= span.lowerBound }
        let after = stored.filter { $0.time > end }
        let inside = steps.filter { $0.time > span.lowerBound && $0.time <= span.upperBound }
        let last = product(steps.filter { $0.time > span.upperBound })
        let later = product(after)

        let overlaps = next.map { $0 <= span.upperBound } ?? false
        let fillsHole = previous != nil && next != nil && !overlaps
        let hole = fillsHole ? product(after.filter { step in next.map { step.time <= $0 } ?? false }) : 1
        var file = inside
        let factor = overlaps && hasLaterBars ? 1 : last != 1 ? last / later : 1 / hole
        // The same download comes out at 1 up to rounding.
        if abs(factor - 1) > 1e-12 { file.append(step(end, factor)) }
        if let previous, !overlaps {
            let known = product(stored.filter { $0.time > previous })
            if known != 1 {
                before.removeAll { $0.time > previous }
                let factor = known / (product(file) * later)
                if abs(factor - 1) > 1e-12 { before.append(step(span.lowerBound, factor)) }
            }
        }
        return (before + file + after).filter(\.isSound)
    }

    private func product(_ steps: [Adjustment]) -> Double { steps.reduce(1) { $0 * $1.priceFactor } }

    private func step(_ time: Timestamp, _ factor: Double) -> Adjustment {
        Adjustment(time: time, kind: .adjustedClose, priceFactor: factor)
    }
}
