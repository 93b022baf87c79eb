import Dispatch
import Foundation

/// A file that appears under its name whole or not at all.
///
/// It is written beside its place under another name, which is removed where the writing is given up or interrupted.
final class OutputFile {
    /// As the user wrote it.
    private let path: String
    /// The same with links followed, so that a link stays one.
    private let destination: String
    private let temporary: String
    private let isReplacing: Bool
    private var descriptor: Int32
    private var signals: [any DispatchSourceSignal] = []

    /// Opens the file.
    /// - Parameter isReplacing: whether a file of that name may be there.
    /// - Throws: `OutputFileError`, with nothing changed.
    init(_ path: String, isReplacing: Bool) throws {
        self.path = path
        self.isReplacing = isReplacing
        let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        destination = url.path
        temporary = url.deletingLastPathComponent().path + "/.trader-\(UUID().uuidString.prefix(8)).partial"
        descriptor = -1
        try checkDestination()
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard descriptor >= 0 else { throw failure() }
        removeWhenInterrupted()
    }

    deinit {
        stopListening()
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary)
    }

    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure() }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Gives the file its name, once all of it is on the disk.
    func finish() throws {
        guard fsync(descriptor) == 0 else { throw failure() }
        try checkDestination()
        stopListening()
        guard rename(temporary, destination) == 0 else { throw failure() }
        close(descriptor)
        descriptor = -1
    }

    /// Only an ordinary file is ever replaced: a folder cannot be, and a device must not.
    private func checkDestination() throws {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: destination) else { return }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw OutputFileError.refused(
                path: path, reason: "is there and is not a file", remedy: "Name a file, or - for standard output.")
        }
        guard isReplacing else {
            throw OutputFileError.refused(
                path: path, reason: "is there already",
                remedy: "Name another file, or replace this one with '--force'.")
        }
    }

    private func removeWhenInterrupted() {
        let queue = DispatchQueue(label: "interruption")
        signals = stoppingSignals.map { [temporary] number in
            // The default action would end the process before it could tidy up.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                unlink(temporary)
                Console.note("interrupted: no file was written.")
                exit(1)
            }
            source.resume()
            return source
        }
    }

    private func stopListening() {
        guard !signals.isEmpty else { return }
        for source in signals { source.cancel() }
        signals = []
        for number in stoppingSignals { signal(number, SIG_DFL) }
    }

    /// Reads `errno`.
    private func failure() -> OutputFileError { .failed(path: path, reason: String(cString: strerror(errno))) }
}

/// Why a file was not written. Nothing half-written is left behind.
enum OutputFileError: Error, CustomStringConvertible {
    /// Something is there that must not be replaced.
    case refused(path: String, reason: String, remedy: String)
    /// The file system said no.
    case failed(path: String, reason: String)

    /// Whether it is for the user to ask otherwise.
    var isWrongInput: Bool {
        if case .refused = self { true } else { false }
    }

    var description: String {
        switch self {
        case .refused(let path, let reason, let remedy): "\(path): error: \(reason). Nothing was changed. \(remedy)"
        case .failed(let path, let reason):
            "\(path): error: cannot be written: \(reason). Nothing half-written was left. "
                + "Name a file in a folder that is there, is yours to write to, and has room."
        }
    }
}
