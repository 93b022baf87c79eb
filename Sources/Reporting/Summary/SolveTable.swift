import Experiments
import MarketData

/// The scores of all seeds with their mean and interval, and the known answers, for a terminal.
package func solveTable(_ result: SolveResult) -> String {
    let isLearned = result.seeds.contains { $0.chosenUpdate != nil }
    var table = TextTable(
        ["seed", "score", "chosen update", "updates", "steps", "updates/s", "seconds"], numbers: Set(0...6))
    for seed in result.seeds {
        table.add([
            "\(seed.seed)", scoreText(seed.score), seed.chosenUpdate.map(TextTable.grouped) ?? "—",
            TextTable.grouped(seed.updates), TextTable.grouped(seed.steps),
            TextTable.grouped(Int(seed.updatesPerSecond)), NumberText.decimal(seed.seconds, decimals: 1),
        ])
    }
    var lines = [
        "\(result.agent) in \(result.world). \(result.summary)", "Scores: \(result.episodes).", "", "\(table)", "",
    ]
    if let lower = result.scores.lower, let upper = result.scores.upper {
        lines.append(
            "mean \(scoreText(result.scores.mean))  (95 % interval of the mean over seeds: \(scoreText(lower)) to "
                + "\(scoreText(upper)))")
    }
    lines += result.answers.map { "\($0.name): \(scoreText($0.score))" }
    if isLearned { lines.append("Kernels: \(result.linearAlgebra).") }
    return lines.joined(separator: "\n")
}

/// Enough digits to tell scores apart, whatever their size.
private func scoreText(_ score: Double) -> String {
    abs(score) >= 100 ? NumberText.decimal(score, decimals: 1) : NumberText.decimal(score, decimals: 4)
}
