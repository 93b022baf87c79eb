import Foundation

/// The link `latest` beside a strategy's runs. It is made under another name first, so that all that can fail does so
/// before the run is in place, and the change itself is one rename.
extension DurableFiles {
    /// - Throws: where `latest` exists and is no link.
    static func checkLatest(in folder: String) throws {
        let latest = "\(folder)/latest"
        if exists(latest), !isLink(latest) {
            throw RunFolderError.refused(
                folder: latest, reason: "is not a link to a run, and would have to be replaced by one")
        }
    }

    /// - Throws: where `latest` exists and is no link.
    static func prepareLatest(in folder: String, pointingTo run: String) throws {
        try checkLatest(in: folder)
        discardLatest(in: folder)
        try link(prepared(folder), to: run)
    }

    static func publishLatest(in folder: String) throws { try move(prepared(folder), to: "\(folder)/latest") }

    static func discardLatest(in folder: String) { unlink(prepared(folder)) }

    private static func prepared(_ folder: String) -> String { "\(folder)/.latest.partial-\(getpid())" }
}
