import Experiments
import Foundation

/// The bars, trades and learning steps behind a report, for whoever wants to check it.
package enum Evidence {
    /// Equity at each out-of-sample close: `time,name,symbol,seed,equity`, seed empty where there is none.
    package static func equityCSV(_ result: RunResult) -> Data {
        var text = "time,name,symbol,seed,equity\n"
        for entry in result.entries {
            let owner = owner(of: entry)
            for (time, equity) in zip(entry.times, entry.equity) { text += "\(time),\(owner),\(field(equity))\n" }
        }
        return Data(text.utf8)
    }

    /// One line for each trade, in the order of entries, then time.
    package static func tradesCSV(_ result: RunResult) -> Data {
        var text = "name,symbol,seed,entryTime,exitTime,shares,entryPrice,exitPrice,exit,costs,profit,return\n"
        for entry in result.entries {
            let owner = owner(of: entry)
            for trade in entry.trades {
                let numbers = [trade.costs, trade.profit, trade.return].map(field).joined(separator: ",")
                text += "\(owner),\(trade.entryTime),\(trade.exitTime),\(field(trade.shares)),"
                text += "\(field(trade.entryPrice)),\(field(trade.exitPrice)),\(trade.exit.rawValue),\(numbers)\n"
            }
        }
        return Data(text.utf8)
    }

    /// Weights at each out-of-sample close, `time,name,seed,cash,` and a column for each symbol; nil without a portfolio.
    package static func weightsCSV(_ result: RunResult) -> Data? {
        guard let symbols = result.entries.compactMap(\.allocation).first?.symbols else { return nil }
        var text = "time,name,seed,cash,\(symbols.map(quoted).joined(separator: ","))\n"
        for entry in result.entries {
            guard let allocation = entry.allocation else { continue }
            let owner = "\(quoted(entry.name)),\(entry.seed.map(String.init) ?? "")"
            for (time, weights) in zip(entry.times, allocation.weights) {
                text += "\(time),\(owner),\(weights.map(field).joined(separator: ","))\n"
            }
        }
        return Data(text.utf8)
    }

    /// Learning curves, one JSON object a line; nil where nothing learned.
    package static func progressLines(_ result: RunResult) -> Data? {
        let text = result.entries.flatMap(\.learningCurves).map(\.progressLines).joined()
        return text.isEmpty ? nil : Data(text.utf8)
    }

    /// Points of learning curves, in the order of worlds, seeds, updates; a number that does not exist is empty.
    package static func curvesCSV(_ curves: [LearningCurves]) -> Data {
        var text = "world,agent,seed,update,steps,score,loss,meanMaxQ,gradientNorm,exploration,learningRate\n"
        for curve in curves {
            for seed in curve.seeds {
                let owner = [curve.world, curve.agent, String(seed.seed)].map(quoted).joined(separator: ",")
                for point in seed.points {
                    let numbers = [
                        point.score, point.loss, point.meanMaxQ, point.gradientNorm, point.exploration,
                        point.learningRate,
                    ].map { $0.map(field) ?? "" }
                    text += "\(owner),\(point.update),\(point.steps),\(numbers.joined(separator: ","))\n"
                }
            }
        }
        return Data(text.utf8)
    }

    private static func owner(of entry: ResultEntry) -> String {
        [entry.name, entry.symbol ?? "", entry.seed.map(String.init) ?? ""].map(quoted).joined(separator: ",")
    }

    /// Empty where there is no number.
    private static func field(_ value: Double) -> String { value.isFinite ? shortestText(value) : "" }

    /// RFC 4180.
    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
