/// The rules for the names of assets: `AAPL`, `BRK.B`, `^GSPC`, `EURUSD=X`, `BTC/USDT`.
package enum Symbol {
    /// The rule of `isLegal`, for messages.
    package static let rule =
        "A symbol has 1 to 32 of the characters A-Z a-z 0-9 . ^ = _ - & : and a letter or digit among them; one / may stand "
        + "between two parts."

    /// Whether some text may be a symbol, which never can be a path to somewhere.
    package static func isLegal(_ text: some Collection<UInt8>) -> Bool {
        guard (1...32).contains(text.count), text.contains(where: isAlphanumeric),
            text.allSatisfy({ isAlphanumeric($0) || ".^=_-&:/".utf8.contains($0) })
        else { return false }
        let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 1 || (parts.count == 2 && parts.allSatisfy { $0.first.map(isAlphanumeric) == true })
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// The name of a file without its folder and its last extension.
    static func stem(ofFile path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
        return String(name[..<dot])
    }
}
