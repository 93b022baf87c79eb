/// Numbers of which one is drawn in proportion: a binary tree whose leaves are the numbers and whose every node is the sum
/// of its two children (Schaul et al., arXiv 1511.05952, section 3.3 and appendix B.2.1).
///
/// Setting a number and finding one are O(log *capacity*). Sums are made anew from the children at each change, so errors
/// of rounding do not pile up.
package struct SumTree: Equatable, Sendable {
    /// Leaves: a power of two.
    private let leaves: Int
    /// Node 1 is the root, the children of node *i* are 2*i* and 2*i* + 1.
    var nodes: [Double]

    /// All numbers are 0 at first.
    package init(capacity: Int) {
        precondition(capacity > 0, "a sum tree holds something")
        var leaves = 1
        while leaves < capacity { leaves *= 2 }
        self.leaves = leaves
        nodes = [Double](repeating: 0, count: 2 * leaves)
    }

    /// Sum of all numbers.
    package var total: Double { nodes[1] }

    package subscript(index: Int) -> Double {
        get { nodes[leaves + index] }
        set {
            precondition(newValue >= 0 && newValue.isFinite, "a share of a sum is \(newValue)")
            var node = leaves + index
            nodes[node] = newValue
            while node > 1 {
                node /= 2
                nodes[node] = nodes[2 * node] + nodes[2 * node + 1]
            }
        }
    }

    /// The number within which `value` falls when all are laid end to end, first one first.
    /// - Precondition: a number is positive, and `value` lies in `0..<total`.
    package func index(of value: Double) -> Int {
        var rest = value
        var node = 1
        while node < leaves {
            let left = 2 * node
            // By rounding the rest may exceed what is left: then an empty branch must not be entered.
            if rest < nodes[left] || nodes[left + 1] == 0 {
                node = left
            } else {
                rest -= nodes[left]
                node = left + 1
            }
        }
        return node - leaves
    }
}
