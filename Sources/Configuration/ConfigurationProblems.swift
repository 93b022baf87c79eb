/// Everything that is wrong with a configuration, in the order of the file, then of the overrides.
package struct ConfigurationProblems: Error, CustomStringConvertible {
    struct Problem: Hashable, Sendable {
        var place: Place
        /// What is wrong and what to do, on one line.
        var text: String
    }

    /// The file as the user named it.
    let name: String
    /// Whether the user can look at the file: then messages say where in it.
    let isAtHand: Bool
    let problems: [Problem]
    /// What the user typed for a key, where it was not `--set key=…`: `["seeds.count": "--seeds"]`.
    package var options: [String: String] = [:]
    /// How many of the overrides, the first ones, came from such options.
    package var optionCount = 0

    init(name: String, isAtHand: Bool, _ problems: [Problem]) {
        var seen = Set<Problem>()
        self.name = name
        self.isAtHand = isAtHand
        self.problems = problems.filter { seen.insert($0).inserted }.sorted {
            ($0.place, $0.text) < ($1.place, $1.text)
        }
    }

    /// One message a line, such as `Strategies/mine.yaml:12:13: error: agent.discount is 1.7, not in 0...1; …`.
    package var messages: [String] {
        problems.map { problem in
            switch problem.place {
            case .file(let line, let column):
                "\(name)\(isAtHand ? ":\(line):\(column)" : ""): error: \(problem.text)"
            case .override(let index, let path):
                "\((index < optionCount ? options[path] : nil) ?? "--set \(path)"): error: \(problem.text)"
            }
        }
    }

    package var description: String { messages.joined(separator: "\n") }
}
