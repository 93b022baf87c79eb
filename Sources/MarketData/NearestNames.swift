/// The names that someone who wrote `name` may have meant: at most three, the likeliest first, none that differs in more than
/// half its letters. Case does not count.
package func nearestNames(to name: String, among known: [String]) -> [String] {
    let wanted = Array(name.lowercased())
    return
        known
        .map { (name: $0, distance: editDistance(wanted, Array($0.lowercased()))) }
        .filter { $0.distance <= max(1, min(wanted.count, $0.name.count) / 2) }
        .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        .prefix(3)
        .map(\.name)
}

/// How many insertions, deletions and replacements turn one text into the other (V. I. Levenshtein, 1966).
/// - Complexity: O(*m* · *n*).
func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in right.enumerated() {
            let replaced = diagonal + (letter == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
        }
    }
    return row[right.count]
}
