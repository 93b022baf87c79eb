import ArgumentParser

/// Costs on the command line. Each is one key of a strategy file's section `costs`.
package struct CostOptions: ParsableArguments {
    enum Preset: String, CaseIterable, ExpressibleByArgument { case none }

    @Option(help: "none: no cost of any kind, except those named beside it.")
    var costs: Preset?

    @Option(parsing: .unconditional, help: ArgumentHelp("Commission in 1/10,000 of the traded value.", valueName: "bp"))
    var commissionBasisPoints: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Commission for each share, in account currency.", valueName: "money"))
    var commissionPerShare: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Least commission of a fill, in account currency.", valueName: "money"))
    var minimumCommission: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Quoted spread in 1/10,000; half is paid on each side.", valueName: "bp"))
    var spreadBasisPoints: Double?

    @Option(parsing: .unconditional, help: ArgumentHelp("Slippage in 1/10,000 of the traded value.", valueName: "bp"))
    var slippageBasisPoints: Double?

    @Option(parsing: .unconditional, help: ArgumentHelp("Fee for borrowed shares in 1/10,000 a year.", valueName: "bp"))
    var borrowBasisPointsPerYear: Double?

    package init() {}

    /// The option as typed, the key it stands for, the value.
    var changes: [(option: String, key: String, value: String?)] {
        let options: [(String, String, Double?)] = [
            ("--commission-basis-points", "commissionBasisPoints", commissionBasisPoints),
            ("--commission-per-share", "commissionPerShare", commissionPerShare),
            ("--minimum-commission", "minimumCommission", minimumCommission),
            ("--spread-basis-points", "spreadBasisPoints", spreadBasisPoints),
            ("--slippage-basis-points", "slippageBasisPoints", slippageBasisPoints),
            ("--borrow-basis-points-per-year", "borrowBasisPointsPerYear", borrowBasisPointsPerYear),
        ]
        return options.map { option, key, value in
            (option, "costs.\(key)", value.map { "\($0)" } ?? (costs == nil ? nil : "0"))
        }
    }
}
