import Foundation
import MarketData
import Testing

/// What users read when a file is wrong. The wording is part of the product, so it is pinned.
@Suite struct PriceFileErrorTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The message about a file with this content, its folder left out; nil if it is accepted.
    private func message(_ bytes: some Sequence<UInt8>, name: String = "f.csv") throws -> String? {
        let path = try folder.file(name, bytes)
        return message(path)
    }

    private func message(_ path: String, symbol: String? = nil) -> String? {
        do throws(PriceFileError) {
            var reader = reader
            reader.options.symbol = symbol
            _ = try reader.read(path)
            return nil
        } catch {
            return "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
        }
    }

    @Test(arguments: [
        (
            "date,close\n2008-10-10,x\n",
            """
            f.csv:2:12: error: close 'x' is not a number
              2008-10-10,x
                         ^
            Correct the cell or remove the row.
            """
        ),
        (
            "date,symbol,open,high,low,close,volume\n2024-01-02,A,10,9,10,9.5,1\n",
            """
            f.csv:2:17: error: high 9 is below low 10
              2024-01-02,A,10,9,10,9.5,1
                              ^
            Correct the row or remove it; nothing of the file was stored.
            """
        ),
        (
            "date,symbol,close\n2024-01-02,../../etc/x,1\n",
            """
            f.csv:2:12: error: '../../etc/x' is not a symbol
              2024-01-02,../../etc/x,1
                         ^
            A symbol has 1 to 32 of the characters A-Z a-z 0-9 . ^ = _ - & : and a letter or digit among them; one / may \
            stand between two parts.
            """
        ),
        (
            "date,close\n2023-02-30,1\n",
            """
            f.csv:2:1: error: '2023-02-30' is not a date (February 2023 has 28 days)
              2023-02-30,1
              ^
            Correct the date or remove the row.
            """
        ),
        (
            "date,close\n2023-02-27,1\n02/28/2023,1\n",
            """
            f.csv:3:1: error: '02/28/2023' is not in the form YYYY-MM-DD of the lines before
              02/28/2023,1
              ^
            All times of a file must be written in one form: rewrite the row or remove it.
            """
        ),
        (
            "date,close\n01/02/2023,1\n01/03/2023,1\n",
            """
            f.csv:2:1: error: '01/02/2023' may be 1 February or 2 January: all rows fit DD/MM/YYYY and MM/DD/YYYY
            State which it is: --date-format dmy or --date-format mdy.
            """
        ),
        (
            "date,close\nsoon,1\n",
            """
            f.csv:2:1: error: 'soon' is not a date or time in a form that is understood
            Write dates as YYYY-MM-DD, or state their form, such as --date-format 'DD.MM.YYYY HH:MM'.
            """
        ),
        (
            "date,close\n3023-02-28,1\n",
            """
            f.csv:2:1: error: year 3023 is not in 1800...2025 (typing error?)
              3023-02-28,1
              ^
            Correct the date or remove the row.
            """
        ),
        (
            "date,close,volume\n2024-01-02,1,many\n",
            """
            f.csv:2:14: error: volume 'many' is not a number
              2024-01-02,1,many
                           ^
            Correct the cell or remove the row.
            """
        ),
        (
            "date,close,volume\n2024-01-02,1\n",
            """
            f.csv:2:1: error: line 2 has 2 fields, the header 3
              2024-01-02,1
              ^
            A field for each column, empty where nothing is known; was the file cut off, or another separator used?
            """
        ),
        (
            "date,close\n2024-01-02,1\n2024-01-02,2\n",
            """
            f.csv:3:1: error: f at 2024-01-02 is already on line 2, where close is 1.0, not 2.0
            Remove the wrong one of the two rows, or state the column of symbols with --columns symbol=NAME if the file \
            has several; nothing of the file was stored.
            """
        ),
        (
            "name,age,city\nx,1,y\n",
            """
            f.csv:1:1: error: no date column and no close column; found: name, age, city
              name,age,city
              ^
            One row must name the columns, such as date,symbol,open,high,low,close,volume; or state them with --columns \
            date=…,close=….
            """
        ),
        (
            "Date,Foo,Volume,Open\n2024-01-02,1,1,1\n",
            """
            f.csv:1:1: error: no close column; found: Date, Foo, Volume, Open
              Date,Foo,Volume,Open
              ^
            State it, for example with --columns close=Foo; where every column is a symbol, say so with --wide close.
            """
        ),
        (
            "2024-01-02,1,3,1,2\n2024-01-03,2,3,1,2\n",
            """
            f.csv:1:1: error: line 1 is data, there is no header
              2024-01-02,1,3,1,2
              ^
            State the columns by number, for example with --columns date=1,close=2.
            """
        ),
        (
            "date,close\n2024-01-02,12345,67\n",
            """
            f.csv:2:1: error: the header has 2 names, line 2 has 3 fields (decimal commas?)
            Put numbers with a decimal comma in quotes, or name all columns.
            """
        ),
        (
            "date,close\n2024-01-02,0\n",
            """
            f.csv:2:12: error: close '0' is zero
              2024-01-02,0
                         ^
            A price is above zero: correct the row or remove it.
            """
        ),
        (
            "date,close\n2024-01-02,NaN\n",
            """
            f.csv:2:12: error: close 'NaN' is not a finite number
              2024-01-02,NaN
                         ^
            Correct the cell or remove the row, or take NaN as missing with --missing skip.
            """
        ),
        (
            "date,close,split\n2024-01-02,1,0\n2024-01-03,1,half\n",
            """
            f.csv:3:14: error: split is 'half', expected a split such as 4.0 or 4:1
              2024-01-03,1,half
                           ^
            Correct the cell, or empty it where there was no split.
            """
        ),
        (
            "date,close,dividend\n2024-01-03,1,some\n",
            """
            f.csv:2:14: error: dividend is 'some', expected cash for each share such as 0.24
              2024-01-03,1,some
                           ^
            Correct the cell, or empty it where there was no dividend.
            """
        ),
        (
            "date,close,Close\n2024-01-02,1,2\n",
            """
            f.csv:1:12: error: columns 'close' and 'Close' say the same thing
              date,close,Close
                         ^
            Keep one of them, or state which one counts with --columns.
            """
        ),
        (
            "date,A,A\n2024-01-02,1,2\n",
            """
            f.csv:1:8: error: symbol 'A' has two columns
              date,A,A
                     ^
            Keep one of them.
            """
        ),
        (
            "date,close,note\n2024-01-02,1,\"x\"y\n",
            """
            f.csv:2:17: error: text after a closing quote
              2024-01-02,1,"x"y
                              ^
            Put the whole field in quotes and double those within it, or remove them.
            """
        ),
        (
            "date,symbol,close\n2024-01-02,\"A,1\n2024-01-03,A,2\n",
            """
            f.csv:2:12: error: the quote opened on line 2 is never closed
              2024-01-02,"A,1
                         ^
            Close it, or remove it.
            """
        ),
        (
            "date,close\n2024-01-02,1\u{0}\n",
            """
            f.csv:2:13: error: NUL byte in line 2
              2024-01-02,1
                          ^
            The file is damaged, or was never finished: download or export it again.
            """
        ),
        ("", "f.csv: error: is empty\nDownload or export the file again."),
        ("\n \n\n", "f.csv: error: holds nothing but blanks\nDownload or export the file again."),
        ("date,close\n", "f.csv:1:1: error: has a header and no rows\nDownload or export the file again."),
        ("date,A\n2024-01-02,\n", "f.csv:1:1: error: has no price in any row\nDownload or export the file again."),
        (
            "  <!DOCTYPE html><html>",
            "f.csv:1:1: error: is an HTML page, not a CSV file\nThe download failed or needs a login: repeat it."
        ),
        (
            "PK\u{3}\u{4}xl",
            "f.csv:1:1: error: is an Excel workbook or another zip archive\nExport or unpack it as CSV."
        ),
    ])
    func namesThePlaceAndTheRemedy(_ content: String, _ expected: String) throws {
        #expect(try message(content.utf8) == expected)
    }

    @Test func namesForeignFiles() throws {
        #expect(
            try message([0x1F, 0x8B, 8, 0, 0]) == "f.csv:1:1: error: is gzip-compressed\nUnpack it first, with gunzip.")
        #expect(
            try message("date,close".utf8.flatMap { [$0, 0] })
                == "f.csv:1:1: error: is UTF-16 text without a byte order mark\nSave it as UTF-8.")
        #expect(try message(#"[{"date":1}]"#.utf8)?.hasPrefix("f.csv:1:1: error: is JSON, not a CSV file") == true)
    }

    @Test func namesFilesThatCannotBeRead() throws {
        #expect(message(folder.path + "/no.csv") == "no.csv: error: no such file\nCheck the name and the folder.")
        try FileManager.default.createDirectory(atPath: folder.path + "/sub", withIntermediateDirectories: false)
        let path = folder.path + "/sub"
        #expect(
            message(path) == "sub: error: is a folder, not a file\nName the files in it, for example with sub/*.csv.")
    }

    @Test func asksForASymbolWhereNothingNamesOne() throws {
        #expect(
            try message("Date,Close\n2024-01-02,1\n".utf8, name: "table (1).csv")
                == """
                table (1).csv:1:1: error: the file names no symbol, and its own name 'table (1)' is none
                  Date,Close
                  ^
                State the symbol with --symbol.
                """)
    }

    @Test func refusesASymbolThatTheFileContradicts() throws {
        let path = try folder.file("f.csv", "date,symbol,close\n2024-01-02,A,1\n")
        #expect(
            message(path, symbol: "B") == """
                f.csv:1:6: error: the file names its symbols itself, in column 'symbol'
                  date,symbol,close
                       ^
                Leave out --symbol.
                """)
        #expect(
            message(path, symbol: "..")?.hasPrefix("f.csv: error: '..', stated for this file, is not a symbol") == true)
        let wide = try folder.file("w.csv", "date,A,B\n2024-01-02,1,2\n")
        #expect(
            message(wide, symbol: "B")?.hasPrefix("w.csv:1:1: error: the file names its symbols itself, in its header")
                == true)
    }

    /// What Swift's own parsing would let through, and more.
    @Test(arguments: [
        "0x1F", "inf", "Infinity", "-Infinity", "nan", "NaN", "abc", "142.13A", "142.1.3", "１４２", "−142.13", "10 00",
        "5 %",
        "1e", "1e+", "e5", "+", "--1", "1_000", "0", "-1", "0.0", "-0", "1e400", "1e-400", "$", "5K", "TRUE", "1/2",
        "∞",
    ])
    func refusesWhatIsNoPrice(_ text: String) throws {
        let message = try #require(try message("date,close\n2024-01-02,\(text)\n".utf8))
        #expect(message.hasPrefix("f.csv:2:12: error: close '\(text)'"))
    }

    /// Words for nothing are no prices either: such a row is left out, and a file of nothing else is none.
    @Test(arguments: ["", ".", "-", "null", "N/A", "#N/A", "None"])
    func aRowWithoutAPriceIsNoBar(_ text: String) throws {
        #expect(
            try message("date,close\n2024-01-02,\(text)\n".utf8)
                == "f.csv:1:1: error: has no price in any row\nDownload or export the file again.")
    }

    @Test func showsTheFirstFewProblemsAndCountsThemAll() throws {
        let rows = (10...29).map { "2024-01-\($0),x" }.joined(separator: "\n")
        let message = try #require(try message("date,close\n\(rows)\n".utf8))
        #expect(message.components(separatedBy: ": error: ").count == 6)
        #expect(message.components(separatedBy: "Correct the cell").count == 2, "one remedy serves all")
        #expect(message.hasSuffix("\nAnd 15 more problems in this file."))
    }

    @Test func neverEchoesALongLineOrControlCharacters() throws {
        let long = try #require(try message(String(repeating: "a", count: 300_000).utf8))
        #expect(
            long
                == "f.csv:1:1: error: line 1 is longer than 262144 bytes\nA price file has one row a line; is this one?"
        )
        let field = try #require(try message("date,close\n2024-01-02,\(String(repeating: "9x", count: 2_000))\n".utf8))
        #expect(field.count < 400)
        let commas = try #require(try message("date,close\n\(String(repeating: ",", count: 200_000))\n".utf8))
        #expect(commas.count < 400)
        let control = try #require(try message("date,close\n2024-01-02,\u{1B}[31m\n".utf8))
        #expect(control.contains(#"close '\u{1b}[31m' is not a number"#))
        #expect(!control.contains("\u{1B}"))
        let unclosed = try #require(
            try message("date,close\n2024-01-02,\"\(String(repeating: "9,\n", count: 3_000))".utf8))
        #expect(unclosed.hasPrefix("f.csv:2:12: error: the quote opened on line 2 is never closed"))
    }
}
