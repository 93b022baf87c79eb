/// The symbols of a file, numbered in the order in which they come.
///
/// Rows of a file follow each other by symbol or by date, so the symbol of a row is nearly always the one that followed the last
/// row's symbol before: it is compared first, and the dictionary is rarely asked.
struct SymbolTable {
    private(set) var names: [String] = []
    private var bytes: [[UInt8]] = []
    private var numbers: [[UInt8]: Int] = [:]
    /// The same without capitals.
    private var folded: [String: Int] = [:]
    /// The symbol that came after each, the last time.
    private var successors: [Int] = []
    private var last = 0
    /// Where a symbol is first written in other letters than before.
    private(set) var otherSpellings = Places()
    private(set) var otherSpelling: (written: String, taken: String)?

    /// The number of a symbol that is known.
    mutating func number(of cell: Cell) -> Int? {
        if !successors.isEmpty {
            let guess = successors[last]
            if isEqual(cell, guess) {
                last = guess
                return guess
            }
        }
        guard let number = numbers[Array(cell)] else { return nil }
        successors[last] = number
        last = number
        return number
    }

    /// Numbers a symbol that is not known. One that differs from a known one only in capitals is taken for the same.
    mutating func add(_ cell: Cell, line: Int) -> Int {
        let written = Array(cell)
        let name = String(decoding: cell, as: UTF8.self)
        let key = name.lowercased()
        let number: Int
        if let known = folded[key] {
            number = known
            otherSpellings.add(line)
            otherSpelling = otherSpelling ?? (name, names[known])
        } else {
            number = names.count
            names.append(name)
            bytes.append(written)
            successors.append(number)
            folded[key] = number
        }
        numbers[written] = number
        successors[last] = number
        last = number
        return number
    }

    /// Adds a symbol that no row names.
    mutating func add(_ name: String) {
        numbers[Array(name.utf8)] = names.count
        names.append(name)
        bytes.append(Array(name.utf8))
        successors.append(names.count - 1)
    }

    private func isEqual(_ cell: Cell, _ number: Int) -> Bool {
        let known = bytes[number]
        guard known.count == cell.count else { return false }
        for index in known.indices where known[index] != cell[index] { return false }
        return true
    }
}
