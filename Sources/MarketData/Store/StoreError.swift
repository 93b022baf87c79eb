import GRDB

/// Why a store of market data could not serve: what is wrong, and what to do.
package enum StoreError: Error, Equatable, Sendable {
    /// There is no store at this path yet.
    case missing(path: String)
    /// The file at this path is something else; it was not touched.
    case notAStore(path: String)
    /// The store was made by a later version of this program; it was not touched.
    case newer(path: String, version: Int, known: Int)
    /// The store was made by an earlier version of this program, and cannot be brought up to date as it cannot be written to.
    case older(path: String, version: Int, known: Int)
    case readOnly(path: String)
    /// Another process has been writing for longer than we wait.
    case locked(path: String)
    case diskFull(path: String)
    /// The file is a store, but its content is broken.
    case damaged(path: String, detail: String)
    case cannotOpen(path: String, detail: String)
    /// Anything else that SQLite reports.
    case failed(path: String, detail: String)
    /// No such symbol; with the one whose name is nearest, and all there are.
    case noSuchSymbol(String, path: String, nearest: String?, known: [String])
    /// None of the symbols has a bar in the span that was asked for; with what is stored.
    case noBars(symbols: [String], from: Timestamp?, to: Timestamp?, stored: ClosedRange<Timestamp>)
    /// A split is no split between two bars of the symbol.
    case splitOutside(symbol: String, at: Timestamp, stored: ClosedRange<Timestamp>)
    /// Another ratio is stored for the same time.
    case splitDiffers(symbol: String, at: Timestamp, ratio: SplitRatio, storedPriceFactor: Double)
    /// The adjusted closes of a file take out the split already.
    case splitAdjusted(symbol: String, at: Timestamp)
    /// No split is stored for this time; with the times of those there are.
    case noSuchSplit(symbol: String, at: Timestamp, known: [Timestamp])

    /// Whether the user asked for something that is not there, rather than that something failed.
    package var isWrongInput: Bool {
        switch self {
        case .missing, .notAStore, .newer, .noSuchSymbol, .noBars, .splitOutside, .splitDiffers, .splitAdjusted,
            .noSuchSplit:
            true
        default: false
        }
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path):
            "\(path): error: there is no market data yet\nPut some in with 'trader ingest FILE…', or name another file with --database."
        case .notAStore(let path):
            "\(path): error: is not a store of market data; it was not touched\nName another file with --database."
        case .newer(let path, let version, let known):
            "\(path): error: was made by a newer trader (store version \(version), this one knows \(known))\n"
                + "Use that trader, or name another file with --database."
        case .older(let path, let version, let known):
            "\(path): error: was made by an older trader (store version \(version), this one makes \(known))\n"
                + "Allow writing to the file and its folder once, so that it can be brought up to date."
        case .readOnly(let path):
            "\(path): error: cannot be written to\nAllow writing to the file and its folder, or name another with --database."
        case .locked(let path):
            "\(path): error: another program is writing to it\nTry again when it has finished."
        case .diskFull(let path):
            "\(path): error: the disk is full; the store is as it was before\nMake room, then try again."
        case .damaged(let path, let detail):
            "\(path): error: is damaged: \(detail)\nMove it away and ingest the price files again."
        case .cannotOpen(let path, let detail):
            "\(path): error: cannot be opened: \(detail)\nCheck the path, the folder and their permissions."
        case .failed(let path, let detail):
            "\(path): error: \(detail)\nThe store is as it was before."
        case .noSuchSymbol(let symbol, let path, let nearest, let known):
            "error: no prices of \(Excerpt.quoted(symbol.utf8)) in \(path)."
                + (nearest.map { " Did you mean '\($0)'?" } ?? "")
                + (known.isEmpty
                    ? "\nPut some in with: trader ingest FILE…"
                    : "\nThere are: \(known.prefix(20).joined(separator: ", "))\(known.count > 20 ? ", …" : "")")
        case .noBars(let symbols, let from, let to, let stored):
            "error: no bars of \(symbols.joined(separator: ", "))"
                + (from.map { " from \($0)" } ?? "") + (to.map { " to \($0)" } ?? "")
                + "\nStored are \(stored.lowerBound) to \(stored.upperBound)."
        case .splitOutside(let symbol, let time, let stored):
            "error: no bars of \(symbol) on both sides of \(time)\n"
                + "A split lies after the first bar and not after the last: from \(stored.lowerBound) to \(stored.upperBound)."
        case .splitDiffers(let symbol, let time, let ratio, let storedPriceFactor):
            "error: a split of \(symbol) at \(time) is stored already, with price factor \(storedPriceFactor), "
                + "not \(ratio.old / ratio.new) as \(ratio) has\nTake the new ratio with --on-conflict replace."
        case .splitAdjusted(let symbol, let time):
            "error: the adjusted closes of \(symbol) take out the split at \(time) already\n"
                + "Read the prices adjusted; entering the split as well would count it twice."
        case .noSuchSplit(let symbol, let time, let known):
            "error: no split of \(symbol) is stored at \(time)\n"
                + (known.isEmpty
                    ? "There is none of this symbol."
                    : "There are splits at: \(known.prefix(20).map(\.description).joined(separator: ", "))")
        }
    }
}

extension StoreError {
    /// What an error of SQLite means for the store at a path.
    package init(_ error: any Error, path: String) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .failed(path: path, detail: "\(error)")
            return
        }
        let detail = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        self =
            switch error.resultCode {
            case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path)
            case .SQLITE_FULL: .diskFull(path: path)
            case .SQLITE_NOTADB: .notAStore(path: path)
            case .SQLITE_CORRUPT: .damaged(path: path, detail: detail)
            case .SQLITE_CANTOPEN: .cannotOpen(path: path, detail: detail)
            default: .failed(path: path, detail: detail)
            }
    }
}
