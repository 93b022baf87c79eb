import Experiments
import Foundation
import RandomNumbers
import Testing
import TraderTestSupport

struct CRC32CTests {
    /// RFC 3720, appendix B.4, and the check value by which checks are known, that of nine digits.
    @Test func meetsThePublishedValues() {
        let command: [UInt8] =
            [
                0x01, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 0x04, 0, 0, 0, 0, 0x14, 0, 0,
                0,
            ]
            + [0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0, 0]
        let published: [(bytes: [UInt8], checksum: UInt32)] = [
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA), ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            (Array(0..<32), 0x46DD_794E), ((0..<32).reversed(), 0x113F_DB5C), (command, 0xD996_3A56),
            (Array("123456789".utf8), 0xE306_9283), ([], 0),
        ]
        for (bytes, checksum) in published {
            #expect(CRC32C.checksum(of: bytes) == checksum, "\(bytes)")
            #expect(bitwiseCRC32C(bytes) == checksum, "the slow twin, \(bytes)")
        }
    }

    @Test func agreesWithTheDivisionBitByBit() {
        var stream = RandomKey(seed: 7).stream("checksum")
        for length in 0..<1_000 {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
            #expect(CRC32C.checksum(of: bytes) == bitwiseCRC32C(bytes), "length \(length)")
        }
    }
}

struct TensorBoardEventTests {
    private struct Golden: Decodable {
        struct Head: Decodable {
            let wallTime: Double
            let step: Int?
            let record: String
        }
        struct Scalars: Decodable {
            let wallTime: Double
            let step: Int
            let tags: [String]
            let values: [Double]
            let record: String
        }
        let fileVersion: Head
        let sessionStart: Head
        let scalars: [Scalars]
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Byte for byte what TensorBoard's own writer makes of the same events.
    @Test func recordsAreThoseOfTensorBoard() throws {
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: GoldenFile.url("experiments/events.json")))
        let version = TensorBoardEvent(wallTime: golden.fileVersion.wallTime, step: 0, content: .fileVersion)
        #expect(hexadecimal(version.record) == golden.fileVersion.record)
        let start = TensorBoardEvent(
            wallTime: golden.sessionStart.wallTime, step: golden.sessionStart.step ?? 0, content: .sessionStart)
        #expect(hexadecimal(start.record) == golden.sessionStart.record)
        #expect(golden.scalars.count == 6)
        for expected in golden.scalars {
            let scalars = zip(expected.tags, expected.values).map { TensorBoardEvent.Scalar(tag: $0, value: $1) }
            let event = TensorBoardEvent(wallTime: expected.wallTime, step: expected.step, content: .scalars(scalars))
            #expect(hexadecimal(event.record) == expected.record, "step \(expected.step)")
        }
    }

    /// 1e39 is finite and beyond the largest `Float`.
    @Test func whatIsNotFiniteStaysOut() {
        func record(_ values: [Double]) -> [UInt8] {
            let scalars = values.map { TensorBoardEvent.Scalar(tag: "loss", value: $0) }
            return TensorBoardEvent(wallTime: 1, step: 1, content: .scalars(scalars)).record
        }
        #expect(record([.nan, 2, .infinity, -.infinity, 1e39]) == record([2]))
    }

    @Test func memoryIsThatOfThisProcess() throws {
        #if os(Linux)
        let before = try #require(ResidentMemory.current)
        // 64 MiB, each page touched.
        let pages = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 26, alignment: 4_096)
        for place in stride(from: 0, to: pages.count, by: 4_096) { pages[place] = 1 }
        let after = try #require(ResidentMemory.current)
        let peak = try #require(ResidentMemory.peak)
        #expect(pages[0] == 1)
        pages.deallocate()
        // Other tests of this process allocate and free meanwhile; half is left for them.
        #expect(after - before > 1 << 25)
        // The kernel counts resident pages in batches a thread, so the two figures differ by some hundred pages.
        #expect(peak + 1 << 22 > after)
        #endif
        #expect((ResidentMemory.current ?? 1) > 0)
    }
}
