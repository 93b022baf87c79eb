/// A line with fewer points that looks the same: in each of `columns` equal strips along x, the first, the lowest, the
/// highest and the last point stay, so no peak and no trough is lost.
///
/// - Parameter points: in ascending order of x.
/// - Returns: At most 4 · `columns` points, in the same order; all of them where they are no more than that.
/// - Complexity: O(*points*).
func thinned(_ points: [Point], columns: Int) -> [Point] {
    guard points.count > 4 * columns, let first = points.first, let last = points.last, last.x > first.x else {
        return points
    }
    var kept: [Point] = []
    var index = 0
    while index < points.count {
        let column = strip(points[index].x)
        var end = index
        var lowest = index
        var highest = index
        while end + 1 < points.count, strip(points[end + 1].x) == column {
            end += 1
            if points[end].y < points[lowest].y { lowest = end }
            if points[end].y > points[highest].y { highest = end }
        }
        for place in Set([index, lowest, highest, end]).sorted() { kept.append(points[place]) }
        index = end + 1
    }
    return kept

    func strip(_ x: Double) -> Int { min(columns - 1, Int((x - first.x) / (last.x - first.x) * Double(columns))) }
}
