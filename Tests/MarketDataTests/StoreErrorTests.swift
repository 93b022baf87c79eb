import Foundation
import GRDB
import MarketData
import Testing

@Suite struct StoreErrorTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aMissingStoreNamesTheCommandThatMakesOne() {
        let path = folder.path + "/market.sqlite"
        let error = #expect(throws: StoreError.self) { try MarketStore(path: path, mode: .readOnly) }
        #expect(
            error?.description == "\(path): error: there is no market data yet\n"
                + "Put some in with 'trader ingest FILE…', or name another file with --database.")
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func theFirstWriteMakesTheStoreAndItsFolder() throws {
        let path = folder.path + "/MarketData/deep/market.sqlite"
        let store = try MarketStore(path: path, mode: .readWrite)
        #expect(try store.symbols().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/MarketData"))
        _ = try store.ingest(reader.read(fixture("acme-long.csv")))
        #expect(try MarketStore(path: path, mode: .readOnly).symbols().map(\.bars) == [120])
    }

    /// What a process leaves that is killed before its first write was complete.
    @Test func anEmptyFileIsNoStoreYet() throws {
        let path = try folder.file("market.sqlite", "")
        #expect(throws: StoreError.missing(path: path)) { try MarketStore(path: path, mode: .readOnly) }
        let store = try MarketStore(path: path, mode: .readWrite)
        _ = try store.ingest(reader.read(fixture("acme-long.csv")))
        #expect(try store.symbols().map(\.bars) == [120])
    }

    @Test(arguments: [MarketStore.Mode.readOnly, .readWrite])
    func aFileThatIsNoStoreIsNotTouched(_ mode: MarketStore.Mode) throws {
        let text = try folder.file("notes.txt", "Dear diary")
        // SQLite, but somebody else's.
        let foreign = folder.path + "/photos.sqlite"
        try DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE photos(id INTEGER PRIMARY KEY)") }
        for path in [text, foreign, folder.path] {
            let before = FileManager.default.contents(atPath: path)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            let error = #expect(throws: StoreError.self) { try MarketStore(path: path, mode: mode) }
            #expect(error == .notAStore(path: path))
            #expect(FileManager.default.contents(atPath: path) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == names)
        }
    }

    /// A database of another program that keeps a log beside it, open at this moment.
    @Test func aForeignDatabaseInUseIsNotTouched() throws {
        let path = folder.path + "/photos.sqlite"
        var configuration = Configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { try $0.execute(sql: "CREATE TABLE photos(id INTEGER PRIMARY KEY)") }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let before = names.map { FileManager.default.contents(atPath: "\(folder.path)/\($0)") }
        #expect(throws: StoreError.notAStore(path: path)) { try MarketStore(path: path, mode: .readWrite) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == names)
        #expect(names.map { FileManager.default.contents(atPath: "\(folder.path)/\($0)") } == before)
        try queue.close()
    }

    @Test(arguments: [MarketStore.Mode.readOnly, .readWrite])
    func aStoreOfALaterVersionIsRefused(_ mode: MarketStore.Mode) throws {
        let store = try folder.store()
        let path = store.path
        _ = try store.ingest(reader.read(fixture("acme-long.csv")))
        try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 9") }
        let error = #expect(throws: StoreError.self) { try MarketStore(path: path, mode: mode) }
        #expect(
            error?.description
                == "\(path): error: was made by a newer trader (store version 9, this one knows 2)\n"
                + "Use that trader, or name another file with --database.")
    }

    /// A process may have died right after it made the file.
    @Test func completesAStoreThatWasOnlyBegun() throws {
        let path = folder.path + "/market.sqlite"
        try DatabaseQueue(path: path).writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA application_id = 1414677586")
        }
        let store = try MarketStore(path: path, mode: .readWrite)
        _ = try store.ingest(reader.read(fixture("acme-long.csv")))
        #expect(try store.symbols().map(\.bars) == [120])
    }

    /// Run in a process of its own, which is forbidden to let a file grow beyond 200,000 bytes.
    @Test func aWriteThatFailsLeavesTheStoreAsItWas() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let store = try folder.store()
            _ = try store.ingest(reader.read(fixture("acme-long.csv")))
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 200_000, rlim_max: 200_000)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            let file = try reader.read(bundled("us20_close_wide.csv"))
            let error = #expect(throws: StoreError.self) { try store.ingest(file) }
            #expect(error?.isWrongInput == false)
            #expect(try store.symbols().map(\.symbol) == ["ACME"])
            #expect(try MarketStore(path: store.path, mode: .readOnly).symbols().map(\.bars) == [120])
        }
    }

    @Test func whatSQLiteReportsIsSaidInWords() {
        let path = "m.sqlite"
        func error(_ code: ResultCode) -> StoreError {
            StoreError(DatabaseError(resultCode: code, message: "why"), path: path)
        }
        #expect(error(.SQLITE_READONLY) == .readOnly(path: path))
        #expect(error(.SQLITE_BUSY) == .locked(path: path))
        #expect(error(.SQLITE_FULL) == .diskFull(path: path))
        #expect(error(.SQLITE_CORRUPT) == .damaged(path: path, detail: "why"))
        #expect(error(.SQLITE_IOERR) == .failed(path: path, detail: "why"))
        #expect(
            error(.SQLITE_BUSY).description
                == "m.sqlite: error: another program is writing to it\nTry again when it has finished.")
        #expect(!error(.SQLITE_BUSY).isWrongInput)
    }
}
