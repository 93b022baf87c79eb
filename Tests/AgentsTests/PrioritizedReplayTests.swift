import Agents
import RandomNumbers
import Testing

@Test func aSumTreeFindsWhatAWalkFinds() {
    var stream = RandomKey(seed: 1).stream("sum tree")
    for capacity in [1, 2, 3, 7, 8, 100] {
        var tree = SumTree(capacity: capacity)
        var numbers = [Double](repeating: 0, count: capacity)
        for _ in 0..<300 {
            let index = stream.index(below: capacity)
            // Some numbers are zero, and must never be found.
            numbers[index] = stream.uniform() < 0.3 ? 0 : stream.uniform() * 10
            tree[index] = numbers[index]
            let total = numbers.reduce(0, +)
            #expect(abs(tree.total - total) <= 1e-12 * max(1, total))
            guard tree.total > 0 else { continue }
            let value = stream.uniform() * tree.total
            var walked = 0
            var sum = numbers[0]
            while value >= sum, walked + 1 < capacity {
                walked += 1
                sum += numbers[walked]
            }
            let found = tree.index(of: value)
            // A value within rounding of a border may fall on its other side.
            #expect(found == walked || abs(value - sum) < 1e-9 || abs(value - (sum - numbers[walked])) < 1e-9)
            #expect(numbers[found] > 0)
        }
    }
}

@Test func experiencesAreDrawnInProportionToTheirErrors() {
    var replay = ReplayBuffer<Int>(capacity: 4, priorityExponent: 0.5)
    for moment in 0..<4 { replay.append(.init(moment: moment, action: 0, endsEpisode: false)) }
    // Priorities √(|error| + 0.001): 1, 2, 3 and nearly 0 (√0.001 = 0.0316).
    for (place, error) in [0.999, 3.999, 8.999, 0].enumerated() { replay.setError(error, at: place) }
    let priorities = [1, 2, 3, 0.001.squareRoot()]
    let total = priorities.reduce(0, +)
    var stream = RandomKey(seed: 2).stream("replay")
    var counts = [Int](repeating: 0, count: 4)
    let draws = 100_000
    for index in 0..<draws {
        let draw = replay.draw(part: index % 8, of: 8, correction: 0.5, using: &stream)
        counts[draw.place] += 1
        // (N · P)^−β with N = 4, β = ½.
        let weight = 1 / (4 * priorities[draw.place] / total).squareRoot()
        #expect(abs(draw.weight - weight) < 1e-12)
    }
    for (count, priority) in zip(counts, priorities) {
        let share = priority / total
        // Stratified draws vary less than binomial ones, so five binomial deviations are generous and still a fifth of a
        // percent of the draws.
        #expect(abs(Double(count) - share * Double(draws)) < 5 * (Double(draws) * share * (1 - share)).squareRoot())
    }
}

@Test func whatIsNewHasTheHighestPrioritySoFar() {
    var replay = ReplayBuffer<Int>(capacity: 2, priorityExponent: 1)
    replay.append(.init(moment: 0, action: 0, endsEpisode: false))
    replay.setError(8.999, at: 0)  // Priority 9.
    replay.append(.init(moment: 1, action: 0, endsEpisode: false))
    // Both 9: each has probability ½, so weights are 1.
    var stream = RandomKey(seed: 3).stream("replay")
    let draw = replay.draw(part: 0, of: 1, correction: 1, using: &stream)
    #expect(draw.weight == 1)
    // The oldest is overwritten, and its small priority with it.
    replay.setError(0, at: 0)
    replay.append(.init(moment: 2, action: 0, endsEpisode: false))
    #expect(replay[0].moment == 2)
    #expect(replay.draw(part: 0, of: 1, correction: 1, using: &stream).weight == 1)
}
