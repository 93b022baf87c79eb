import Experiments
import Foundation
import Reporting
import Testing

struct RunFolderTests {
    private let result: RunResult = {
        var run = SyntheticRun()
        run.symbols = ["AAPL"]
        run.bars = 60
        return run.result()
    }()

    /// A new empty folder; the test's own.
    private func temporaryFolder() throws -> String {
        let path =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/trader-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func automaticRunsAreLinkedAsLatest() throws {
        try withFolder { root in
            let first = try RunFolder.write(result, extraFiles: [], to: .automatic(root: root, id: "3f9a1c"))
            #expect(first.path == "\(root)/gated-dqn/2024-05-06T070809Z-3f9a1c")
            let second = try RunFolder.write(
                result, extraFiles: [("models/a/b.safetensors", Data([1, 2]))], to: .automatic(root: root, id: "3f9a1c")
            )
            #expect(second.lastPathComponent == "2024-05-06T070809Z-3f9a1c-2")
            #expect(
                try names("\(root)/gated-dqn")
                    == [first.lastPathComponent, second.lastPathComponent, "latest"].sorted())
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/gated-dqn/latest")
            #expect(target == second.lastPathComponent)
            #expect(FileManager.default.contents(atPath: second.path + "/models/a/b.safetensors") == Data([1, 2]))
            for file in ReportFile.all(of: result) {
                #expect(
                    FileManager.default.contents(atPath: "\(second.path)/\(file.path)") == file.contents, "\(file.path)"
                )
            }
            #expect(
                FileManager.default.contents(atPath: "\(second.path)/strategy.yaml") == Data(result.configuration.utf8))
        }
    }

    @Test func anEarlierRunIsReplacedAsAWhole() throws {
        try withFolder { root in
            let folder = "\(root)/out"
            try RunFolder.write(result, extraFiles: [("models/old", Data())], to: .folder(folder))
            var next = result
            next.description = "second"
            try RunFolder.write(next, extraFiles: [], to: .folder(folder))
            #expect(try names(root) == ["out"])
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/models"))
            #expect(FileManager.default.contents(atPath: "\(folder)/report.json") == ReportJSON.data(for: next))
        }
    }

    @Test func whatAKilledRunLeftIsCleared() throws {
        try withFolder { root in
            try FileManager.default.createDirectory(
                atPath: "\(root)/.out.partial-\(getpid())/charts", withIntermediateDirectories: true)
            try RunFolder.write(result, extraFiles: [], to: .folder("\(root)/out"))
            #expect(try names(root) == ["out"])
        }
    }

    @Test func anEmptyFolderIsFilled() throws {
        try withFolder { root in
            try RunFolder.write(result, extraFiles: [], to: .folder(root))
            #expect(try names(root).contains("report.md"))
        }
    }

    @Test(arguments: ["notes.txt", "report.md"])
    func whatIsNotOursIsRefused(name: String) throws {
        try withFolder { root in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(root)/\(name)"))
            let error = #expect(throws: RunFolderError.self) {
                try RunFolder.write(result, extraFiles: [], to: .folder(root))
            }
            #expect(error?.description.hasPrefix("\(root): error: holds '\(name)'") == true)
            #expect(try names(root) == [name])
        }
    }

    @Test func aUsersFileBesideAnEarlierRunIsNotLost() throws {
        try withFolder { root in
            try RunFolder.write(result, extraFiles: [], to: .folder(root))
            try Data().write(to: URL(fileURLWithPath: "\(root)/notes.txt"))
            #expect(
                throws: RunFolderError.refused(folder: root, reason: "holds 'notes.txt', which no run of trader wrote")
            ) {
                try RunFolder.write(result, extraFiles: [], to: .folder(root))
            }
        }
    }

    @Test func aFileInTheWayIsRefused() throws {
        try withFolder { root in
            let path = "\(root)/out"
            try Data().write(to: URL(fileURLWithPath: path))
            #expect(throws: RunFolderError.refused(folder: path, reason: "is a file, not a folder")) {
                try RunFolder.write(result, extraFiles: [], to: .folder(path))
            }
        }
    }

    /// A name longer than file systems take fails after most files were written.
    @Test func aFailureInTheMiddleLeavesNothing() throws {
        try withFolder { root in
            let extra = [(path: "models/" + String(repeating: "x", count: 300), contents: Data([1]))]
            #expect(throws: RunFolderError.self) {
                try RunFolder.write(result, extraFiles: extra, to: .folder("\(root)/out"))
            }
            let afterFirst = try names(root)
            #expect(afterFirst.isEmpty)
            #expect(throws: RunFolderError.self) {
                try RunFolder.write(result, extraFiles: extra, to: .automatic(root: "\(root)/Reports", id: "1"))
            }
            // Nor are the folders left that were made for it.
            let afterSecond = try names(root)
            #expect(afterSecond.isEmpty)
        }
    }

    @Test func aFailureKeepsTheEarlierRun() throws {
        try withFolder { root in
            try RunFolder.write(result, extraFiles: [], to: .folder("\(root)/out"))
            let extra = [(path: String(repeating: "x", count: 300), contents: Data())]
            #expect(throws: RunFolderError.self) {
                try RunFolder.write(result, extraFiles: extra, to: .folder("\(root)/out"))
            }
            #expect(try names(root) == ["out"])
            #expect(FileManager.default.contents(atPath: "\(root)/out/report.json") == ReportJSON.data(for: result))
        }
    }

    @Test func cancellingLeavesNothing() async throws {
        let root = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: root) }
        let result = result
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try RunFolder.write(result, extraFiles: [], to: .folder("\(root)/out"))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try names(root).isEmpty)
    }

    @Test func aLatestThatIsNoLinkIsRefused() throws {
        try withFolder { root in
            try FileManager.default.createDirectory(
                atPath: "\(root)/gated-dqn/latest", withIntermediateDirectories: true)
            #expect(throws: RunFolderError.self) {
                try RunFolder.write(result, extraFiles: [], to: .automatic(root: root, id: "1"))
            }
            #expect(try names("\(root)/gated-dqn") == ["latest"])
        }
    }

    /// A parent that cannot be written to: a file stands where the folder should be, which holds for root as well.
    @Test func anUnwritableParentIsOneClearError() throws {
        try withFolder { root in
            try Data().write(to: URL(fileURLWithPath: "\(root)/file"))
            let error = #expect(throws: RunFolderError.self) {
                try RunFolder.write(result, extraFiles: [], to: .folder("\(root)/file/out"))
            }
            #expect(error?.description.contains("cannot be written: ") == true)
            #expect(try names(root) == ["file"])
            // Permissions do not bind root.
            guard getuid() != 0 else { return }
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: root)
            #expect(
                throws: RunFolderError.failed(path: "\(root)/out", reason: "Permission denied")
            ) {
                try RunFolder.write(result, extraFiles: [], to: .folder("\(root)/out"))
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: root)
        }
    }
}
