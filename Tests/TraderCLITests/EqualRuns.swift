import Foundation
import Testing

/// Runs that should be equal are, file by file.
extension Workspace {
    /// The files of a run that equal runs share: all but event files, whose names tell when they were begun.
    func filesOfEqualRuns(below run: String) throws -> [String] {
        try files(below: run).filter { !$0.hasPrefix("tensorboard/") }
    }

    /// Holds files of two runs against each other: what is deterministic byte for byte, event files by their sizes.
    func expectEqualRuns(
        _ one: String, _ other: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let files = try filesOfEqualRuns(below: one)
        #expect(try filesOfEqualRuns(below: other) == files, sourceLocation: sourceLocation)
        for file in files {
            #expect(
                try timeless("\(one)/\(file)") == timeless("\(other)/\(file)"), "\(other)/\(file)",
                sourceLocation: sourceLocation)
        }
        // Records of the same points are of the same length, whatever the clock said.
        #expect(try eventSizes(below: one) == eventSizes(below: other), sourceLocation: sourceLocation)
    }

    /// The size of the one event file of each training, by its name.
    func eventSizes(below run: String) throws -> [String: Int] {
        let files = try files(below: run).filter { $0.hasPrefix("tensorboard/") }
        return try Dictionary(
            files.map { (String($0.split(separator: "/")[1]), try bytes("\(run)/\($0)").count) },
            uniquingKeysWith: { _, _ in
                Issue.record("two event files of one training below \(run)")
                return 0
            })
    }

    /// A file without what may differ between equal runs: the section `timing` of the JSON, the last line of the Markdown.
    private func timeless(_ name: String) throws -> Data {
        let bytes = try bytes(name)
        guard name.hasSuffix("report.json") || name.hasSuffix("report.md") else { return bytes }
        let text = String(decoding: bytes, as: UTF8.self)
        let timing = name.hasSuffix(".json") ? /"timing": \{[^}]*\}/ : /Started .*, took .* workers?\./
        #expect(text.matches(of: timing).count == 1, "\(name)")
        return Data(text.replacing(timing, with: "").utf8)
    }
}
