/// Why a run's folder was not written. Nothing half-written is left behind.
package enum RunFolderError: Error, Equatable, CustomStringConvertible {
    /// The folder holds something that is not an earlier run's.
    case refused(folder: String, reason: String)
    /// An interrupted run is there, which would be lost.
    case unfinished(folder: String, command: String)
    /// A run that cannot be gone on with.
    case notResumable(folder: String, reason: String)
    /// The file system said no.
    case failed(path: String, reason: String)

    package var description: String {
        switch self {
        case .refused(let folder, let reason):
            "\(folder): error: \(reason). Nothing was changed. Name an empty or a new folder with '--output DIR'."
        case .unfinished(let folder, let command):
            "\(folder): error: an interrupted run is there. Go on with it: trader \(command) --resume \(folder). Or remove "
                + "the folder, or name another with '--output DIR'."
        case .notResumable(let folder, let reason):
            "\(folder): error: cannot be gone on with: it \(reason). Nothing was changed. Name a folder that ends in "
                + "'.unfinished', or start anew."
        case .failed(let path, let reason):
            "\(path): error: cannot write the report: \(reason). Nothing half-written was left. "
                + "Make room for it, or name another folder with '--output DIR'."
        }
    }

    /// Whether the user has to change something, and not the machine.
    package var isWrongInput: Bool {
        if case .failed = self { return false }
        return true
    }

    /// The same error with another name for the folder at the beginning of its path.
    func renaming(_ prefix: String, to name: String) -> RunFolderError {
        guard case .failed(let path, let reason) = self, path.hasPrefix(prefix) else { return self }
        return .failed(path: name + path.dropFirst(prefix.count), reason: reason)
    }
}
