import Environments
import RandomNumbers
import Testing

@Test func theDiceGameIsAsWrittenDown() {
    let model = FiniteModel(DiceGame())
    #expect(model.states == ["in"] && model.pairActions == [DiceGame.quit, DiceGame.throwing])
    #expect(model.pairs(of: 0) == 0..<2 && model.start == 0 && model.discount == 1)
    #expect(Array(model.outcomes(of: 0)) == [FiniteOutcome(probability: 1, reward: 5, next: nil)])
    // Quitting ends the game at once, a throw with one third.
    #expect(model.contraction == 2.0 / 3)
    // A third of all numbers ends the game.
    #expect(model.outcome(of: 1, at: 0).next == 0 && model.outcome(of: 1, at: 0.6666).next == 0)
    #expect(model.outcome(of: 1, at: 0.6667).next == nil && model.outcome(of: 1, at: 0.999_999).next == nil)
}

@Test func theGridIsAsDrawn() {
    let model = FiniteModel(GridWorld())
    // Corners have two neighbours, edges three, the middle four; in the treasure's corner there is one thing to do.
    let valid = (0..<9).map { state in model.pairs(of: state).map { model.pairActions[$0] } }
    #expect(valid == [[1, 2], [1, 2, 3], [4], [0, 1, 2], [0, 1, 2, 3], [0, 2, 3], [0, 1], [0, 1, 3], [0, 3]])
    func next(_ state: Int) -> [Int?] { model.pairs(of: state).flatMap { model.outcomes(of: $0).map(\.next) } }
    #expect(next(4) == [1, 5, 7, 3] && next(0) == [1, 3] && next(8) == [5, 7] && next(2) == Array(0..<9))
    let rewards = (0..<9).map { state in Set(model.pairs(of: state).flatMap { model.outcomes(of: $0).map(\.reward) }) }
    #expect(rewards == [[0], [0], [10], [0], [-3], [-1], [0], [0], [0]])
    #expect(model.contraction == 0.9)
}

@Test func outcomesComeAsOftenAsTheyShould() {
    let model = FiniteModel(GridWorld())
    let pair = model.pairs(of: GridWorld.treasure).lowerBound
    var stream = RandomKey(seed: 1).stream("world")
    var counts = [Int](repeating: 0, count: 9)
    for _ in 0..<90_000 {
        if let next = model.outcome(of: pair, at: stream.uniform()).next { counts[next] += 1 }
    }
    // Binomial counts with mean 10,000 have deviation 94; five of them are 471.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 471 }, "\(counts)")
}

@Test func theBestActionsAreThoseOfTheLargestValue() {
    let model = FiniteModel(GridWorld())
    var values = [Double](repeating: 0, count: model.pairActions.count)
    values[model.pairs(of: 4).lowerBound + 1] = 2
    values[model.pairs(of: 4).lowerBound + 3] = 1.5
    #expect(model.bestActions(in: 4, of: values) == [1])
    #expect(model.bestActions(in: 4, of: values, tolerance: 0.5) == [1, 3])
    #expect(model.bestActions(in: 0, of: values) == [1, 2])
    #expect(model.stateValues(of: values) == [0, 0, 0, 0, 2, 0, 0, 0, 0])
}
