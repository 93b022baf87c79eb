/// One fold: what is learned from, what chooses among what was learned, and what judges the choice. Bars in between are
/// left unused.
package struct Fold: Equatable, Sendable {
    /// Counted from 1.
    package let number: Int
    /// Bars whose prices and features may be learned from.
    package let training: Range<Int>
    /// The last part of the past, held out for choosing the checkpoint; empty where nothing is chosen.
    package let validation: Range<Int>
    /// Bars whose returns are counted; the first decision falls on the bar before.
    package let test: Range<Int>

    package init(number: Int, training: Range<Int>, validation: Range<Int>, test: Range<Int>) {
        self.number = number
        self.training = training
        self.validation = validation
        self.test = test
    }

    /// Bars between the last one that was learned or chosen from and the first one judged.
    package var embargo: Int { test.lowerBound - max(training.upperBound, validation.upperBound) }
}

/// Cuts a history into folds that follow each other in time: each is trained on the past and tested on what came next, and
/// the test spans join into one out-of-sample curve.
package struct WalkForward: Equatable, Sendable {
    package enum Scheme: Equatable, Sendable {
        /// Every training span begins with the first bar.
        case anchored
        /// Every training span has the same length.
        case rolling
    }
    package var scheme: Scheme
    /// Number of test spans.
    package var folds: Int
    /// First bar of the first test span.
    package var firstTestBar: Int
    /// Bars of each test span; nil divides what is there by the number of folds.
    package var testBars: Int?
    /// Bars of a rolling training span, validation included; nil takes all that the first fold has.
    package var trainingBars: Int?
    /// Share of each training span held out for choosing the checkpoint.
    package var validationFraction: Double
    /// Bars between training and test.
    package var embargo: Int

    package init(
        scheme: Scheme, folds: Int, firstTestBar: Int, testBars: Int?, trainingBars: Int?, validationFraction: Double,
        embargo: Int
    ) {
        self.scheme = scheme
        self.folds = folds
        self.firstTestBar = firstTestBar
        self.testBars = testBars
        self.trainingBars = trainingBars
        self.validationFraction = validationFraction
        self.embargo = embargo
    }

    /// The least that a fold must hold to be worth its name.
    package struct Needs: Equatable, Sendable {
        /// First bar with a complete observation.
        package var firstUsableBar: Int
        package var trainingBars: Int
        package var validationBars: Int
        package var testBars: Int

        package init(firstUsableBar: Int, trainingBars: Int, validationBars: Int, testBars: Int) {
            self.firstUsableBar = firstUsableBar
            self.trainingBars = trainingBars
            self.validationBars = validationBars
            self.testBars = testBars
        }
    }

    /// The folds, in order of time.
    ///
    /// - Parameters:
    ///   - count: Bars of the history.
    ///   - needs: The least that each fold must hold.
    /// - Throws: `TooFewBars` with what is needed and why.
    package func folds(count: Int, needs: Needs) throws -> [Fold] {
        let available = count - firstTestBar
        let length = testBars ?? max(0, available) / folds
        guard length >= needs.testBars, length * folds <= available else {
            let wanted = max(length, needs.testBars) * folds
            throw TooFewBars(
                symbolBars: count, needed: firstTestBar + wanted,
                why: "\(folds) test \(folds == 1 ? "span" : "spans") of \(max(length, needs.testBars)) bars after the "
                    + "\(firstTestBar) bars before the first of them")
        }
        let end = firstTestBar - embargo
        let validation = max(needs.validationBars, Int((Double(trainingBars ?? end) * validationFraction).rounded()))
        let heldOut = needs.validationBars == 0 ? 0 : validation
        let least = needs.firstUsableBar + needs.trainingBars + heldOut + embargo
        guard firstTestBar >= least, (trainingBars ?? end) >= heldOut + needs.trainingBars else {
            throw TooFewBars(
                symbolBars: count, needed: least + length * folds,
                why: "before the first test bar (number \(firstTestBar + 1)) come \(needs.firstUsableBar) bars of "
                    + "warm-up, at least \(needs.trainingBars) to learn from, \(heldOut) to choose the checkpoint and an "
                    + "embargo of \(embargo): \(least) in all")
        }
        return (0..<folds).map { index in
            let first = firstTestBar + index * length
            let last = testBars == nil && index == folds - 1 ? count : first + length
            let end = first - embargo
            let begin =
                switch scheme {
                case .anchored: 0
                case .rolling: max(0, end - (trainingBars ?? (firstTestBar - embargo)))
                }
            let split =
                heldOut == 0
                ? end : end - max(needs.validationBars, Int((Double(end - begin) * validationFraction).rounded()))
            return Fold(
                number: index + 1, training: max(begin, min(needs.firstUsableBar, split))..<split,
                validation: split..<end, test: first..<last)
        }
    }
}

/// A history too short for the folds that were asked for.
package struct TooFewBars: Error, Equatable, CustomStringConvertible {
    package var symbolBars: Int
    package var needed: Int
    package var why: String

    package init(symbolBars: Int, needed: Int, why: String) {
        self.symbolBars = symbolBars
        self.needed = needed
        self.why = why
    }

    package var description: String { "\(symbolBars) bars are too few: \(needed) are needed (\(why))" }
}
