/// Finds out which decimal mark a file uses, from the cells of its price and volume columns.
///
/// A cell is evidence where it is a number with one mark only: `1,234.56` and `0.5` with the point, `12,5` and `94.320.700`
/// with the comma. `3,854` can be either, and so can `3.854`. The latter is how most files write a fraction, so it raises a
/// question only where fields are separated by semicolons, as they are where the comma is the decimal mark.
package struct NumberSurvey {
    /// Cells that can be read in two ways, and none that decides between them.
    package struct Failure: Error, Equatable, Sendable {
        /// The first such cell, in quotes.
        package let text: String
        package let line: Int
        package let column: Int

        package var message: String {
            text.contains(",")
                ? "\(text): thousands separator or decimal comma? both are possible"
                : "\(text): decimal point or thousands separator? both are possible"
        }
        package var remedy: String { "State which it is: --decimal point or --decimal comma." }
    }

    private var decimal: DecimalMark?
    private var separator: DigitSeparator?
    private var hasCurrency = false
    private var ambiguity: Failure?

    private let asksOnPoints: Bool

    /// - Parameters:
    ///   - stated: the mark the user stated, which settles the matter.
    ///   - asksOnPoints: whether `3.854` raises a question too.
    package init(stated: DecimalMark?, asksOnPoints: Bool = false) {
        decimal = stated
        self.asksOnPoints = asksOnPoints
    }

    /// Whether no further cell can change the mark. The first cell to decide does so for the file; later ones that
    /// contradict it become problems.
    package var isSettled: Bool { decimal != nil }

    /// Takes in a cell.
    /// - Parameters:
    ///   - line, column: where it stands, for the failure.
    package mutating func add(_ cell: UnsafeBufferPointer<UInt8>, line: Int, column: Int) {
        guard cell.contains(where: { decimalDigit($0) == nil }) else { return }
        let withPoint = NumberScanner.notation(of: cell, .init(decimal: .point, allowsMultiplier: true))
        let withComma = NumberScanner.notation(of: cell, .init(decimal: .comma, allowsMultiplier: true))
        switch (withPoint, withComma) {
        case (let notation?, nil):
            note(notation, .point)
        case (nil, let notation?):
            note(notation, .comma)
        case (let pointed?, let notation?):
            hasCurrency = hasCurrency || notation.hasCurrency
            // Blanks and apostrophes separate thousands whatever the mark.
            if notation.separator == .blank || notation.separator == .apostrophe { separator = notation.separator }
            if notation.hasDecimalMark || (asksOnPoints && pointed.hasDecimalMark), ambiguity == nil {
                ambiguity = Failure(text: Excerpt.quoted(cell), line: line, column: column)
            }
        case (nil, nil):
            return
        }
    }

    private mutating func note(_ notation: NumberScanner.Notation, _ mark: DecimalMark) {
        if decimal == nil { decimal = mark }
        guard decimal == mark else { return }
        hasCurrency = hasCurrency || notation.hasCurrency
        separator = separator ?? notation.separator
    }

    /// How the file writes its numbers: with the mark that was stated or that a cell proves, otherwise with the point.
    package func decide() throws(Failure) -> NumberForm {
        if decimal == nil, let ambiguity { throw ambiguity }
        return NumberForm(decimal: decimal ?? .point, separator: separator, hasCurrency: hasCurrency)
    }
}
