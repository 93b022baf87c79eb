import Experiments
import Foundation

/// The folder of a `trader solve`: learning curves of all seeds as tables and as a picture, and the configuration.
///
/// While it learns, its log is kept beside it, in `<folder>.unfinished/`. What an earlier run left in the folder stays
/// until this one is done.
package struct SolveFolder: Sendable {
    /// The live log.
    package let log: TrainingLog
    private let folder: String
    private let place: String
    private let lock: FolderLock
    /// Folders that were not there, the outermost first.
    private let made: [String]

    /// - Parameter folder: Made where it is missing.
    /// - Throws: `RunFolderError`, where another process is at it too; `TrainingLogError`.
    package init(_ folder: String) throws {
        self.folder = folder
        place = URL(fileURLWithPath: folder).standardizedFileURL.path
        let unfinished = place + UnfinishedRun.suffix
        try DurableFiles.checkWritable(place)
        try Self.checkReplaceable(place, named: folder)
        guard !DurableFiles.exists("\(unfinished)/run.json") else {
            throw RunFolderError.refused(
                folder: unfinished, reason: "is an interrupted run, but none of 'trader solve'")
        }
        var missing: [String] = []
        var above = place
        while case let parent = (above as NSString).deletingLastPathComponent, !DurableFiles.exists(parent) {
            missing.insert(parent, at: 0)
            above = parent
        }
        made = missing
        try DurableFiles.makeFolders(unfinished)
        guard let lock = try FolderLock(unfinished) else { throw RunFolderError.busy(folder: folder) }
        self.lock = lock
        // Of a run that was killed.
        for name in Self.logged { try? FileManager.default.removeItem(atPath: "\(unfinished)/\(name)") }
        log = try TrainingLog(folder: unfinished)
    }

    /// - Throws: `RunFolderError.refused` where the folder holds anything that no `trader solve` wrote.
    private static func checkReplaceable(_ place: String, named folder: String) throws {
        guard DurableFiles.exists(place) else { return }
        guard DurableFiles.isFolder(place), let names = try? FileManager.default.contentsOfDirectory(atPath: place)
        else { throw RunFolderError.refused(folder: folder, reason: "is not a folder that can be read") }
        let own: Set = ["agent.yaml", "curves.csv", "curves.svg", "progress.jsonl", "tensorboard"]
        if let foreign = names.sorted().first(where: { !own.contains($0) }) {
            throw RunFolderError.refused(folder: folder, reason: "holds '\(foreign)', which no 'trader solve' wrote")
        }
        let header = FileManager.default.contents(atPath: "\(place)/curves.csv")?.prefix(17)
        guard names.isEmpty || header.map({ $0.elementsEqual("world,agent,seed,".utf8) }) == true else {
            throw RunFolderError.refused(
                folder: folder, reason: "holds '\(names.sorted()[0])' but no curves.csv of an earlier 'trader solve'")
        }
    }

    private static let logged = ["progress.jsonl", "tensorboard"]

    /// Writes the files, each as a whole, in the place of earlier ones of their names.
    /// - Returns: Paths of the curves.
    /// - Throws: `RunFolderError`, `TrainingLogError`.
    package func write(_ result: SolveResult) throws -> [String] {
        let curves = LearningCurves(
            world: result.world, agent: result.agent,
            seeds: result.seeds.map { LearningCurves.Seed(seed: $0.seed, points: $0.curve) },
            known: result.answers.map { LearningCurves.KnownScore($0.name, $0.score) })
        let files: [(name: String, contents: Data?)] = [
            ("agent.yaml", Data(result.configuration.utf8)), ("curves.csv", Evidence.curvesCSV([curves])),
            ("curves.svg", SeedCurvesChart(curves, along: result.isTabular ? .environmentSteps : .updates).draw()),
            ("progress.jsonl", Data(result.progressLines.utf8)),
        ]
        try DurableFiles.makeFolders(place)
        for (name, contents) in files {
            guard let contents else {
                unlink("\(place)/\(name)")
                continue
            }
            let partial = "\(place)/.\(name).partial-\(getpid())"
            unlink(partial)
            try DurableFiles.write(contents, to: partial)
            try DurableFiles.move(partial, to: "\(place)/\(name)")
        }
        let events = "\(place)/tensorboard"
        if DurableFiles.exists(events) { try? FileManager.default.removeItem(atPath: events) }
        if DurableFiles.exists("\(unfinished)/tensorboard") {
            try DurableFiles.move("\(unfinished)/tensorboard", to: events)
        }
        return files.filter { $0.contents != nil && $0.name.hasPrefix("curves.") }.map { "\(folder)/\($0.name)" }
    }

    /// Takes the log away, and with it folders that were made for it alone.
    package func close() {
        for name in Self.logged + ["lock"] { try? FileManager.default.removeItem(atPath: "\(unfinished)/\(name)") }
        rmdir(unfinished)
        // Others are in use by now.
        for folder in made.reversed() { rmdir(folder) }
    }

    private var unfinished: String { place + UnfinishedRun.suffix }
}
