import Foundation
import MarketData
import Testing

/// Several processes at one store, and processes that are killed.
@Suite struct StoreProcessTests {
    let folder: TemporaryFolder
    var path: String { folder.path + "/market.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    /// Takes in a symbol of `count` bars; `pause` runs when they are written and not yet committed.
    private static func ingest(
        _ symbol: String, count: Int, into path: String, pause: () -> Void = {}
    ) throws {
        _ = try MarketStore(path: path, mode: .readWrite).ingest("\(symbol).csv", onConflict: .reject) { writer in
            let rows = (0..<count).map { PriceRow(line: $0, time: Timestamp(seconds: Int64($0)), close: 1) }
            try writer.add(PriceSeries(symbol: symbol, rows: rows))
            pause()
            return SourceRecord(fingerprint: symbol, dialect: "", warnings: 0)
        }
    }

    /// Each makes the store at the same moment as the others, in the same folder that is not there.
    @Test func severalCreatorsAllSucceed() async throws {
        for round in 0..<12 {
            let path = "\(folder.path)/round\(round)/market.sqlite"
            try await withThrowingTaskGroup { group in
                for number in 0..<4 { group.addTask { try Self.ingest("S\(number)", count: 100, into: path) } }
                try await group.waitForAll()
            }
            let store = try MarketStore(path: path, mode: .readOnly)
            #expect(try store.symbols().map(\.symbol) == ["S0", "S1", "S2", "S3"], "round \(round)")
        }
    }

    @Test func twoProcessesMakeTheSameStore() async throws {
        let path = path
        async let first: Void = {
            await #expect(processExitsWith: .success) { [path = path as String] in
                try StoreProcessTests.ingest("A", count: 200_000, into: path)
            }
        }()
        async let second: Void = {
            await #expect(processExitsWith: .success) { [path = path as String] in
                try StoreProcessTests.ingest("B", count: 200_000, into: path)
            }
        }()
        _ = await (first, second)
        let store = try MarketStore(path: path, mode: .readOnly)
        #expect(try store.symbols().map(\.bars) == [200_000, 200_000])
    }

    /// Some of those that make a store fail while others come to write into it: nothing told as written is lost.
    @Test func creatorsThatFailTakeNothingFromOthers() async throws {
        struct Unreadable: Error {}
        for round in 0..<20 {
            let path = "\(folder.path)/round\(round)/market.sqlite"
            try await withThrowingTaskGroup { group in
                for number in 0..<6 {
                    group.addTask {
                        if number % 2 == 0 { return try Self.ingest("S\(number)", count: 10, into: path) }
                        let store = try MarketStore(path: path, mode: .readWrite)
                        #expect(throws: Unreadable.self) {
                            try store.ingest("x.csv", onConflict: .reject) { _ in throw Unreadable() }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let store = try MarketStore(path: path, mode: .readOnly)
            #expect(try store.symbols().map(\.symbol) == ["S0", "S2", "S4"], "round \(round)")
        }
    }

    /// Killed when hundreds of thousands of bars are written and not yet committed, in a new store and in an old one.
    @Test func aKilledWriterLeavesTheStoreAsItWas() async throws {
        let path = path
        for isNew in [true, false] {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                try StoreProcessTests.ingest("KILLED", count: 300_000, into: path) { kill(getpid(), SIGKILL) }
            }
            if isNew {
                #expect(throws: StoreError.missing(path: path)) { try MarketStore(path: path, mode: .readOnly) }
            } else {
                #expect(try MarketStore(path: path, mode: .readOnly).symbols().map(\.bars) == [10])
            }
            try Self.ingest("A", count: 10, into: path)
        }
        #expect(try MarketStore(path: path, mode: .readOnly).symbols().map(\.symbol) == ["A"])
        // What the first one left is recognised by its age.
        func remains() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "market.sqlite" }
        }
        for name in try remains() {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -7_200)], ofItemAtPath: "\(folder.path)/\(name)")
        }
        try Self.ingest("B", count: 10, into: path)
        #expect(try remains().isEmpty)
    }

    /// The second finds the store of the first when its own is ready, and what differs is a conflict as ever.
    @Test func theSecondOfTwoCreatorsMeetsTheBarsOfTheFirst() throws {
        func row(_ close: Double) -> [PriceRow] { [PriceRow(line: 2, time: Timestamp(seconds: 0), close: close)] }
        func ingest(_ close: Double, _ policy: ConflictPolicy, meanwhile: () throws -> Void) throws -> IngestSummary {
            try MarketStore(path: path, mode: .readWrite).ingest("f.csv", onConflict: policy) { writer in
                try writer.add(PriceSeries(symbol: "A", rows: row(close)))
                try meanwhile()
                return SourceRecord(fingerprint: "\(close)", dialect: "", warnings: 0)
            }
        }
        for (policy, stored) in [(ConflictPolicy.reject, 1.0), (.keep, 1), (.replace, 2)] {
            let second = Result { try ingest(2, policy) { _ = try ingest(1, .reject) {} } }
            switch policy {
            case .reject: #expect(throws: PriceFileError.self) { try second.get() }
            case .keep: #expect(try second.get().symbols[0].unchanged == 1)
            case .replace: #expect(try second.get().symbols[0].replaced == 1)
            }
            #expect(try MarketStore(path: path, mode: .readOnly).rows(of: "A").map(\.close) == [stored])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["market.sqlite"])
            try FileManager.default.removeItem(atPath: path)
        }
    }
}
