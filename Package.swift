// swift-tools-version: 6.0
import PackageDescription

/// The rooms of the house, lowest first: a target needs only targets above it.
let package = Package(
    name: "trader",
    platforms: [.macOS(.v13)],
    products: [.executable(name: "trader", targets: ["trader"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
        .target(name: "CKernels"),

        .target(name: "RandomNumbers"),
        .target(name: "Configuration", dependencies: ["Yams"]),
        .target(
            name: "MarketData",
            dependencies: ["CCSV", "RandomNumbers", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(name: "Indicators", dependencies: ["MarketData"]),
        .target(name: "Brokerage", dependencies: ["MarketData", "Configuration"]),
        .target(name: "Environments", dependencies: ["Indicators", "Brokerage", "Configuration"]),
        .target(name: "Backtesting", dependencies: ["Environments"]),
        .target(name: "Statistics"),
        .target(name: "TensorCore", dependencies: ["CBLAS", "CKernels", "RandomNumbers"]),
        .target(name: "NeuralNetworks", dependencies: ["TensorCore"]),
        .target(name: "Agents", dependencies: ["Environments", "NeuralNetworks"]),
        .target(
            name: "Experiments", dependencies: ["Backtesting", "Agents", "Statistics", "Configuration"]),
        .target(name: "Reporting", dependencies: ["Experiments"]),
        .target(
            name: "TraderCLI",
            dependencies: ["Reporting", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
        .executableTarget(name: "trader", dependencies: ["TraderCLI"]),
    ],
    swiftLanguageModes: [.v6]
)
