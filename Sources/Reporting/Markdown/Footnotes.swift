/// Numbered remarks below a table; the same remark keeps its number.
///
/// Written as plain superscript digits, which every viewer shows.
struct Footnotes {
    private var remarks: [String] = []

    /// The mark for a remark.
    mutating func mark(_ remark: String) -> String {
        let index =
            remarks.firstIndex(of: remark)
            ?? {
                remarks.append(remark)
                return remarks.count - 1
            }()
        return Self.superscript(index + 1)
    }

    /// One paragraph; nil without a remark.
    var text: String? {
        if remarks.isEmpty { return nil }
        return remarks.enumerated()
            .map { "\(Self.superscript($0.offset + 1)) \(Markdown.escaped($0.element))." }
            .joined(separator: "<br>\n")
    }

    private static func superscript(_ number: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }
}
