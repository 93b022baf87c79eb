// swift-tools-version: 6.0
import PackageDescription

/// The rooms of the house, lowest first: a target needs only targets above it.
let rooms: [Target] = [
    .systemLibrary(name: "CBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
    .target(name: "CKernels"),

    .target(name: "RandomNumbers"),
    .target(name: "Configuration", dependencies: ["Yams"]),
    .target(
        name: "MarketData",
        dependencies: ["CCSV", "RandomNumbers", "Configuration", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(name: "Indicators", dependencies: ["MarketData"]),
    .target(name: "Brokerage", dependencies: ["MarketData", "Configuration"]),
    .target(
        name: "Environments", dependencies: ["MarketData", "Indicators", "Brokerage", "Configuration", "RandomNumbers"]),
    .target(
        name: "Backtesting", dependencies: ["Brokerage", "Indicators", "MarketData", "RandomNumbers", "Environments"]),
    .target(name: "Statistics"),
    .target(name: "TensorCore", dependencies: ["CBLAS", "CKernels", "RandomNumbers"]),
    .target(name: "NeuralNetworks", dependencies: ["RandomNumbers", "TensorCore"]),
    .target(
        name: "Agents",
        dependencies: [
            "Brokerage", "Configuration", "Indicators", "RandomNumbers", "TensorCore", "Environments", "NeuralNetworks",
        ]),
    .target(
        name: "Experiments",
        dependencies: [
            "Brokerage", "Environments", "Indicators", "MarketData", "NeuralNetworks", "RandomNumbers", "Backtesting",
            "Agents", "Statistics", "Configuration", "TensorCore",
        ],
        // Links to the files in Strategies/, so that the binary alone knows them.
        resources: [.embedInCode("Strategies/Shipped")]),
    .target(
        name: "Reporting",
        dependencies: [
            "Brokerage", "Environments", "Experiments", "Agents", "MarketData", "Statistics", "Configuration",
        ]),
    .target(
        name: "TraderCLI",
        dependencies: [
            "Reporting", "Experiments", "Agents", "Environments", "MarketData", "Configuration", "TensorCore",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]),
    .executableTarget(name: "trader", dependencies: ["TraderCLI"]),
]

/// One for each room, and helpers that several of them use.
let tests: [Target] = [
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(
        name: "TraderTestSupport", dependencies: ["AllocationCounter", "MarketData", "RandomNumbers", "TensorCore"],
        path: "Tests/TraderTestSupport"),
    .testTarget(name: "RandomNumbersTests", dependencies: ["RandomNumbers"]),
    .testTarget(name: "ConfigurationTests", dependencies: ["Configuration", "RandomNumbers"]),
    .testTarget(
        name: "MarketDataTests",
        dependencies: ["MarketData", "RandomNumbers", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(name: "IndicatorsTests", dependencies: ["Indicators", "MarketData", "RandomNumbers"]),
    .testTarget(name: "BrokerageTests", dependencies: ["Brokerage", "RandomNumbers"]),
    .testTarget(
        name: "EnvironmentsTests",
        dependencies: ["Brokerage", "Indicators", "MarketData", "RandomNumbers", "Environments", "TraderTestSupport"]),
    .testTarget(
        name: "BacktestingTests",
        dependencies: [
            "Brokerage", "Environments", "Indicators", "MarketData", "RandomNumbers", "Backtesting",
            "TraderTestSupport",
        ]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics", "RandomNumbers"]),
    .testTarget(name: "TensorCoreTests", dependencies: ["RandomNumbers", "TensorCore", "TraderTestSupport"]),
    .testTarget(
        name: "NeuralNetworksTests",
        dependencies: ["RandomNumbers", "TensorCore", "NeuralNetworks", "TraderTestSupport"]),
    .testTarget(
        name: "AgentsTests",
        dependencies: [
            "Brokerage", "Environments", "Indicators", "MarketData", "NeuralNetworks", "RandomNumbers", "TensorCore",
            "Agents", "Backtesting", "TraderTestSupport",
        ]),
    .testTarget(
        name: "ReportingTests", dependencies: ["Agents", "Experiments", "Statistics", "Reporting", "RandomNumbers"]),
    .testTarget(
        name: "ExperimentsTests",
        dependencies: [
            "Agents", "Backtesting", "Configuration", "MarketData", "NeuralNetworks", "Statistics", "Experiments",
            "RandomNumbers", "TraderTestSupport",
        ]),
    .testTarget(
        name: "TraderCLITests",
        dependencies: ["RandomNumbers", "TraderCLI", .product(name: "GRDB", package: "GRDB.swift")]),
]

/// Kept out of the ordinary build: `TRADER_BENCHMARKS=1` brings it in, and `make benchmark` sets that.
let benchmarks: [Target] =
    Context.environment["TRADER_BENCHMARKS"] == nil
    ? []
    : [
        .executableTarget(
            name: "update-benchmark", dependencies: ["Agents", "Environments", "TensorCore", "RandomNumbers"],
            path: "Benchmarks/UpdateBenchmark"),
        .executableTarget(name: "ingest-benchmark", dependencies: ["MarketData"], path: "Benchmarks/IngestBenchmark"),
    ]

/// Only with `TRADER_CHECKS=1`, which `make check-tensorboard` sets.
let checks: [Target] =
    Context.environment["TRADER_CHECKS"] == nil
    ? []
    : [
        .executableTarget(
            name: "training-log-sample", dependencies: ["Experiments", "RandomNumbers"], path: "Tests/TensorBoard",
            exclude: ["check_tensorboard.py", "requirements.txt"])
    ]

/// Only with `TRADER_FUZZ=1`, which `make fuzz` sets: it is linked with a sanitizer's run-time library.
let fuzzers: [Target] =
    Context.environment["TRADER_FUZZ"] == nil
    ? []
    : [
        .executableTarget(
            name: "price-file-fuzzer", dependencies: ["MarketData"], path: "Tests/Fuzz", exclude: ["Corpus"],
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])])
    ]

let package = Package(
    name: "trader",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "trader", targets: ["trader"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: rooms + tests + benchmarks + checks + fuzzers,
    swiftLanguageModes: [.v6]
)
