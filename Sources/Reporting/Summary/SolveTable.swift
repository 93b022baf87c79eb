import Experiments
import MarketData

/// The scores of all seeds with their mean and interval, and the known answers, for a terminal.
package func solveTable(_ result: SolveResult) -> String {
    // A tabular agent takes a step for each update or none, and keeps its last values.
    let columns = result.isTabular ? [0, 1, 3, 5, 6] : Array(0...6)
    let titles = ["seed", "score", "chosen update", "updates", "steps", "updates/s", "seconds"]
    var table = TextTable(columns.map { titles[$0] }, numbers: Set(columns.indices))
    let numbers =
        result.seeds.map(\.score) + result.answers.map(\.score)
        + [result.scores.mean, result.scores.lower, result.scores.upper].compactMap(\.self)
    // Enough digits to tell scores apart, the same number for all.
    let decimals = numbers.contains { abs($0) >= 100 } ? 1 : 4
    func text(_ score: Double) -> String { NumberText.decimal(score, decimals: decimals) }
    for seed in result.seeds {
        let cells = [
            "\(seed.seed)", text(seed.score), seed.chosenUpdate.map(TextTable.grouped) ?? "",
            TextTable.grouped(seed.updates), TextTable.grouped(seed.steps),
            TextTable.grouped(Int(seed.updatesPerSecond)), NumberText.decimal(seed.seconds, decimals: 1),
        ]
        table.add(columns.map { cells[$0] })
    }
    var lines = [
        "\(result.agent) in \(result.world). \(result.summary)", "Scores: \(result.episodes).", "", "\(table)", "",
    ]
    if let lower = result.scores.lower, let upper = result.scores.upper {
        lines.append(
            "mean \(text(result.scores.mean))  (95 % interval of the mean over seeds: \(text(lower)) to \(text(upper)))"
        )
    }
    lines += result.answers.map { "\($0.name): \(text($0.score))" }
    if !result.isTabular { lines.append("Kernels: \(result.linearAlgebra).") }
    return lines.joined(separator: "\n")
}
