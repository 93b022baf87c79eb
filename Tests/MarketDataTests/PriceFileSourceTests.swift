import Foundation
import MarketData
import Testing

/// Where the bytes of a price file come from: files, pipes, pieces of any size; line ends and NUL bytes anywhere.
@Suite struct PriceFileSourceTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// As much text as several pieces of a file.
    private func longText(
        end: String = "\n", bars: Int = 3_000, note: String = String(repeating: "x", count: 200)
    ) -> String {
        var text = "Date,Close,Note\(end)"
        for index in 0..<bars {
            let time = Timestamp(seconds: day("2010-01-01").seconds + Int64(index) * 86_400)
            text += "\(time),\(100 + index % 10),\(note)\(end)"
        }
        return text
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func lineEndsFallAnywhere(_ end: String) throws {
        // Pieces are of 262,144 bytes: the end of a line is moved over their border byte by byte.
        let text = Array(longText(end: end, bars: 1_500).utf8)
        let border = 262_144
        let last = try #require(text[..<(border - 10)].lastIndex(of: Array(end.utf8)[0]))
        for shift in -1...2 {
            let pad = border - 1 - last + shift - end.utf8.count
            let padded = Array((String(repeating: "#", count: pad) + end).utf8) + text
            let series = try reader.read(folder.file("TEST.csv", padded)).series[0]
            #expect(series.rows.count == 1_500)
            #expect(series.rows.map(\.line) == Array(3..<1_503), "shift \(shift)")
        }
    }

    @Test func theLastLineNeedsNoEnd() throws {
        for text in ["Date,Close\n2024-01-02,1", "Date,Close\r\n2024-01-02,1\r", "Date,Close\n2024-01-02,\"1\""] {
            #expect(try parsed(text).csv() == "2024-01-02,TEST,,,,1,\n")
        }
    }

    @Test func aByteOrderMarkIsSkippedOnlyAtTheStart() throws {
        #expect(try parsed("\u{FEFF}Date,Close\n2024-01-02,1\n").series[0].rows.map(\.line) == [2])
        #expect(try refusal(of: "Date,Close\n\u{FEFF}2024-01-02,1\n") != nil)
    }

    @Test func aNULByteIsRefusedWhereverItStands() throws {
        let good = Array("Date,Close\n2024-01-02,1\n2024-01-03,2\n".utf8)
        for place in 0...good.count {
            var bytes = good
            bytes.insert(0, at: place)
            let error = #expect(throws: PriceFileError.self) { try parsed(bytes) }
            let line = good[..<place].count { $0 == 10 } + 1
            #expect(error?.problems.first?.line == line, "place \(place)")
            #expect(error?.problems.first?.message.hasPrefix("NUL byte") == true, "place \(place)")
        }
    }

    @Test func everyBeginningOfAFileIsReadOrRefused() throws {
        let whole = Array("sep=;\r\nDate;\"Close\";Volume\r\n03.01.2024;1,5;1.000\r\n14.01.2024;\"2,5\";7\r\n".utf8)
        var taken = 0
        for count in 0...whole.count {
            do {
                _ = try parsed(Array(whole[..<count]))
                taken += 1
            } catch let error as PriceFileError {
                #expect(!"\(error)".isEmpty)
            }
        }
        #expect(taken >= 3)
    }

    // MARK: - Pipes

    /// Writes bytes into a pipe with a name, in pieces, on another thread.
    private func pipe(_ name: String, _ bytes: [UInt8], pieces: Int) throws -> String {
        let path = "\(folder.path)/\(name)"
        #expect(mkfifo(path, 0o600) == 0)
        // A reader that stops early must not end the tests.
        signal(SIGPIPE, SIG_IGN)
        Thread.detachNewThread {
            guard let handle = FileHandle(forWritingAtPath: path) else { return }
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + pieces)
                try? handle.write(contentsOf: Data(bytes[start..<end]))
                start = end
            }
            try? handle.close()
        }
        return path
    }

    @Test(arguments: [7, 4_096, 1_000_000]) func aPipeIsReadAsAFile(_ pieces: Int) throws {
        // Longer than what is looked at for the layout, so that it is read in part from where it was kept.
        let bytes = Array(longText(bars: pieces < 100 ? 60 : 4_000).utf8)
        let file = try reader.read(folder.file("FILE.csv", bytes))
        let piped = try reader.read(pipe("FILE.pipe", bytes, pieces: pieces))
        #expect(piped.csv() == file.csv())
        #expect(piped.summary.fingerprint == file.summary.fingerprint)
        #expect(file.summary.fingerprint == SHA256.hexadecimal(of: bytes))
    }

    @Test func aPipeOfAmbiguousDatesIsLookedAtToItsEnd() throws {
        let rows = (0..<40_000).map { index in "0\(1 + index % 2)/0\(1 + index % 3)/\(1900 + index % 100),1,\(index)\n"
        }
        let text = "Date,Close,Number\n" + rows.joined()
        let message = try #require(
            #expect(throws: PriceFileError.self) { try reader.read(pipe("A.pipe", Array(text.utf8), pieces: 65_536)) })
        #expect("\(message)".contains("--date-format dmy or --date-format mdy"))
        // The last row decides.
        let decided = "Date,Symbol,Close\n01/02/2024,A,1\n02/03/2024,A,2\n" + "14/03/2024,A,2\n"
        #expect(try reader.read(pipe("B.pipe", Array(decided.utf8), pieces: 5)).series[0].rows.count == 3)
    }

    @Test func aPipeGoesIntoTheStoreWhateverItsOrder() throws {
        let store = try folder.store()
        var text = "Date,Symbol,Close\n"
        for symbol in ["A", "B"] {
            for index in 0..<700 { text += "\(Timestamp(seconds: Int64(index) * 86_400)),\(symbol),\(1 + index % 3)\n" }
        }
        text += "2020-01-01,A,2\n"
        var report = IngestReport()
        try store.ingest([pipe("x.pipe", Array(text.utf8), pieces: 10_000)], with: reader, report: &report)
        #expect(report.files.map(\.verdict) == [.warned])
        #expect(try store.symbols().map(\.bars) == [701, 700])
    }

    // MARK: - Symbols that return

    /// Two symbols one after the other, long enough that the first is stored before the file is read to its end.
    private func ordered(_ stray: String) -> String {
        var text = "Date,Symbol,Close\n"
        for symbol in ["A", "B", "C"] {
            for index in 0..<600 {
                text +=
                    "\(Timestamp(seconds: day("2020-01-01").seconds + Int64(index) * 86_400)),\(symbol),\(1 + index % 3)\n"
            }
        }
        return text + stray
    }

    @Test func aStrayRowAtTheEndFindsItsSymbol() throws {
        let store = try folder.store()
        let path = try folder.file("x.csv", ordered("2022-01-01,A,7\n"))
        var report = IngestReport()
        try store.ingest([path], with: reader, isDryRun: true, report: &report)
        try store.ingest([path], with: reader, report: &report)
        #expect(report.files.map { $0.symbols.map(\.inserted) } == [[601, 600, 600], [601, 600, 600]])
        #expect(try store.symbols().map(\.bars) == [601, 600, 600])
        #expect(try store.rows(of: "A").last?.close == 7)
        // Without it the same bars come by the shorter way.
        let other = try folder.store(named: "other.sqlite")
        try other.ingest([folder.file("y.csv", ordered(""))], with: reader, report: &report)
        #expect(try other.rows(of: "A").map(\.close) == store.rows(of: "A").dropLast().map(\.close))
    }

    @Test func aStrayRowThatContradictsRefusesTheFile() throws {
        let store = try folder.store()
        var report = IngestReport()
        try store.ingest([folder.file("x.csv", ordered("2020-01-01,A,7\n"))], with: reader, report: &report)
        #expect(report.hasRefusals)
        #expect(report.files[0].error?.message.contains("A at 2020-01-01 is already on line 2") == true)
        #expect(try store.symbols().isEmpty)
    }

    @Test func anErrorAtTheEndTakesBackWhatWasStored() throws {
        let store = try folder.store()
        for stray in ["2022-01-01,A,x\n", "2022-01-01,A\n", "2022-01-01,D,1\0", "2022-01-01,\"D,1"] {
            var report = IngestReport()
            try store.ingest([folder.file("x.csv", ordered(stray))], with: reader, report: &report)
            #expect(report.files[0].error?.line == 1_802)
            #expect(try store.symbols().isEmpty)
        }
    }
}
