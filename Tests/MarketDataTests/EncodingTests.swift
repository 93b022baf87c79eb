import Foundation
import MarketData
import Testing

/// Letters beyond ASCII matter in the names of columns; what bytes they are is stated or found out.
@Suite struct EncodingTests {
    private static let headers: [(encoding: String.Encoding, name: String, header: String)] = [
        (.windowsCP1252, "windows-1252", "Datum;Eröffnung;Hoch;Tief;Schlusskurs;Stücke"),
        (.windowsCP1250, "windows-1250", "Data;Otwarcie;Najwyższy;Najniższy;Zamknięcie;Wolumen"),
        (.windowsCP1251, "windows-1251", "Дата;Открытие;Макс.;Мин.;Цена;Объём"),
        (.shiftJIS, "shift_jis", "日付;始値;高値;安値;終値;出来高"),
        (String.Encoding(rawValue: 0x8000_0632), "gb18030", "日期;开盘;最高;最低;收盘;成交量"),
    ]

    private static func bytes(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
        Array(try #require(text.data(using: encoding)))
    }

    @Test(arguments: headers.indices) func isFoundByTheNamesOfColumns(_ index: Int) throws {
        let (encoding, name, header) = Self.headers[index]
        let text = header + "\n13.01.2023;1,5;3;1;2;1.000\n"
        let file = try parsed(Self.bytes(text, encoding))
        #expect(file.csv() == "2023-01-13,TEST,1.5,3,1,2,1000\n")
        #expect(file.summary.decisions.contains("not UTF-8: read as \(name)"))
        // Stated, and in UTF-8, it needs no decision.
        let stated = try parsed(Self.bytes(text, encoding)) { $0.encoding = TextEncoding(named: name) }
        #expect(stated.csv() == file.csv())
        let plain = try parsed(text)
        #expect(plain.csv() == file.csv())
        #expect(!(plain.summary.decisions + stated.summary.decisions).contains { $0.contains("UTF-8") })
    }

    @Test func utf16WithAMark() throws {
        let text = "Date,Clôture 日\n2024-01-02,1.5\n".replacingOccurrences(of: " 日", with: "")
        let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for bytes in [little, big] {
            let file = try parsed(bytes)
            #expect(file.csv() == "2024-01-02,TEST,,,,1.5,\n")
            #expect(file.summary.decisions.contains("close is 'Clôture'"))
            // The hash is of the file, not of what it was turned into.
            #expect(file.summary.fingerprint == SHA256.hexadecimal(of: bytes))
        }
        // An odd byte at the end and half a surrogate pair are no reason to stop.
        #expect(try parsed(little + [0x31]).series[0].rows.count == 1)
        #expect(try parsed(little + [0x20, 0xD8]).series[0].rows.count == 1)
    }

    @Test func namesOfEncodings() {
        let names = [
            "latin1": TextEncoding.latin1, "ISO-8859-1": .latin1, "UTF8": .utf8, "cp1250": .windows1250,
            "gbk": .gb18030,
        ]
        for (name, encoding) in names { #expect(TextEncoding(named: name) == encoding, "\(name)") }
        for encoding in TextEncoding.allCases { #expect(TextEncoding(named: encoding.rawValue) == encoding) }
        #expect(TextEncoding(named: "ebcdic") == nil && TextEncoding(named: "") == nil)
    }

    @Test func bytesThatAreNoTextAreShownRepaired() throws {
        let message = try #require(
            #expect(throws: PriceFileError.self) {
                try parsed(Array("date,close\n2024-01-02,".utf8) + [0xFF, 0xC3, 0x0A])
            })
        #expect("\(message)".contains("is not a number") && "\(message)".contains("\u{FFFD}"))
    }
}
