extension Feature {
    /// Reads a feature as strategy files write it: `closeReturn`, `rsi`, `rsi(14)`, `macd(12, 26, 9)`.
    ///
    /// Numbers may be left out from the last one on; they then take their usual values.
    /// - Throws: `FeatureError` with what is wrong and what is legal.
    package init(parsing text: String) throws(FeatureError) {
        let (name, arguments) = try FeatureSyntax.parts(of: text)
        guard let form = FeatureSyntax.all.first(where: { $0.name == name }) else {
            throw FeatureError(
                "'\(name)' is not a feature; the features are \(Feature.names.joined(lastBefore: "and"))")
        }
        self = form.make(try form.numbers(from: arguments, in: text))
        if case .macd(let fast, let slow, _) = self, fast >= slow {
            throw FeatureError("'\(text)': the fast period is \(fast), expected less than the slow period, \(slow)")
        }
    }

    /// Every feature with its usual numbers, in the order in which messages list them.
    package static let all: [Feature] = FeatureSyntax.all.map { $0.make($0.parameters.map(\.usual)) }

    /// The names of all features, without numbers.
    package static let names: [String] = FeatureSyntax.all.map(\.name)
}

/// How a feature is written: its name, and the numbers in parentheses.
struct FeatureSyntax: Sendable {
    struct Parameter: Sendable {
        let name: String
        let usual: Double
        /// A period is a whole number; anything else only has to be positive.
        var isPeriod: Bool { name.hasSuffix("period") }
    }

    let name: String
    let parameters: [Parameter]
    let make: @Sendable ([Double]) -> Feature

    /// Fewer than two bars make no deviation and no trend; the upper end keeps sums of periods far from overflow.
    static let periods = 2...100_000

    static let all = [
        FeatureSyntax("openReturn") { _ in .openReturn },
        FeatureSyntax("highReturn") { _ in .highReturn },
        FeatureSyntax("lowReturn") { _ in .lowReturn },
        FeatureSyntax("closeReturn") { _ in .closeReturn },
        FeatureSyntax("volumeChange") { _ in .volumeChange },
        FeatureSyntax("sma", ("period", 20)) { .sma(period: Int($0[0])) },
        FeatureSyntax("ema", ("period", 20)) { .ema(period: Int($0[0])) },
        FeatureSyntax("macd", ("fast period", 12), ("slow period", 26), ("signal period", 9)) {
            .macd(fast: Int($0[0]), slow: Int($0[1]), signal: Int($0[2]))
        },
        FeatureSyntax("rsi", ("period", 14)) { .rsi(period: Int($0[0])) },
        FeatureSyntax("atr", ("period", 14)) { .atr(period: Int($0[0])) },
        FeatureSyntax("bollinger", ("period", 20), ("width", 2)) { .bollinger(period: Int($0[0]), width: $0[1]) },
        FeatureSyntax("obv", ("period", 20)) { .obv(period: Int($0[0])) },
        FeatureSyntax("volatility", ("period", 20)) { .volatility(period: Int($0[0])) },
        FeatureSyntax("cci", ("period", 20)) { .cci(period: Int($0[0])) },
        FeatureSyntax("adx", ("period", 14)) { .adx(period: Int($0[0])) },
    ]

    private init(
        _ name: String, _ parameters: (String, Double)..., make: @escaping @Sendable ([Double]) -> Feature
    ) {
        self.name = name
        self.parameters = parameters.map { Parameter(name: $0.0, usual: $0.1) }
        self.make = make
    }

    /// Splits `macd(12, 26, 9)` into its name and the texts between the commas.
    static func parts(of text: String) throws(FeatureError) -> (name: String, arguments: [String]) {
        guard let open = text.firstIndex(of: "(") else { return (trimmed(text), []) }
        let inside = trimmed(text[text.index(after: open)...])
        guard inside.hasSuffix(")") else {
            throw FeatureError(
                "'\(text)' does not end with ')'; a feature that has commas needs quotes inside a list in square brackets"
            )
        }
        let arguments = inside.dropLast().split(separator: ",", omittingEmptySubsequences: false)
        return (trimmed(text[..<open]), arguments.map { trimmed($0) })
    }

    /// The numbers that were written, then the usual ones for those that were not.
    func numbers(from arguments: [String], in text: String) throws(FeatureError) -> [Double] {
        guard arguments.count <= parameters.count else {
            let usual = make(parameters.map(\.usual))
            throw FeatureError("'\(text)' has too many numbers; write \(usual)")
        }
        var numbers = parameters.map(\.usual)
        for (index, argument) in arguments.enumerated() {
            let parameter = parameters[index]
            if parameter.isPeriod {
                guard let period = Int(argument), Self.periods.contains(period) else {
                    throw FeatureError(
                        "'\(text)': the \(parameter.name) is '\(argument)', expected a whole number from "
                            + "\(Self.periods.lowerBound) to \(Self.periods.upperBound)")
                }
                numbers[index] = Double(period)
            } else {
                guard let number = Double(argument), number > 0, number.isFinite else {
                    throw FeatureError(
                        "'\(text)': the \(parameter.name) is '\(argument)', expected a number above 0")
                }
                numbers[index] = number
            }
        }
        return numbers
    }

    /// 2 for 2.0, else the shortest text that reads back as the same number.
    static func text(of number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
