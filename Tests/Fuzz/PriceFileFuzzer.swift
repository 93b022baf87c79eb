import Foundation
import MarketData

/// Throws bytes at the door for price files: whatever they are, there are bars or one error, never a crash.
///
///     make fuzz
@main
enum PriceFileFuzzer {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(runFuzzer(&count, &arguments, tryFile))
    }

    /// libFuzzer's own loop, which is linked with the sanitizer. It keeps the usual `main` free.
    @_silgen_name("LLVMFuzzerRunDriver")
    private static func runFuzzer(
        _ count: UnsafeMutablePointer<Int32>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
        _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
    ) -> Int32

    /// One execution. The first byte says what a user states beside the file, so that those ways are tried too.
    private static let tryFile: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
        guard count > 0 else { return 0 }
        let input = UnsafeBufferPointer(start: bytes, count: count)
        let file = Array(input.dropFirst())
        do throws(PriceFileError) {
            let parsed = try PriceFileReader(options: options(input[0]), today: today).read(file, named: "F.csv")
            for series in parsed.series { check(series) }
        } catch {
            precondition(!error.description.isEmpty && error.count >= error.problems.count)
        }
        return 0
    }

    private static let today = Timestamp(seconds: 1_720_000_000)

    /// What the store relies on.
    private static func check(_ series: PriceSeries) {
        precondition(!series.rows.isEmpty && !series.symbol.isEmpty)
        var before = Timestamp(seconds: .min)
        for row in series.rows {
            precondition(before < row.time && row.close > 0 && row.close.isFinite && !(row.high < row.low))
            before = row.time
        }
        for adjustment in series.adjustments {
            precondition(adjustment.priceFactor > 0 && adjustment.priceFactor.isFinite)
        }
    }

    private static func options(_ choice: UInt8) -> PriceFileOptions {
        var options = PriceFileOptions()
        options.symbol = choice & 1 == 0 ? nil : "SYM"
        switch choice >> 1 & 15 {
        case 1: options.decimal = .comma
        case 2: options.delimiter = 0x20
        case 3: options.times = (try? StatedTimes(dateFormat: "dmy")) ?? .unstated
        case 4: options.times = (try? StatedTimes(isIndex: true)) ?? .unstated
        case 5: options.times = (try? StatedTimes(timezone: "America/New_York")) ?? .unstated
        case 6: options.times = (try? StatedTimes(dateFormat: "%d.%m.%Y %H:%M")) ?? .unstated
        case 7: options.wideField = .close
        case 8: options.holdsRelatives = true
        case 9: options.missing = .skip
        case 10: options.corporateActions = .apply
        case 11: options.encoding = .windows1250
        case 12: options.columns = (try? StatedColumns(parsing: "date=1,close=2")) ?? StatedColumns()
        case 13: options.columns = (try? StatedColumns(parsing: "date=date,close=open,volume=3")) ?? StatedColumns()
        case 14: options.times = (try? StatedTimes(dateFormat: "excel")) ?? .unstated
        default: break
        }
        return options
    }
}
