/// Σ aᵢ·bᵢ over the shorter of the two.
func dotProduct(_ first: [Double], _ second: [Double]) -> Double {
    dotProduct(first, second, count: min(first.count, second.count))
}

/// Σ aᵢ·bᵢ over the first `count`, in four sums, as an addition need not wait for the one before.
func dotProduct(_ first: [Double], _ second: [Double], count: Int) -> Double {
    first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
            var sums = SIMD4<Double>()
            let whole = count & ~3
            for index in stride(from: 0, to: whole, by: 4) {
                let left = SIMD4<Double>(first[index], first[index + 1], first[index + 2], first[index + 3])
                let right = SIMD4<Double>(second[index], second[index + 1], second[index + 2], second[index + 3])
                sums += left * right
            }
            for index in whole..<count { sums[0] += first[index] * second[index] }
            return sums.sum()
        }
    }
}

/// A square matrix that equals its transpose, stored in full by rows.
package struct SymmetricMatrix: Equatable, Sendable {
    package let count: Int
    /// Row-major, `count × count`.
    private(set) var values: [Double]

    /// A multiple of the identity.
    package init(count: Int, diagonal: Double) {
        self.count = count
        values = [Double](repeating: 0, count: count * count)
        for index in 0..<count { values[index * count + index] = diagonal }
    }

    /// - Parameter entry: Of a row and a column that is not right of the diagonal.
    package init(count: Int, entry: (Int, Int) -> Double) {
        self.init(count: count, diagonal: 0)
        for row in 0..<count {
            for column in 0...row {
                let value = entry(row, column)
                values[row * count + column] = value
                values[column * count + row] = value
            }
        }
    }

    package subscript(_ row: Int, _ column: Int) -> Double { values[row * count + column] }

    /// The sum of the diagonal.
    var trace: Double { (0..<count).reduce(0) { $0 + self[$1, $1] } }

    /// Adds v·vᵀ.
    mutating func addSquare(of vector: [Double]) {
        for row in 0..<count {
            let factor = vector[row]
            let start = row * count
            for column in 0..<count { values[start + column] += factor * vector[column] }
        }
    }

    /// The rows and columns with the given indices.
    func restricted(to indices: [Int]) -> SymmetricMatrix {
        SymmetricMatrix(count: indices.count) { self[indices[$0], indices[$1]] }
    }

    /// The product with a vector; zeros in the vector cost nothing.
    package func times(_ vector: [Double]) -> [Double] {
        var product = [Double](repeating: 0, count: count)
        for row in 0..<count where vector[row] != 0 {
            let factor = vector[row]
            let start = row * count
            for column in 0..<count { product[column] += factor * values[start + column] }
        }
        return product
    }
}

/// The lower triangular L with L·Lᵀ = A for a positive definite A that grows and shrinks by a row and column at a time.
package struct CholeskyFactor {
    /// Row *i* has its *i* + 1 entries up to the diagonal.
    private var rows: [[Double]] = []

    package init() {}

    /// - Complexity: O(count³).
    package init(_ matrix: SymmetricMatrix) {
        for row in 0..<matrix.count { append((0...row).map { matrix[row, $0] }) }
    }

    /// Adds a row and column at the end of A.
    ///
    /// A pivot that rounding has made worthless is lifted to 10⁻¹⁴ of the diagonal entry, as if the new row had a little
    /// more variance of its own.
    /// - Parameter entries: Those of A left of the diagonal, and the one on it.
    /// - Complexity: O(count²).
    package mutating func append(_ entries: [Double]) {
        var row = entries
        let last = rows.count
        for column in 0..<last {
            let other = rows[column]
            row[column] = (row[column] - dotProduct(row, other, count: column)) / other[column]
        }
        let pivot = entries[last] - dotProduct(row, row, count: last)
        row[last] = max(pivot, 1e-14 * entries[last]).squareRoot()
        rows.append(row)
    }

    /// Removes a row and column of A.
    ///
    /// Without its row, L has one entry too many right of the diagonal in each row below. Plane rotations of neighbouring
    /// columns, which leave L·Lᵀ as it is, turn them to zero (Golub and Van Loan, *Matrix computations*, section 6.5.4).
    /// - Complexity: O(count²).
    package mutating func remove(at position: Int) {
        rows.remove(at: position)
        for column in position..<rows.count {
            let diagonal = rows[column][column]
            let excess = rows[column][column + 1]
            let length = (diagonal * diagonal + excess * excess).squareRoot()
            for row in column..<rows.count {
                let left = rows[row][column]
                let right = rows[row][column + 1]
                rows[row][column] = (diagonal * left + excess * right) / length
                rows[row][column + 1] = (diagonal * right - excess * left) / length
            }
            rows[column].removeLast()
        }
    }

    /// The z with A·z = b.
    /// - Complexity: O(count²).
    package func solve(_ vector: [Double]) -> [Double] {
        var solution = vector
        for index in rows.indices {
            let row = rows[index]
            solution[index] = (solution[index] - dotProduct(row, solution, count: index)) / row[index]
        }
        for index in rows.indices.reversed() {
            let row = rows[index]
            let value = solution[index] / row[index]
            solution[index] = value
            for column in 0..<index { solution[column] -= row[column] * value }
        }
        return solution
    }
}
