import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An SVG, as Foundation's XML parser understands it.
struct SVGDrawing {
    /// All of them, parents before children.
    let elements: [XMLElement]

    init(_ contents: Data) throws {
        let document = try XMLDocument(data: contents)
        func all(_ element: XMLElement) -> [XMLElement] {
            [element] + (element.children ?? []).compactMap { $0 as? XMLElement }.flatMap(all)
        }
        elements = try all(#require(document.rootElement()))
    }

    func all(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }

    /// What shapes say they are, in the order of drawing.
    func names(of kinds: String...) -> [String] {
        elements.filter { kinds.contains($0.name ?? "") }.map { $0.stringValue ?? "" }
    }

    static func attribute(_ element: XMLElement, _ name: String) -> String? {
        element.attributes?.first { $0.name == name }?.stringValue
    }

    static func number(_ element: XMLElement, _ name: String) -> Double {
        attribute(element, name).flatMap(Double.init) ?? 0
    }

    static func points(_ element: XMLElement) -> [(x: Double, y: Double)] {
        (attribute(element, "points") ?? "").split(separator: " ").map { pair in
            let numbers = pair.split(separator: ",").compactMap { Double($0) }
            return (numbers[0], numbers[1])
        }
    }

    /// Everything lies within the view box, texts do not touch, and there is a description.
    func expectSound(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        expectWithinViewBox(path, sourceLocation)
        expectTextsApart(path, sourceLocation)
        #expect(all("desc").contains { $0.stringValue?.isEmpty == false }, "\(path)", sourceLocation: sourceLocation)
    }

    private func expectWithinViewBox(_ path: String, _ sourceLocation: SourceLocation) {
        let (width, height) = (Self.number(elements[0], "width"), Self.number(elements[0], "height"))
        #expect(width > 0 && height > 0, sourceLocation: sourceLocation)
        for element in elements {
            for (x, y) in Self.points(element) {
                #expect(
                    (0...width).contains(x) && (0...height).contains(y), "\(path): \(x), \(y)",
                    sourceLocation: sourceLocation)
            }
            let x = Self.number(element, "x") + Self.number(element, "width")
            let y = Self.number(element, "y") + Self.number(element, "height")
            #expect(
                (0...width + 0.01).contains(x) && (0...height + 0.01).contains(y), "\(path)",
                sourceLocation: sourceLocation)
        }
    }

    private func expectTextsApart(_ path: String, _ sourceLocation: SourceLocation) {
        let boxes = all("text").filter { $0.stringValue?.isEmpty == false }.map { text in
            let size = Self.number(text, "font-size")
            // Half an em is about the mean width of a letter of the fonts named in the file.
            let width = Double(text.stringValue?.count ?? 0) * size * 0.5
            let anchor = Self.attribute(text, "text-anchor")
            let x = Self.number(text, "x") - (anchor == "end" ? width : anchor == "middle" ? width / 2 : 0)
            let y = Self.number(text, "y")
            return (text: text.stringValue ?? "", x: x...(x + width), y: (y - size * 0.8)...y)
        }
        for (index, box) in boxes.enumerated() {
            for other in boxes[..<index] where box.x.overlaps(other.x) && box.y.overlaps(other.y) {
                Issue.record("\(path): '\(box.text)' touches '\(other.text)'", sourceLocation: sourceLocation)
            }
        }
    }
}
