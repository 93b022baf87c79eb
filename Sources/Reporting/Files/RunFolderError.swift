/// Why a run's folder was not written. Nothing half-written is left behind.
package enum RunFolderError: Error, Equatable, CustomStringConvertible {
    /// The folder holds something that is not an earlier run's.
    case refused(folder: String, reason: String)
    /// The file system said no.
    case failed(path: String, reason: String)

    package var description: String {
        switch self {
        case .refused(let folder, let reason):
            "\(folder): error: \(reason). Nothing was changed. Name an empty or a new folder with '--output DIR'."
        case .failed(let path, let reason):
            "\(path): error: cannot write the report: \(reason). Nothing half-written was left. "
                + "Make room for it, or name another folder with '--output DIR'."
        }
    }

    /// The same error with another name for the folder at the beginning of its path.
    func renaming(_ prefix: String, to name: String) -> RunFolderError {
        guard case .failed(let path, let reason) = self, path.hasPrefix(prefix) else { return self }
        return .failed(path: name + path.dropFirst(prefix.count), reason: reason)
    }
}
