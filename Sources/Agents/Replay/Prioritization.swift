import Foundation
import RandomNumbers

/// Draws experiences in proportion to how wrong their values were: proportional prioritisation of Schaul et al.,
/// “Prioritized experience replay” (arXiv 1511.05952, section 3.3, equation 1).
///
///     P(i) = pᵢ^α / Σₖ pₖ^α          pᵢ = |error of i| + ε
///
/// What has not been learned from yet has the highest priority so far, so that everything is seen once.
struct Prioritization: Sendable {
    /// α, how much errors count: 0 draws uniformly.
    private let exponent: Double
    private var tree: SumTree
    private var highest = 1.0
    /// ε, so that what was right once is not lost for ever.
    private static let floor = 1e-3

    init(capacity: Int, exponent: Double) {
        self.exponent = exponent
        tree = SumTree(capacity: capacity)
    }

    mutating func insert(at place: Int) { tree[place] = highest }

    mutating func setError(_ error: Double, at place: Int) {
        let priority = pow(error + Self.floor, exponent)
        highest = max(highest, priority)
        tree[place] = priority
    }

    /// A place, and the probability with which a draw from the whole gives it.
    func draw(part: Int, of parts: Int, using stream: inout RandomStream) -> (place: Int, probability: Double) {
        let place = tree.index(of: (Double(part) + stream.uniform()) / Double(parts) * tree.total)
        return (place, tree[place] / tree.total)
    }
}

extension Prioritization {
    struct State: Codable, Sendable {
        var tree: Data
        var highest: Double
    }

    var state: State { State(tree: Data(bitsOf: tree.nodes), highest: highest) }

    mutating func restore(_ state: State) throws {
        let nodes = try state.tree.elements(of: Double.self)
        guard nodes.count == tree.nodes.count else {
            throw TrainingStateError("the priorities are not of this configuration")
        }
        tree.nodes = nodes
        highest = state.highest
    }
}
