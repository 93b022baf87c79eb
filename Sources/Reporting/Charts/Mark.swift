/// The shape of a mark in a chart; told apart without colour.
enum Mark {
    case up, down, cross, diamond

    /// Whether the mark is drawn as strokes rather than filled.
    var isOpen: Bool { self == .cross }

    /// SVG path data of the mark around a point.
    func path(at point: Point, size: Double, _ text: (Double) -> String) -> String {
        let half = size / 2
        func at(_ x: Double, _ y: Double) -> String { "\(text(point.x + x)) \(text(point.y + y))" }
        return switch self {
        case .up: "M\(at(0, -half))L\(at(half, half))L\(at(-half, half))Z"
        case .down: "M\(at(0, half))L\(at(half, -half))L\(at(-half, -half))Z"
        case .cross: "M\(at(-half, -half))L\(at(half, half))M\(at(-half, half))L\(at(half, -half))"
        case .diamond: "M\(at(0, -half))L\(at(half, 0))L\(at(0, half))L\(at(-half, 0))Z"
        }
    }
}
