import Experiments
import Foundation

/// An SVG drawing under construction: a white card with text and shapes, no script, no font of its own.
///
/// The card is white on purpose, so that the chart reads the same on a light and on a dark page. Coordinates are in
/// pixels from the top left corner and are written with at most two decimals.
struct SVGCanvas {
    enum Anchor: String { case start, middle, end }

    let width: Double
    let height: Double
    private var body = ""

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// - Parameter dash: lengths of strokes and gaps; empty for a solid line.
    mutating func polyline(
        _ points: [Point], stroke: String, width: Double = 1.5, opacity: Double = 1, dash: String = "", name: String
    ) {
        guard !points.isEmpty else { return }
        body += "<polyline points=\"\(Self.text(points))\" fill=\"none\" stroke=\"\(stroke)\""
        body += " stroke-width=\"\(Self.text(width))\" stroke-linejoin=\"round\""
        if opacity < 1 { body += " stroke-opacity=\"\(Self.text(opacity))\"" }
        if !dash.isEmpty { body += " stroke-dasharray=\"\(dash)\"" }
        body += "><title>\(Self.escaped(name))</title></polyline>\n"
    }

    mutating func polygon(_ points: [Point], fill: String, opacity: Double, name: String) {
        guard !points.isEmpty else { return }
        body += "<polygon points=\"\(Self.text(points))\" fill=\"\(fill)\" fill-opacity=\"\(Self.text(opacity))\">"
        body += "<title>\(Self.escaped(name))</title></polygon>\n"
    }

    mutating func line(from start: Point, to end: Point, stroke: String, width: Double = 1, dash: String = "") {
        body += "<line x1=\"\(Self.text(start.x))\" y1=\"\(Self.text(start.y))\" x2=\"\(Self.text(end.x))\""
        body += " y2=\"\(Self.text(end.y))\" stroke=\"\(stroke)\" stroke-width=\"\(Self.text(width))\""
        body += (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"") + "/>\n"
    }

    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: String, opacity: Double = 1, stroke: String? = nil
    ) {
        body += "<rect x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(max(0, width)))\""
        body += " height=\"\(Self.text(max(0, height)))\" fill=\"\(fill)\""
        if opacity < 1 { body += " fill-opacity=\"\(Self.text(opacity))\"" }
        body += (stroke.map { " stroke=\"\($0)\"" } ?? "") + "/>\n"
    }

    mutating func circle(_ center: Point, radius: Double, fill: String) {
        body += "<circle cx=\"\(Self.text(center.x))\" cy=\"\(Self.text(center.y))\" r=\"\(Self.text(radius))\""
        body += " fill=\"\(fill)\" stroke=\"#ffffff\" stroke-width=\"1\"/>\n"
    }

    /// One path of many equal marks.
    mutating func marks(_ mark: Mark, at points: [Point], size: Double, color: String, name: String) {
        guard !points.isEmpty else { return }
        let shapes = points.map { mark.path(at: $0, size: size, Self.text) }.joined()
        let paint =
            mark.isOpen
            ? "fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.6\""
            : "fill=\"\(color)\" stroke=\"#ffffff\" stroke-width=\"0.5\""
        body += "<path d=\"\(shapes)\" \(paint)><title>\(Self.escaped(name))</title></path>\n"
    }

    mutating func text(
        _ text: String, at point: Point, size: Double = 12, color: String = Palette.text, anchor: Anchor = .start,
        isBold: Bool = false
    ) {
        body += "<text x=\"\(Self.text(point.x))\" y=\"\(Self.text(point.y))\" font-size=\"\(Self.text(size))\""
        body += " fill=\"\(color)\"" + (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"")
        body += (isBold ? " font-weight=\"600\"" : "") + ">\(Self.escaped(text))</text>\n"
    }

    /// - Parameters:
    ///   - title: what the chart shows, for readers of the screen and of the page alike.
    ///   - description: the same in a sentence or two, for who cannot see it.
    func document(title: String, description: String) -> Data {
        let size = "\(Self.text(width))\" height=\"\(Self.text(height))"
        return Data(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(size)" viewBox="0 0 \(Self.text(width)) \
            \(Self.text(height))" role="img" aria-labelledby="title description" \
            font-family="-apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif">
            <title id="title">\(Self.escaped(title))</title>
            <desc id="description">\(Self.escaped(description))</desc>
            <rect width="\(size)" rx="8" fill="#ffffff"/>
            \(body)</svg>

            """.utf8)
    }

    /// Width of a text in pixels, a little on the safe side: nothing is there to measure fonts.
    static func estimatedWidth(of text: String, size: Double = 12) -> Double { Double(text.count) * size * 0.55 }

    /// At most two decimals, no trailing zeros.
    static func text(_ value: Double) -> String {
        let hundredths = (value * 100).rounded()
        guard hundredths.isFinite, abs(hundredths) < 1e12 else { return "0" }
        return shortestText(hundredths / 100)
    }

    private static func text(_ points: [Point]) -> String {
        points.map { "\(text($0.x)),\(text($0.y))" }.joined(separator: " ")
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

struct Point: Equatable {
    var x: Double
    var y: Double
}
