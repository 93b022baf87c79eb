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
        try RunFolder.check(.curves(folder), strategy: "")
        place = try RunFolder.resolve(.curves(folder), strategy: "", startedAt: "")
        let unfinished = place + UnfinishedRun.suffix
        guard !DurableFiles.exists("\(unfinished)/run.json") else { throw UnfinishedRun.inTheWay(unfinished) }
        if DurableFiles.isFolder(unfinished) {
            func refuse(_ reason: String) -> RunFolderError {
                .refused(folder: folder + UnfinishedRun.suffix, reason: reason)
            }
            if let foreign = try SolveContents.foreign(in: unfinished, isUnfinished: true) {
                throw refuse("is where the log would be, and holds '\(foreign)', which no 'trader solve' wrote")
            }
            guard SolveContents.isUnfinished(unfinished) else {
                throw refuse("is where the log would be, and was not left behind by a 'trader solve'")
            }
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
        for name in SolveContents.logged { try? FileManager.default.removeItem(atPath: "\(unfinished)/\(name)") }
        log = try TrainingLog(folder: unfinished)
    }

    /// Writes the folder, in the place of an earlier one.
    /// - Returns: Paths of all files; of event files, whose names tell the time, that of their folder.
    /// - Throws: `RunFolderError`, `TrainingLogError`, `CancellationError`.
    package func write(_ result: SolveResult) throws -> [String] {
        let curves = LearningCurves(
            world: result.world, agent: result.agent,
            seeds: result.seeds.map { LearningCurves.Seed(seed: $0.seed, points: $0.curve) },
            known: result.answers.map { LearningCurves.KnownScore($0.name, $0.score) })
        var files = [ReportFile(path: "agent.yaml", contents: Data(result.configuration.utf8))]
        if !result.progressLines.isEmpty {
            files.append(ReportFile(path: "curves.csv", contents: Evidence.curvesCSV([curves])))
            files.append(ReportFile(path: "progress.jsonl", contents: Data(result.progressLines.utf8)))
        }
        if let chart = SeedCurvesChart(curves, along: result.isTabular ? .environmentSteps : .updates).draw() {
            files.append(ReportFile(path: "curves.svg", contents: chart))
        }
        var names = files.map(\.path)
        let events = try log.eventFiles().map { ReportFile(path: $0.path, contents: $0.contents) }
        if !events.isEmpty { names.append("tensorboard") }
        files += events
        _ = try RunFolder.write(files, strategy: "", startedAt: "", to: .curves(folder))
        return names.map { "\(folder)/\($0)" }
    }

    /// Takes the log away, and with it folders that were made for it alone.
    package func close() {
        for name in SolveContents.logged + ["lock"] {
            try? FileManager.default.removeItem(atPath: "\(unfinished)/\(name)")
        }
        rmdir(unfinished)
        // Others are in use by now.
        for folder in made.reversed() { rmdir(folder) }
    }

    private var unfinished: String { place + UnfinishedRun.suffix }
}
