/// Colours that readers with any colour vision tell apart.
///
/// - SeeAlso: Okabe and Ito, “Color universal design”, 2008.
enum Palette {
    static let blue = "#0072B2"
    static let vermilion = "#D55E00"
    static let green = "#009E73"
    static let purple = "#CC79A7"
    static let orange = "#E69F00"
    static let sky = "#56B4E9"
    static let gray = "#9A9A9A"
    static let black = "#1F1F1F"

    static let text = "#1F2328"
    static let mutedText = "#57606A"
    static let grid = "#E4E7EB"
    static let axis = "#8C959F"

    /// For lines that stand beside each other as equals, such as seeds.
    static let series = [blue, vermilion, green, purple, orange, sky, black]

    /// Pale yellow of the same set is too faint on white and is left out.
    static func series(_ index: Int) -> String { series[index % series.count] }

    /// For areas that touch each other, lighter than lines.
    static func area(_ index: Int) -> String {
        ["#5B9BC8", "#E39A62", "#5DB89B", "#D9A3BF", "#EBC15F", "#8FC7E8", "#8C8C8C", "#B5A642"][index % 8]
    }
}

/// How a strategy's line looks in every chart.
struct LineStyle {
    let color: String
    let dash: String
    /// Drawn as one thin line for each seed, behind all others.
    let isBackground: Bool

    static let strategy = LineStyle(color: Palette.blue, dash: "", isBackground: false)

    /// - Parameter index: position among the baselines.
    static func baseline(_ name: String, index: Int) -> LineStyle {
        switch name {
        case "buy-and-hold", "ubah": LineStyle(color: Palette.vermilion, dash: "", isBackground: false)
        case "moving-average-crossover": LineStyle(color: Palette.green, dash: "6 3", isBackground: false)
        case "random": LineStyle(color: Palette.gray, dash: "", isBackground: true)
        default:
            LineStyle(
                color: [Palette.purple, Palette.orange, Palette.sky, Palette.black][index % 4], dash: "2 3",
                isBackground: false)
        }
    }
}
