import Agents
import Environments
import RandomNumbers
import Testing
import TraderTestSupport

@Test func theDiceGameIsWorthNine() {
    let solution = ValueIteration.solve(FiniteModel(DiceGame()))
    // V = 3 + ⅔V.
    #expect(abs(solution.values[0] - 9) < 1e-9)
    #expect(solution.pairValues[0] == 5 && abs(solution.pairValues[1] - 9) < 1e-9)
    #expect(solution.errorBound <= 1e-12 && abs(solution.values[0] - 9) <= solution.errorBound + 1e-14)
    // By hand: V = 0, then max(5, 3) = 5, 3 + ⅔·5 = 6⅓, 3 + ⅔·6⅓ = 7 2/9.
    #expect(solution.residuals[0] == 5)
    #expect(abs(solution.residuals[1] - 4.0 / 3) < 1e-15 && abs(solution.residuals[2] - 8.0 / 9) < 1e-15)
}

@Test func theGridIsSolvedAsByTryingAllPolicies() throws {
    let golden = try GoldenFile("agents/grid.json")
    let model = FiniteModel(GridWorld())
    let solution = ValueIteration.solve(model)
    let values = try #require(golden.rows("values").first)
    // Both are right to some 1e-14 of values about 30; the bound says 1e-12.
    #expect(solution.errorBound <= 1e-12)
    for state in 0..<9 { #expect(abs(solution.values[state] - values[state]) < 2e-12, "cell \(state)") }
    let policy = try golden.integers("policy")
    for state in 0..<9 {
        #expect(model.bestActions(in: state, of: solution.pairValues, tolerance: 1e-9) == [policy[state]])
    }
    // What the drawing's text says of the second best.
    #expect(abs(try golden.number("leastGap") - 0.729) < 1e-12)
}

/// A world without order: random outcomes, ends, invalid actions and discount.
private struct RandomWorld: FiniteWorld {
    let states = ["a", "b", "c", "d"]
    let actions = ["x", "y", "z"]
    let discount: Double
    let start = 0
    private var law: [[FiniteOutcome]] = []

    init(seed: Int) {
        var stream = RandomKey(seed: 5).child(seed).stream("law")
        discount = 0.5 + 0.45 * stream.uniform()
        for index in 0..<12 {
            // The first action of each state is always valid.
            if index % 3 != 0, stream.index(below: 3) == 0 {
                law.append([])
                continue
            }
            let weights = (0...stream.index(below: 4)).map { _ in 0.1 + stream.uniform() }
            let sum = weights.reduce(0, +)
            law.append(
                weights.map { weight in
                    FiniteOutcome(
                        probability: weight / sum, reward: 4 * stream.uniform() - 2,
                        next: stream.index(below: 4) == 0 ? nil : stream.index(below: 4))
                })
        }
    }

    func outcomes(of action: Int, in state: Int) -> [FiniteOutcome] { law[3 * state + action] }
}

/// The values of all states under one policy, by Gauss's elimination with pivots of (I − γP)V = r.
private func values(of pairs: [Int], in model: FiniteModel) -> [Double] {
    let count = pairs.count
    var rows = pairs.enumerated().map { state, pair in
        var row = [Double](repeating: 0, count: count + 1)
        row[state] = 1
        for outcome in model.outcomes(of: pair) {
            row[count] += outcome.probability * outcome.reward
            if let next = outcome.next { row[next] -= model.discount * outcome.probability }
        }
        return row
    }
    for column in 0..<count {
        let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
        rows.swapAt(column, pivot)
        for other in 0..<count where other != column {
            let factor = rows[other][column] / rows[column][column]
            for index in column...count { rows[other][index] -= factor * rows[column][index] }
        }
    }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
}

private func policies(_ model: FiniteModel) -> [[Int]] {
    model.states.indices.reduce([[]]) { policies, state in
        policies.flatMap { policy in model.pairs(of: state).map { policy + [$0] } }
    }
}

@Test func valuesAreThoseOfTheBestOfAllPolicies() {
    for seed in 0..<200 {
        let model = FiniteModel(RandomWorld(seed: seed))
        let solved = policies(model).map { values(of: $0, in: model) }
        let best = model.states.indices.map { state in solved.map { $0[state] }.max() ?? 0 }
        for tolerance in [1e-12, 1e-3, 1] {
            var configuration = ValueIterationConfiguration()
            configuration.tolerance = tolerance
            let solution = ValueIteration.solve(model, configuration: configuration)
            // Values are below 2 / (1 − 0.95) = 40; the elimination is right to some 1e-13 of them.
            for state in model.states.indices {
                #expect(abs(solution.values[state] - best[state]) <= solution.errorBound + 1e-11, "seed \(seed)")
            }
            #expect(solution.errorBound <= tolerance)
        }
    }
}

@Test func sweepsEndWhereTheyAreToldTo() {
    var configuration = ValueIterationConfiguration()
    configuration.maximumSweeps = 3
    let solution = ValueIteration.solve(FiniteModel(DiceGame()), configuration: configuration)
    #expect(solution.residuals.count == 3 && abs(solution.values[0] - 65.0 / 9) < 1e-14)
    // ρ = ⅔, so the bound is twice the residual: 16/9 on an error of 16/9. The dice game makes it tight.
    #expect(abs(solution.errorBound - 16.0 / 9) < 1e-14)
}
