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
    /// - Throws: `TooFewBars` or `TrainingTooShort`, with what is needed and why.
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
        try checkPast(of: firstTestBar - embargo, testBars: length * folds, count: count, needs: needs)
        return (0..<folds).map { index in
            let first = firstTestBar + index * length
            let last = testBars == nil && index == folds - 1 ? count : first + length
            return fold(index + 1, pastEndingAt: first - embargo, test: first..<last, needs)
        }
    }

    /// One fold that learns from the latest bars there are, as the last fold of a backtest that ends there would, and tests
    /// nothing: its test span is empty. Where tests begin, how long they are and the embargo before them are not read.
    ///
    /// - Throws: `TooFewBars` or `TrainingTooShort`, with what is needed and why.
    package func wholePast(count: Int, needs: Needs) throws -> Fold {
        if scheme == .rolling, let trainingBars { try check(trainingBars: trainingBars, warmUp: 0, needs: needs) }
        let fold = fold(1, pastEndingAt: count, test: count..<count, needs)
        guard fold.training.count >= needs.trainingBars else {
            let past = shortestPast(warmUp: needs.firstUsableBar, needs: needs)
            throw TooFewBars(
                symbolBars: count, needed: past,
                why: "\(needs.firstUsableBar) bars of warm-up, at least \(needs.trainingBars) to learn from and "
                    + "\(heldOut(of: past, needs)) to choose the checkpoint")
        }
        return fold
    }

    private func fold(_ number: Int, pastEndingAt end: Int, test: Range<Int>, _ needs: Needs) -> Fold {
        let begin = begin(ofPastEndingAt: end)
        let split = max(0, end - heldOut(of: end - begin, needs))
        return Fold(
            number: number, training: min(split, max(begin, needs.firstUsableBar))..<split, validation: split..<end,
            test: test)
    }

    /// The first bar of the past that a fold may use.
    private func begin(ofPastEndingAt end: Int) -> Int {
        switch scheme {
        case .anchored: 0
        case .rolling: max(0, end - (trainingBars ?? (firstTestBar - embargo)))
        }
    }

    /// Bars of a past of so many that choose the checkpoint.
    private func heldOut(of past: Int, _ needs: Needs) -> Int {
        guard needs.validationBars > 0 else { return 0 }
        return max(needs.validationBars, Int((Double(past) * validationFraction).rounded()))
    }

    /// The shortest past that leaves enough to learn from after `warmUp` bars that cannot be used.
    private func shortestPast(warmUp: Int, needs: Needs) -> Int {
        var past = warmUp + needs.trainingBars + needs.validationBars
        while past - heldOut(of: past, needs) < warmUp + needs.trainingBars { past += 1 }
        return past
    }

    /// Whether a training span of so many bars, of which `warmUp` cannot be used, is worth its name.
    ///
    /// - Throws: `TrainingTooShort`.
    package func check(trainingBars: Int, warmUp: Int, needs: Needs) throws {
        let needed = shortestPast(warmUp: warmUp, needs: needs)
        guard trainingBars >= needed else {
            throw TrainingTooShort(
                trainingBars: trainingBars, needed: needed,
                why: (warmUp > 0 ? "\(warmUp) bars of warm-up, " : "")
                    + "at least \(needs.trainingBars) to learn from and "
                    + "\(heldOut(of: needed, needs)) to choose the checkpoint")
        }
    }

    /// Whether the first fold, which has the shortest past, can be learned from.
    private func checkPast(of end: Int, testBars: Int, count: Int, needs: Needs) throws {
        if scheme == .rolling, let trainingBars { try check(trainingBars: trainingBars, warmUp: 0, needs: needs) }
        let begin = begin(ofPastEndingAt: end)
        let training = end - heldOut(of: end - begin, needs) - max(begin, needs.firstUsableBar)
        guard training >= needs.trainingBars else {
            let past = shortestPast(warmUp: needs.firstUsableBar, needs: needs)
            throw TooFewBars(
                symbolBars: count, needed: past + embargo + testBars,
                why: "before the first test bar (number \(firstTestBar + 1)) come \(needs.firstUsableBar) bars of "
                    + "warm-up, at least \(needs.trainingBars) to learn from, \(heldOut(of: past, needs)) to choose the "
                    + "checkpoint and an embargo of \(embargo): \(past + embargo) in all")
        }
    }
}

/// A training span too short for what is asked of it, however long the history.
package struct TrainingTooShort: Error, Equatable, CustomStringConvertible {
    package var trainingBars: Int
    package var needed: Int
    package var why: String

    package var description: String {
        "walkForward.trainingBars is \(trainingBars), but at least \(needed) are needed: \(why)"
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

    package var description: String {
        "\(symbolBars) \(symbolBars == 1 ? "bar is" : "bars are") too few: \(needed) are needed (\(why))"
    }
}
