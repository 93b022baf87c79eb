import Foundation

/// Data with published answers that lie beside the project, in `../shared/reference`, where somebody has put them there.
package enum ReferenceData {
    /// A folder below `reference`, such as `gao2018`; nil where it is not there, and then tests that need it are skipped.
    package static func folder(_ name: String) -> String? {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = package.deletingLastPathComponent().appendingPathComponent("shared/reference/\(name)").path
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }
}
