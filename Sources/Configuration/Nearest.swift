/// The likeliest meaning of a misspelled name: the candidate that the fewest typing slips lead to.
///
/// Case, hyphens, underscores and spaces do not count. A slip is a letter too many, missing, wrong, or swapped with its
/// neighbour (optimal string alignment distance); up to a third of the letters, and at least one, may be slips.
///
/// - Returns: The first of the nearest candidates, or nil where none is near.
/// - Complexity: O(*word* × letters of all candidates).
package func nearest(_ word: String, among candidates: [String]) -> String? {
    func letters(_ text: String) -> [Character] { text.lowercased().filter { !"-_ ".contains($0) } }
    let typed = letters(word)
    var best: (name: String, slips: Int)?
    for candidate in candidates {
        let meant = letters(candidate)
        let allowed = max(1, min(typed.count, meant.count) / 3)
        guard !typed.isEmpty, abs(typed.count - meant.count) <= allowed else { continue }
        let slips = typingSlips(typed, meant)
        if slips <= allowed, slips < best?.slips ?? .max { best = (candidate, slips) }
    }
    return best?.name
}

/// Optimal string alignment distance: d[i][j] is the distance of the first i letters of `a` to the first j of `b`.
func typingSlips(_ a: [Character], _ b: [Character]) -> Int {
    var twoAbove: [Int] = []
    var above = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var slips = min(above[j + 1] + 1, row[j] + 1, above[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { slips = min(slips, twoAbove[j - 1] + 1) }
            row.append(slips)
        }
        (twoAbove, above) = (above, row)
    }
    return above[b.count]
}
