import Foundation

/// How the bytes of a file are letters. It matters for the names of columns and for blanks within numbers; everything else that
/// is read is ASCII.
package enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    /// Told by its byte order mark, which it must have.
    case utf16 = "utf-16"
    case latin1 = "iso-8859-1"
    case windows1252 = "windows-1252"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case gb18030
    case shiftJIS = "shift_jis"

    /// Reads the name of an encoding as people write it: `latin1`, `UTF8`, `cp1252`.
    package init?(named name: String) {
        let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
        switch key {
        case "utf8", "ascii", "usascii": self = .utf8
        case "utf16", "utf16le", "utf16be": self = .utf16
        case "latin1", "iso88591", "88591": self = .latin1
        case "windows1252", "cp1252", "1252": self = .windows1252
        case "windows1250", "cp1250", "1250": self = .windows1250
        case "windows1251", "cp1251", "1251": self = .windows1251
        case "gb18030", "gbk", "gb2312": self = .gb18030
        case "shiftjis", "sjis", "cp932": self = .shiftJIS
        default: return nil
        }
    }

    private var foundation: String.Encoding? {
        switch self {
        case .utf8, .utf16: nil
        case .latin1: .isoLatin1
        case .windows1252: .windowsCP1252
        case .windows1250: .windowsCP1250
        case .windows1251: .windowsCP1251
        case .gb18030: String.Encoding(rawValue: 0x8000_0632)
        case .shiftJIS: .shiftJIS
        }
    }

    /// The text of some bytes; what cannot be read is repaired.
    func decode(_ bytes: some Collection<UInt8>) -> String {
        guard let foundation else { return String(decoding: bytes, as: UTF8.self) }
        return String(data: Data(bytes), encoding: foundation) ?? String(decoding: bytes, as: UTF8.self)
    }

    /// Whether some bytes are well-formed UTF-8.
    static func isUTF8(_ bytes: some Collection<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
