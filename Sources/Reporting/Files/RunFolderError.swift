/// Why a run's folder was not written. Nothing half-written is left behind.
package enum RunFolderError: Error, Equatable, CustomStringConvertible {
    /// The folder holds something that is not an earlier run's.
    case refused(folder: String, reason: String)
    /// An interrupted run is there, which would be lost.
    case unfinished(folder: String, command: String)
    /// A run that cannot be gone on with.
    case notResumable(folder: String, reason: String, remedy: String)
    /// A file of an interrupted run that is not as the run wrote it.
    case damaged(path: String)
    /// Another process works there.
    case busy(folder: String)
    /// The file system said no.
    case failed(path: String, reason: String)

    /// With what to do for whoever begins a run.
    package var description: String { message(resuming: nil) }

    /// What is wrong, and what to do.
    /// - Parameter command: How to go on with the run, such as `trader backtest --resume DIR`: then its folder is settled. nil
    ///   for one that is being begun.
    package func message(resuming command: String?) -> String {
        let again = command.map { ", then go on: \($0)" }
        switch self {
        case .refused(let folder, let reason):
            return "\(folder): error: \(reason). Nothing was changed. "
                + (again.map { "Move what is there, or work from another folder\($0)" }
                    ?? "Name an empty or a new folder with '--output DIR'.")
        case .unfinished(let folder, let command):
            return
                "\(folder): error: an interrupted run is there. Go on with it: trader \(command) --resume \(folder). Or "
                + "remove the folder, or name another with '--output DIR'."
        case .notResumable(let folder, let reason, let remedy):
            return "\(folder): error: cannot be gone on with: it \(reason). Nothing was changed. \(remedy)"
        case .damaged(let path):
            return
                "\(path): error: this is not what the run wrote: the file was changed or cut off. Nothing was changed. "
                + "Remove it to repeat this training from its beginning."
        case .busy(let folder):
            return
                "\(folder): error: another trader is at work on this run. Nothing was changed. Wait until it has ended"
                + (again == nil ? ", or name another folder with '--output DIR'." : ".")
        case .failed(let path, let reason):
            return
                "\(path): error: cannot be written: \(reason). Nothing half-written was left. See that its folder is yours "
                + "to write to and has room" + (again ?? ", or name another with '--output DIR'.")
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
