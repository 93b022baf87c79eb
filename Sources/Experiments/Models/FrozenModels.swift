import Agents
import Backtesting
import Configuration
import Indicators
import MarketData

/// Models of one strategy that were trained on one symbol with several seeds, to be tried as they are.
package struct FrozenModels: Sendable {
    /// At least one, in the order of seeds, which are all different.
    package let files: [ModelFile]
    /// What is changed of their strategy, as in `--set key.path=value`.
    package let overrides: [String]

    /// - Parameters:
    ///   - files: With their paths, for messages.
    ///   - overrides: What is changed of their strategy, as in `--set key.path=value`.
    /// - Throws: `ModelFileError` where they do not belong together.
    /// - Precondition: there is one.
    package init(_ files: [(path: String, model: ModelFile)], overrides: [String] = []) throws {
        let sorted = files.sorted { $0.model.seed < $1.model.seed }
        guard let first = files.first else { preconditionFailure("no models to try") }
        for (path, model) in files.dropFirst() {
            guard model.symbol == first.model.symbol, model.base == first.model.base else {
                throw ModelFileError(
                    path, "is not of the same strategy and symbol as \(first.path). Try them one after the other")
            }
        }
        for (path, model) in files.dropFirst() where model.trainedThrough != first.model.trainedThrough {
            throw ModelFileError(
                path,
                "has seen bars up to \(model.trainedThrough), and \(first.path) up to "
                    + "\(first.model.trainedThrough): they are not seeds of one training. Try them one after the other")
        }
        for (one, two) in zip(sorted, sorted.dropFirst()) where one.model.seed == two.model.seed {
            throw ModelFileError(
                two.path, "is of seed \(two.model.seed), as is \(one.path): name one model for each seed")
        }
        self.files = sorted.map(\.model)
        self.overrides = overrides
    }

    /// The one that has seen the latest bar.
    var latest: ModelFile { files.dropFirst().reduce(files[0]) { $0.seenThrough < $1.seenThrough ? $1 : $0 } }

    /// What the models are tried with: their own strategy file without its dates and folds, and `overrides` over it.
    ///
    /// - Throws: `ConfigurationProblems`; `ExperimentError` where what a model has learned with would be another.
    package func configuration() throws -> StrategyConfiguration {
        let base = files[0].base
        let changed: StrategyConfiguration
        do {
            changed = try ConfigurationFile.decode(
                StrategyConfiguration.self, text: ConfigurationFile.encode(base), name: "strategy of the model",
                isAtHand: false, overrides: overrides)
        } catch {
            // Whatever is wrong with it, no other would be right.
            if overrides.contains(where: { $0.hasPrefix("agent.") }) { throw Self.fixed("agent") }
            throw error
        }
        for (key, isSame) in [
            ("name", changed.name == base.name), ("features", changed.features == base.features),
            ("agent", changed.agent == base.agent),
            ("universe.prices", changed.universe.prices == base.universe.prices),
            ("trading.shorting", changed.trading.shorting == base.trading.shorting),
            ("seeds", changed.seeds == base.seeds),
            (
                "walkForward (but for testFrom and embargoBars)",
                changed.walkForward.isSame(butForTestOf: base.walkForward)
            ),
        ] where !isSame {
            throw Self.fixed(key)
        }
        return changed
    }

    private static func fixed(_ key: String) -> ExperimentError {
        ExperimentError(
            "\(key) cannot be changed for a model: it has learned with what its file says. Costs, fills and the other "
                + "rules of trading can, and anything for a new training: trader train.")
    }

    /// Sentences about what the models are tried on.
    func warnings(on symbols: [String]) -> [String] {
        let others = symbols.filter { $0 != files[0].symbol }
        guard !others.isEmpty else { return [] }
        return ["The models were trained on \(files[0].symbol), not on \(others.joined(separator: ", "))."]
    }

    /// The bars after what the models have seen and an embargo, or from `walkForward.testFrom` on, as one test span.
    ///
    /// - Throws: `ExperimentError` where it would reach into what they have seen, or nothing is left.
    func fold(
        on symbol: String, _ history: PriceHistory, raw: RawFeatures?, configuration: StrategyConfiguration
    ) throws -> Fold {
        let latest = latest
        let embargo = configuration.embargo
        let seen = history.bars(before: Timestamp(seconds: latest.seenThrough.seconds + 1))
        var first = seen + embargo
        let last = history.count > 0 ? history.times[history.count - 1].description : ""
        let pause = embargo == 0 ? "" : " and an embargo of \(embargo) bars (walkForward.embargoBars)"
        guard history.count - first >= 2 else {
            throw ExperimentError(
                "\(symbol): no bars are left for a test: the model has seen bars up to \(latest.trainedThrough), and after "
                    + "them\(pause) there are \(max(0, history.count - first)) of the 2 that a test needs; the last bar is of "
                    + "\(last). Ingest newer bars, or train with an earlier --to.")
        }
        if let date = configuration.walkForward.testFrom, let time = Timestamp(iso8601: date) {
            guard time > latest.seenThrough else {
                throw ExperimentError(
                    "the model has seen bars up to \(latest.trainedThrough), so that a test from \(date) on would be "
                        + "look-ahead. The first bar it can be tested on is of \(history.times[first]), after what it has "
                        + "seen\(pause).")
            }
            guard history.bars(before: time) >= first else {
                throw ExperimentError(
                    "a test from \(date) on would begin within the embargo of \(embargo) bars after what the model has seen. "
                        + "The first bar it can be tested on is of \(history.times[first]); walkForward.embargoBars changes "
                        + "that.")
            }
            first = history.bars(before: time)
            guard history.count - first >= 2 else {
                throw ExperimentError(
                    "\(symbol): a test from \(date) on would have too few bars: the last bar is of \(last), and a test needs 2."
                )
            }
        }
        let usable = (raw?.firstCompleteBar ?? 0) + configuration.features.window - 1
        guard first - 1 >= usable else {
            throw ExperimentError(
                "\(symbol): the first decision is taken at bar \(first) of \(history.count), and \(usable + 1) bars are needed "
                    + "for the model's window. Ingest earlier bars, or begin the test later (--from).")
        }
        return Fold(number: 1, training: 0..<seen, validation: seen..<seen, test: first..<history.count)
    }

    /// The models on the bars of a plan.
    func trained(on plan: SymbolPlan) -> [TrainedFold] {
        guard let raw = plan.raw else { preconditionFailure("models have features") }
        return files.map { model in
            TrainedFold(
                symbol: plan.symbol, fold: 1, seed: model.seed, name: model.fileName,
                policy: model.policy, features: model.scaler.apply(to: raw, clip: model.configuration.features.clip),
                scaler: model.scaler, chosenUpdate: model.update, validationScore: model.validationScore, curve: nil)
        }
    }
}

extension ModelFile {
    /// The last moment of the market that it may know of: of a bar with a date alone, the end of that day.
    package var seenThrough: Timestamp {
        guard let time = Timestamp(iso8601: trainedThrough) else { preconditionFailure("bars have times") }
        return Timestamp(seconds: time.seconds + (trainedThrough.count <= 10 ? 86_399 : 0))
    }

    /// What its copy beside a report is called.
    var fileName: String { "\(fileSlug(symbol))-seed\(seed)" }

    /// The strategy without what is about one training and its test: what all models of one strategy and symbol share.
    var base: StrategyConfiguration {
        var base = configuration
        base.universe.to = nil
        base.walkForward = WalkForwardConfiguration()
        base.walkForward.embargoBars = configuration.walkForward.embargoBars
        base.walkForward.folds = 1
        base.seeds.count = 1
        return base
    }
}

extension WalkForwardConfiguration {
    /// Whether nothing but where a test may begin is different.
    fileprivate func isSame(butForTestOf other: WalkForwardConfiguration) -> Bool {
        var same = self
        same.testFrom = other.testFrom
        same.embargoBars = other.embargoBars
        return same == other
    }
}
