import Foundation

/// An event file that a running TensorBoard follows.
///
/// Written by hand: framing, check sums and messages are a hundred lines (`TensorBoardEvent`, `CRC32C`,
/// `ProtobufMessage`), where a protocol buffers runtime would cost a minute of every build. Each event is one write, so a
/// program that is killed leaves whole records.
package struct TensorBoardEventFile: Sendable {
    package let path: String

    /// Makes the only event file of the folder that holds anything; earlier ones are emptied once it is in its place.
    ///
    /// It begins with the start of a session at step 0. A TensorBoard that has read an earlier file forgets what that held,
    /// and then reads what the new one holds. It would wait for ever for a file that is gone: so the name stays.
    ///
    /// - Parameters:
    ///   - folder: A run in TensorBoard's sense; made where it is missing.
    ///   - wallTime: Now, in seconds since 1970-01-01 UTC.
    ///   - events: What the file holds at first.
    /// - Throws: `TrainingLogError`.
    package init(replacingAllIn folder: String, wallTime: Double, events: [TensorBoardEvent]) throws {
        try RecordFile.makeFolder(folder)
        let earlier = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasPrefix(Self.prefix)
        }
        // TensorBoard reads files in the order of their names, and never goes back.
        let newest = earlier.compactMap { Int($0.dropFirst(Self.prefix.count).prefix { $0 != "." }) }.max() ?? 0
        let seconds = max(Int(wallTime), newest + 1)
        path = "\(folder)/\(Self.prefix)\(seconds).\(Self.host).\(getpid())"
        let head = [TensorBoardEvent.Content.fileVersion, .sessionStart].map {
            TensorBoardEvent(wallTime: wallTime, step: 0, content: $0)
        }
        try RecordFile.replace(path, with: (head + events).flatMap(\.record))
        for name in earlier where truncate("\(folder)/\(name)", 0) != 0 {
            throw TrainingLogError.failed("\(folder)/\(name)")
        }
    }

    package func append(_ event: TensorBoardEvent) throws { try RecordFile.append(event.record, to: path) }

    private static let prefix = "events.out.tfevents."

    /// The machine's name as part of a file name.
    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return fileSlug(String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
}
