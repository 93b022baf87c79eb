/// Lines of a file, counted all and remembered the first: a million of them cost no more than ten.
struct Places {
    private(set) var count = 0
    private(set) var first: [Int] = []

    init(_ lines: Int...) {
        add(lines)
    }

    var isEmpty: Bool { count == 0 }

    mutating func add(_ line: Int) {
        count += 1
        if first.count < 10 { first.append(line) }
    }

    mutating func add(_ lines: [Int]) {
        for line in lines { add(line) }
    }

    /// All places of two collections, the earliest remembered.
    func joined(with other: Places) -> Places {
        var all = Places()
        all.count = count + other.count
        all.first = Array((first + other.first).sorted().prefix(10))
        return all
    }

    /// The number of rows in words.
    var rows: String { count == 1 ? "1 row" : "\(count) rows" }
}
