import Configuration
import Experiments
import Foundation

/// What `trader solve` leaves in its folders, so that nothing else is ever taken for it and deleted.
enum SolveContents {
    /// What a solve writes at the top of its unfinished folder, beside the lock.
    static let logged = ["progress.jsonl", "tensorboard", "rewriting.partial"]

    /// The first path below the folder that no solve wrote, ascending; nil where there is none.
    /// - Parameter isUnfinished: Whether it is the folder of the log of a solve that learns, or was killed.
    static func foreign(in folder: String, isUnfinished: Bool) throws -> String? {
        let files: Set = isUnfinished ? ["lock", "progress.jsonl", "rewriting.partial"] : finished
        guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
            throw RunFolderError.failed(path: folder, reason: "the folder cannot be read")
        }
        return paths.sorted().first { path in
            let type =
                try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")[.type] as? FileAttributeType
            switch type {
            case .typeDirectory?: return path.wholeMatch(of: /tensorboard(\/seed[0-9]+)?/) == nil
            case .typeRegular?:
                let isEvents = path.wholeMatch(of: /tensorboard\/seed[0-9]+\/events\.out\.tfevents\.[^\/]+/) != nil
                let isPartial =
                    isUnfinished && path.wholeMatch(of: /tensorboard\/seed[0-9]+\/rewriting\.partial/) != nil
                return !(files.contains(path) || isEvents || isPartial)
            case nil: return false  // Gone since it was listed.
            default: return true
            }
        }
    }

    /// Files at the top of the folder of a finished one.
    private static let finished: Set = ["agent.yaml", "curves.csv", "curves.svg", "progress.jsonl"]

    /// Whether the folder has the configuration of a solve, as the program writes it, and no other curves than a solve's.
    static func isFinished(_ folder: String) -> Bool {
        func contents(_ name: String) -> Data? { FileManager.default.contents(atPath: "\(folder)/\(name)") }
        let key = "agent:\n"
        let written = ConfigurationFile.encode(SolveConfiguration())
        guard let end = written.range(of: key)?.upperBound,
            let configuration = contents("agent.yaml"), configuration.starts(with: Data(written[..<end].utf8))
        else { return false }
        return contents("curves.csv").map { $0.starts(with: Evidence.curvesCSV([])) } ?? true
    }

    /// Whether the folder is empty, or one in which a solve was at work: it takes its lock before anything else, and gives it
    /// back last.
    static func isUnfinished(_ folder: String) -> Bool {
        struct Line: Decodable {
            let training: String
            let update: Int
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard names.isEmpty || names.contains("lock") else { return false }
        let log = FileManager.default.contents(atPath: "\(folder)/progress.jsonl") ?? Data()
        return log.split(separator: UInt8(ascii: "\n")).first.map {
            (try? JSONDecoder().decode(Line.self, from: $0)) != nil
        } ?? true
    }
}
