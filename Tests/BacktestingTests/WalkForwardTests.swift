import Backtesting
import RandomNumbers
import Testing

private let needs = WalkForward.Needs(firstUsableBar: 10, trainingBars: 50, validationBars: 20, testBars: 20)

@Test func anchoredFoldsByHand() throws {
    // 1,000 bars, the first test bar is number 400: three spans of 200, embargo 20, a fifth held out.
    let folds = try WalkForward(
        scheme: .anchored, folds: 3, firstTestBar: 400, testBars: nil, trainingBars: nil, validationFraction: 0.2,
        embargo: 20
    ).folds(count: 1000, needs: needs)
    #expect(
        folds == [
            // 380 bars of past: 76 of them held out.
            Fold(number: 1, training: 10..<304, validation: 304..<380, test: 400..<600),
            Fold(number: 2, training: 10..<464, validation: 464..<580, test: 600..<800),
            Fold(number: 3, training: 10..<624, validation: 624..<780, test: 800..<1000),
        ])
    #expect(folds.allSatisfy { $0.embargo == 20 })
}

@Test func theWholePastIsAFoldWithoutATest() throws {
    func past(_ scheme: WalkForward.Scheme, trainingBars: Int?, count: Int) throws -> Fold {
        try WalkForward(
            scheme: scheme, folds: 3, firstTestBar: 400, testBars: 7, trainingBars: trainingBars,
            validationFraction: 0.2,
            embargo: 20
        ).wholePast(count: count, needs: needs)
    }
    // A fifth of 380 bars is held out, as in the first fold above, which knows the same bars.
    #expect(
        try past(.anchored, trainingBars: nil, count: 380)
            == Fold(number: 1, training: 10..<304, validation: 304..<380, test: 380..<380))
    #expect(
        try past(.rolling, trainingBars: 300, count: 1000)
            == Fold(number: 1, training: 700..<940, validation: 940..<1000, test: 1000..<1000))
    // 10 bars of warm-up, 50 to learn from, 20 that choose.
    #expect(try past(.anchored, trainingBars: nil, count: 80).training == 10..<60)
    for count in [0, 1, 10, 19, 79] {
        #expect(throws: TooFewBars.self) { try past(.anchored, trainingBars: nil, count: count) }
    }
    #expect(throws: TrainingTooShort.self) { try past(.rolling, trainingBars: 69, count: 1000) }
}

@Test func rollingFoldsKeepTheirLength() throws {
    let folds = try WalkForward(
        scheme: .rolling, folds: 2, firstTestBar: 400, testBars: 100, trainingBars: 300, validationFraction: 0.2,
        embargo: 20
    ).folds(count: 1000, needs: needs)
    #expect(
        folds == [
            Fold(number: 1, training: 80..<320, validation: 320..<380, test: 400..<500),
            Fold(number: 2, training: 180..<420, validation: 420..<480, test: 500..<600),
        ])
}

@Test func foldsNeverOverlapAndTestsFollowEachOther() {
    for seed in 0..<2000 {
        var stream = RandomKey(seed: 21).child(seed).stream("split")
        let count = 300 + stream.index(below: 3000)
        let split = WalkForward(
            scheme: stream.uniform() < 0.5 ? .anchored : .rolling, folds: 1 + stream.index(below: 6),
            firstTestBar: 100 + stream.index(below: count - 150),
            testBars: stream.uniform() < 0.5 ? nil : 20 + stream.index(below: 200),
            trainingBars: stream.uniform() < 0.5 ? nil : 90 + stream.index(below: 500),
            validationFraction: 0.05 + 0.4 * stream.uniform(), embargo: stream.index(below: 40))
        guard let folds = try? split.folds(count: count, needs: needs) else { continue }
        #expect(folds.count == split.folds)
        for (fold, next) in zip(folds, folds.dropFirst()) {
            #expect(fold.test.upperBound == next.test.lowerBound, "seed \(seed)")
        }
        for fold in folds {
            #expect(fold.training.count >= 30, "seed \(seed)")
            #expect(fold.validation.count >= needs.validationBars, "seed \(seed)")
            #expect(fold.test.count >= needs.testBars, "seed \(seed)")
            #expect(fold.training.upperBound == fold.validation.lowerBound, "seed \(seed)")
            #expect(fold.embargo == split.embargo, "seed \(seed)")
            #expect(fold.training.lowerBound >= needs.firstUsableBar && fold.test.upperBound <= count, "seed \(seed)")
        }
    }
}

@Test func aTrainingSpanTooShortIsNotAHistoryTooShort() {
    let error = #expect(throws: TrainingTooShort.self) {
        try WalkForward(
            scheme: .rolling, folds: 2, firstTestBar: 400, testBars: 50, trainingBars: 90, validationFraction: 0.5,
            embargo: 20
        ).folds(count: 1000, needs: needs)
    }
    // Half of 100 bars is held out, and 50 are left to learn from.
    #expect(error?.needed == 100)
    #expect(
        error?.description
            == "walkForward.trainingBars is 90, but at least 100 are needed: at least 50 to learn from and 50 to choose "
            + "the checkpoint")
}

@Test func tooFewBarsSaysHowManyAndWhy() {
    func message(_ count: Int, firstTestBar: Int, testBars: Int?) -> String {
        do {
            _ = try WalkForward(
                scheme: .anchored, folds: 2, firstTestBar: firstTestBar, testBars: testBars, trainingBars: nil,
                validationFraction: 0.2, embargo: 20
            ).folds(count: count, needs: needs)
            return "no error"
        } catch { return "\(error)" }
    }
    #expect(
        message(130, firstTestBar: 110, testBars: nil)
            == "130 bars are too few: 150 are needed (2 test spans of 20 bars after the 110 bars before the first of them)"
    )
    #expect(
        message(300, firstTestBar: 60, testBars: 50)
            == "300 bars are too few: 200 are needed (before the first test bar (number 61) come 10 bars of warm-up, at "
            + "least 50 to learn from, 20 to choose the checkpoint and an embargo of 20: 100 in all)")
    #expect(message(300, firstTestBar: 120, testBars: 50) == "no error")
}
