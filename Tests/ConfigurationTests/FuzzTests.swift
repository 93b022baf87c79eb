import Configuration
import RandomNumbers
import Testing

/// A damaged file is read or refused, never more.
@Suite struct FuzzTests {
    @Test func damagedFiles() {
        var refused = 0
        for seed in 0..<4000 {
            var random = RandomStream(RandomKey(seed: UInt64(seed)))
            let strategy = SampleStrategy.random(using: &random)
            var scalars = Array(ConfigurationFile.encode(strategy).unicodeScalars)
            let damage = Array(":-[]{},#&*!|>'\"%@`\\ \t\n\r\0\u{85}\u{FEFF}?~=<.0e9NaZé👩".unicodeScalars)
            for _ in 0...Int.random(in: 0...8, using: &random) {
                let place = Int.random(in: scalars.indices, using: &random)
                let new = damage[Int.random(in: damage.indices, using: &random)]
                switch Int.random(in: 0...4, using: &random) {
                case 0: scalars[place] = new
                case 1: scalars.insert(new, at: place)
                case 2: scalars.remove(at: place)
                case 3: scalars.removeSubrange(place..<min(place + 40, scalars.count))
                default: scalars.insert(contentsOf: scalars[place..<min(place + 60, scalars.count)], at: place)
                }
                if scalars.isEmpty { scalars = [new] }
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            let (first, second) = (messages(String(text)), messages(String(text)))
            #expect(first == second, "seed \(seed)")
            #expect(first.allSatisfy { $0.hasPrefix("s.yaml:") && !$0.contains("\n") }, "seed \(seed): \(first)")
            refused += first.isEmpty ? 0 : 1
        }
        // The fuzz is worth something only while it reaches both ends.
        #expect((400...3990).contains(refused), "\(refused) of 4000 were refused")
    }

    @Test func deepAndWideFiles() {
        #expect(!messages(String(repeating: "[", count: 100_000)).isEmpty)
        #expect(!messages("name: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)).isEmpty)
        // Ten times ten times … : a small file that would be large with its aliases written out.
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            bomb += "a\(level): &a\(level) [" + (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", ") + "]\n"
        }
        #expect(!messages(bomb).isEmpty)
    }
}
