import Configuration
import RandomNumbers
import Testing

/// Guesses at misspelled names.
@Suite struct NearestTests {
    @Test(arguments: [
        ("AAPl", "AAPL"), ("APPL", "AAPL"), ("MSTF", "MSFT"), ("SPX", "SPY"), ("gated_dqn", "gated-dqn"),
        ("GatedDQN", "gated-dqn"), ("stop_loss", "stopLoss"), ("stoploos", "stopLoss"), ("S", nil), ("TSLA", nil),
        ("", nil),
        ("-", nil),
    ])
    func names(word: String, expected: String?) {
        #expect(nearest(word, among: ["AAPL", "MSFT", "SPY", "gated-dqn", "stopLoss"]) == expected)
    }

    @Test func theFirstOfEquallyNear() {
        #expect(nearest("cat", among: ["car", "bat"]) == "car")
        #expect(nearest("cat", among: ["car", "cat"]) == "cat")
        #expect(nearest("cat", among: []) == nil)
    }

    /// Against the recursive definition, over every pair of short words of two letters and random longer ones.
    @Test func againstTheDefinition() {
        func slips(_ a: ArraySlice<Character>, _ b: ArraySlice<Character>) -> Int {
            guard let last = a.last, let other = b.last else { return max(a.count, b.count) }
            let (shorterA, shorterB) = (a.dropLast(), b.dropLast())
            var least = min(
                slips(shorterA, b) + 1, slips(a, shorterB) + 1, slips(shorterA, shorterB) + (last == other ? 0 : 1))
            if shorterA.last == other, shorterB.last == last {
                least = min(least, slips(shorterA.dropLast(), shorterB.dropLast()) + 1)
            }
            return least
        }
        for seed in 0..<300 {
            var random = RandomStream(RandomKey(seed: UInt64(seed)))
            func word() -> String {
                String(
                    (0..<Int.random(in: 1...6, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" })
            }
            let typed = word()
            let names = (0..<5).map { _ in word() }
            var expected: (name: String, slips: Int)?
            for name in names {
                let distance = slips(Array(typed)[...], Array(name)[...])
                let allowed = max(1, min(typed.count, name.count) / 3)
                if distance <= allowed, distance < expected?.slips ?? .max { expected = (name, distance) }
            }
            #expect(nearest(typed, among: names) == expected?.name, "seed \(seed): \(typed) among \(names)")
        }
    }
}
