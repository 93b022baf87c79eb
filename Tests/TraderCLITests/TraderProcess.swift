import Foundation

/// The program as people meet it: a process of its own with arguments, a folder and an environment.
struct TraderProcess {
    /// What a finished process left.
    struct Outcome {
        let exitCode: Int32
        let standardOutput: String
        let standardError: String

        /// Standard output as one JSON document.
        func decoded<Document: Decodable>(as type: Document.Type) throws -> Document {
            try JSONDecoder().decode(type, from: Data(standardOutput.utf8))
        }
    }

    private let process = Process()
    private let streams: URL
    private let ends: AsyncStream<Void>

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - folder: The current folder of the process.
    ///   - environment: Added to the tests' own, from which everything that is about `trader` is taken out first.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:]
    ) async throws -> Outcome {
        try await start(arguments, in: folder, environment: environment).outcome()
    }

    /// Runs the program as somebody for whom file permissions count. They do not count for root, who therefore gives up the
    /// capabilities behind that.
    static func runBoundByPermissions(_ arguments: [String], in folder: URL) async throws -> Outcome {
        let prefix =
            geteuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set", "-dac_override,-dac_read_search"] : []
        return try await start(arguments, in: folder, prefix: prefix).outcome()
    }

    /// Runs the program out of a shell: in the script `"$@"` stands for the program with its arguments.
    static func run(_ arguments: [String], in folder: URL, script: String) async throws -> Outcome {
        try await start(arguments, in: folder, prefix: ["/bin/sh", "-c", script, "sh"]).outcome()
    }

    static func start(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], prefix: [String] = []
    ) throws -> TraderProcess {
        let command = prefix + [try executable().path] + arguments
        return try TraderProcess(command, in: folder, environment: environment)
    }

    /// Standard output and error go to files, which never fill up as pipes do.
    private init(_ command: [String], in folder: URL, environment: [String: String]) throws {
        streams = FileManager.default.temporaryDirectory.appendingPathComponent("trader-streams-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("TRADER_") }.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = try Self.emptyFile(streams.appendingPathComponent("out"))
        let error = try Self.emptyFile(streams.appendingPathComponent("err"))
        process.standardOutput = output
        process.standardError = error
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        self.ends = ends
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        // The process has its own. Left open, those of two thousand processes bring Foundation, which waits for ends with
        // select, beyond the 1024 descriptors that it can watch, and an end is missed.
        try output.close()
        try error.close()
    }

    var isRunning: Bool { process.isRunning }

    func send(signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// Stops the process where it is (SIGSTOP) until it is sent SIGCONT.
    /// - Returns: when it stands still: true; false where it ended before.
    func stop() -> Bool {
        send(signal: SIGSTOP)
        var state = siginfo_t()
        // Without taking notice of an end away from `process`.
        let code = waitid(P_PID, id_t(process.processIdentifier), &state, WSTOPPED | WEXITED | WNOWAIT)
        return code == 0 && state.si_code == CLD_STOPPED
    }

    /// Waits until standard error holds some text; false where the process ends before.
    func says(_ text: String) async throws -> Bool {
        while try !read("err").contains(text) {
            guard process.isRunning else { return false }
            try? await Task.sleep(for: .milliseconds(20))
            try endIfCancelled()
        }
        return true
    }

    /// Waits for the end.
    func outcome() async throws -> Outcome {
        defer { try? FileManager.default.removeItem(at: streams) }
        for await _ in ends {}
        try endIfCancelled()
        let status = process.terminationStatus
        return Outcome(
            // As a shell counts: a process that a signal ended has 128 and the signal's number.
            exitCode: process.terminationReason == .exit ? status : 128 + status, standardOutput: try read("out"),
            standardError: try read("err"))
    }

    /// A test that has reached its time limit leaves no process behind.
    private func endIfCancelled() throws {
        guard Task.isCancelled else { return }
        send(signal: SIGKILL)
        throw CancellationError()
    }

    private static func emptyFile(_ file: URL) throws -> FileHandle {
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    private func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: streams.appendingPathComponent(name)), as: UTF8.self)
    }

    /// The program that was built with these tests: it lies beside the test bundle, or some folders above what is inside it.
    private static func executable() throws -> URL {
        let starts = CommandLine.arguments.filter { $0.contains(".xctest") }
        for start in starts {
            var folder = URL(fileURLWithPath: start).deletingLastPathComponent()
            for _ in 0..<4 {
                let program = folder.appendingPathComponent("trader")
                if FileManager.default.isExecutableFile(atPath: program.path), !isFolder(program) { return program }
                folder.deleteLastPathComponent()
            }
        }
        throw MissingProgram(searched: starts)
    }

    private struct MissingProgram: Error, CustomStringConvertible {
        let searched: [String]
        var description: String { "there is no program 'trader' near \(searched.joined(separator: ", "))" }
    }
}

func isFolder(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
}
