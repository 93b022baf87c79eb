/// The signs and codes of currencies that stand before or behind prices.
enum CurrencySigns {
    /// The length of the sign or code at a place of a cell, 0 where there is none.
    static func length(in cell: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        guard position < cell.count, !cell.hasDigit(at: position) else { return 0 }
        switch cell[position] {
        case UInt8(ascii: "$"): return 1
        // € in Windows-1252; £, ¤ (€ in Latin-9) and ¥ in Latin-1.
        case 0x80, 0xA3, 0xA4, 0xA5: return 1
        case 0xC2: return cell.has("£", at: position) || cell.has("¥", at: position) ? 2 : 0
        case 0xE2: return isInCurrencyBlock(cell, at: position) ? 3 : 0
        case 0xE0: return cell.has("฿", at: position) ? 3 : 0
        default: break
        }
        // The last letter of a cell is no currency but perhaps a multiplier: this spares the search.
        guard position + 1 < cell.count else { return 0 }
        for word in words where cell.has(word, at: position) {
            let end = position + word.utf8CodeUnitCount
            return cell.hasLetter(at: end) ? 0 : end - position
        }
        return 0
    }

    /// U+20A0 to U+20CF, the block “Currency Symbols” of Unicode: € ₹ ₩ ₽ ₺ ₫ ₪ ₿ and the others.
    private static func isInCurrencyBlock(_ cell: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position + 2 < cell.count else { return false }
        switch cell[position + 1] {
        case 0x82: return (0xA0...0xBF).contains(cell[position + 2])
        case 0x83: return (0x80...0x8F).contains(cell[position + 2])
        default: return false
        }
    }

    /// A word stands behind the longer ones that begin with it.
    private static let words: [StaticString] = [
        "USDT", "USDC", "USD", "EUR", "GBP", "GBX", "GBp", "JPY", "CNY", "CNH", "HKD", "CHF", "CAD", "AUD", "NZD",
        "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RUB", "TRY", "INR", "KRW", "TWD", "SGD", "BRL", "MXN", "ZAR", "ILS",
        "THB", "IDR", "MYR", "PHP", "VND", "SAR", "AED", "BTC", "ETH", "US$", "A$", "C$", "HK$", "NZ$", "NT$", "S$",
        "R$", "zł", "kr.", "kr", "Kč", "Rs.", "Rs", "RM", "Fr.",
    ]
}
