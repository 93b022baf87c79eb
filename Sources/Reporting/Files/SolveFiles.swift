import Experiments
import Foundation

/// What `trader solve` writes: the learning curves of all seeds as a table and as a picture, and the configuration.
package enum SolveFiles {
    /// - Parameter folder: Made where it is missing; files of these names are replaced, each as a whole.
    /// - Returns: Paths of the curves.
    /// - Throws: `RunFolderError`.
    package static func write(_ result: SolveResult, to folder: String) throws -> [String] {
        let curves = LearningCurves(
            world: result.world, agent: result.agent,
            seeds: result.seeds.map { seed in
                LearningCurves.Seed(seed: seed.seed, points: seed.curve.map(TrainingPoint.init))
            }, known: result.answers.map { LearningCurves.KnownScore($0.name, $0.score) })
        let place = URL(fileURLWithPath: folder).standardizedFileURL.path
        try DurableFiles.makeFolders(place)
        var files = [("agent.yaml", Data(result.configuration.utf8)), ("curves.csv", Evidence.curvesCSV([curves]))]
        if let picture = SeedCurvesChart(curves).draw() { files.append(("curves.svg", picture)) }
        for (name, contents) in files {
            let partial = "\(place)/.\(name).partial-\(getpid())"
            unlink(partial)
            try DurableFiles.write(contents, to: partial)
            try DurableFiles.move(partial, to: "\(place)/\(name)")
        }
        return files.dropFirst().map { "\(folder)/\($0.0)" }
    }

    /// The result for programs, with where its files are.
    package static func json(_ result: SolveResult, files: [String]) throws -> Data {
        struct Document: Encodable {
            let result: SolveResult
            let files: [String]

            func encode(to encoder: any Encoder) throws {
                try result.encode(to: encoder)
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(files, forKey: .files)
            }

            enum Key: CodingKey { case files }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(Document(result: result, files: files))
    }
}
