import Foundation
import MarketData
import RandomNumbers
import Testing

/// Files as disks and hands spoil them: whatever the bytes, no crash, and all of a file or nothing.
@Suite struct IngestPropertyTests {
    private static let good = """
        date,symbol,open,high,low,close,volume,adj_close
        2024-01-02,A,10,12,9.5,11,100,5.5
        2024-01-03,A,11,11.5,10,10.5,0,5.25
        2024-01-02,"B",1,1,1,1,,1
        2024-01-03,B,1e0,1.5,.5,1,7.5,1

        """

    @Test func aSpoiledFileGoesInWholeOrNotAtAll() throws {
        let folder = try TemporaryFolder()
        var stream = RandomKey(seed: 11).stream("mutations")
        let original = Array(Self.good.utf8)
        let interesting = Array("\",\n\r\0 .-+eE09Zz:\u{FF}T".utf8) + [0xFF, 0xEF, 0xBB, 0xBF, 0x1F, 0x8B]
        var accepted = 0
        for seed in 0..<2_000 {
            var bytes = original
            for _ in 0...stream.index(below: 4) where !bytes.isEmpty {
                let place = stream.index(below: bytes.count)
                let byte = interesting[stream.index(below: interesting.count)]
                switch stream.index(below: 5) {
                case 0: bytes[place] = byte
                case 1: bytes[place] = UInt8(truncatingIfNeeded: stream.next())
                case 2: bytes.insert(byte, at: place)
                case 3: bytes.remove(at: place)
                default: bytes.removeLast(min(bytes.count, stream.index(below: 40)))
                }
            }
            let path = try folder.file("mutation.csv", bytes)
            do throws(PriceFileError) {
                let file = try reader.read(path)
                accepted += 1
                for series in file.series {
                    let rows = series.rows
                    #expect(!series.symbol.isEmpty && !rows.isEmpty, "seed \(seed)")
                    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.time < $1.time }, "seed \(seed)")
                    #expect(
                        rows.allSatisfy { $0.close > 0 && $0.close.isFinite && !($0.high < $0.low) }, "seed \(seed)")
                }
            } catch {
                #expect(error.count >= error.problems.count && !error.description.isEmpty, "seed \(seed)")
            }
        }
        // The mutations are neither all harmless nor all fatal, or this would test little.
        #expect((100...1_900).contains(accepted))
    }

    /// The beginnings of all layouts, spoiled, and read with whatever a user may state: bars that are sound, or a message.
    @Test(arguments: DialectTableTests.expectations.map(\.file).filter { $0 != "broken_no_newline_1mb.csv" })
    func aSpoiledLayoutIsReadOrRefused(_ name: String) throws {
        let original = Array(try Data(contentsOf: URL(fileURLWithPath: fixture("../dialects/\(name)"))).prefix(1_500))
        var stream = RandomKey(seed: 13).stream("layout \(name)")
        let interesting = Array("\",;\t|\n\r\0 .-+eE0:%/T".utf8) + [0xFF, 0xEF, 0xBB, 0xBF]
        for seed in 0..<40 {
            var bytes = original
            for _ in 0...stream.index(below: 6) where !bytes.isEmpty {
                let place = stream.index(below: stream.index(below: 2) == 0 ? min(120, bytes.count) : bytes.count)
                switch stream.index(below: 3) {
                case 0: bytes[place] = interesting[stream.index(below: interesting.count)]
                case 1: bytes.insert(interesting[stream.index(below: interesting.count)], at: place)
                default: bytes.remove(at: place)
                }
            }
            do throws(PriceFileError) {
                let file = try Self.stated(&stream).read(bytes, named: "f.csv")
                for series in file.series {
                    let rows = series.rows
                    #expect(
                        !rows.isEmpty && zip(rows, rows.dropFirst()).allSatisfy { $0.time < $1.time }, "seed \(seed)")
                    #expect(rows.allSatisfy { $0.close > 0 && $0.close.isFinite }, "seed \(seed)")
                    #expect(series.bars(.adjusted).allSatisfy { $0.close > 0 }, "seed \(seed)")
                }
            } catch {
                #expect(error.problems.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty }, "seed \(seed)")
                #expect(error.description.utf8.count < 6_000, "seed \(seed)")
            }
        }
    }

    /// A reader to whom something or nothing is stated.
    private static func stated(_ stream: inout RandomStream) -> PriceFileReader {
        var stating = reader
        switch stream.index(below: 12) {
        case 0: stating.options.wideField = .close
        case 1: stating.options.holdsRelatives = true
        case 2: stating.options.symbol = "S"
        case 3: stating.options.missing = .skip
        case 4: stating.options.corporateActions = .apply
        case 5: stating.options.delimiter = UInt8(ascii: ";")
        case 6: if let times = try? StatedTimes(isIndex: true) { stating.options.times = times }
        case 7:
            if let columns = try? StatedColumns(parsing: "date=1,open=2,close=4,split=5") {
                stating.options.columns = columns
            }
        default: break
        }
        return stating
    }

    @Test func theStoreHoldsEachFileWholeOrNotAtAll() throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        var stream = RandomKey(seed: 12).stream("mutations")
        var held = 0
        for seed in 0..<80 {
            // Each file brings a symbol of its own. In every other one a digit is overwritten, and may conflict or not be read.
            var bytes = Array(Self.good.utf8) + Array("2024-01-04,N\(seed),1,1,1,1,1,1\n".utf8)
            if seed % 2 == 1 { bytes[49 + stream.index(below: bytes.count - 60)] = UInt8(ascii: "7") }
            let before = try store.symbols()
            var report = IngestReport()
            let path = try folder.file("mutation.csv", bytes)
            try store.ingest([path], with: reader, report: &report)
            let after = try store.symbols()
            if report.hasRefusals {
                #expect(after == before, "seed \(seed)")
                continue
            }
            held += 1
            let rows = try reader.read(path).series.map(\.rows.count).reduce(0, +)
            let symbols = report.files[0].symbols
            #expect(symbols.map { $0.inserted + $0.unchanged }.reduce(0, +) == rows, "seed \(seed)")
            let growth = after.map(\.bars).reduce(0, +) - before.map(\.bars).reduce(0, +)
            #expect(symbols.map(\.inserted).reduce(0, +) == growth, "seed \(seed)")
        }
        #expect((40...75).contains(held))
    }
}
