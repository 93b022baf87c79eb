import Experiments
import Foundation
import Statistics

/// The report as programs read it: the schema is documented in the article “Report schema”.
package enum ReportJSON {
    /// Name and version of the schema; a reader of version 1 may meet keys it does not know.
    package static let schema = "trader/report/1"

    /// - Parameter report: path of the Markdown report, as the reader of this JSON would open it.
    /// - Returns: UTF-8. Equal results give equal bytes, apart from the member `timing`.
    package static func data(for result: RunResult, report: String = "report.md") -> Data {
        let document: JSONValue = .object([
            "schema": .string(schema),
            "report": .string(report),
            "headline": .string(Headline(result).sentence),
            "strategy": .string(result.strategy),
            "benchmark": .string(result.benchmark),
            "description": .string(result.description),
            "version": .string(result.version),
            "linearAlgebra": .string(result.linearAlgebra),
            "configurationFingerprint": .string(result.configurationFingerprint),
            "data": data(result.data),
            "conventions": conventions(result.conventions),
            "seeds": .object([
                "root": .unsigned(result.rootSeed), "replicates": .array(result.seeds.map(JSONValue.integer)),
            ]),
            "models": JSONValue(result.models),
            "folds": .array(result.folds.map(fold)),
            "results": .array(result.entries.map(entry)),
            "warnings": JSONValue(result.warnings),
            "timing": timing(result.timing),
        ])
        return Data(document.pretty.utf8)
    }

    private static func data(_ data: DataSummary) -> JSONValue {
        .object([
            "fingerprint": .string(data.fingerprint), "symbols": JSONValue(data.symbols), "from": .string(data.from),
            "to": .string(data.to), "bars": .integer(data.bars),
        ])
    }

    private static func conventions(_ conventions: Conventions) -> JSONValue {
        let costs = conventions.costs
        return .object([
            "periodsPerYear": .number(conventions.periodsPerYear),
            "periodsPerYearReason": .string(conventions.periodsPerYearReason),
            "riskFree": .number(conventions.riskFree),
            "fill": .string(conventions.fill),
            "costs": .object([
                "commissionBasisPoints": .number(costs.commissionBasisPoints),
                "commissionPerShare": .number(costs.commissionPerShare),
                "minimumCommission": .number(costs.minimumCommission),
                "spreadBasisPoints": .number(costs.spreadBasisPoints),
                "slippageBasisPoints": .number(costs.slippageBasisPoints),
                "borrowBasisPointsPerYear": .number(costs.borrowBasisPointsPerYear),
            ]),
            "degreesOfFreedom": .integer(conventions.degreesOfFreedom),
            "startingCash": .number(conventions.startingCash),
            "positionSize": .number(conventions.positionSize),
            "lotSize": .number(conventions.lotSize),
            "shorting": .bool(conventions.shorting),
            "stopLoss": JSONValue(conventions.stopLoss),
            "takeProfit": JSONValue(conventions.takeProfit),
        ])
    }

    private static func fold(_ fold: FoldSummary) -> JSONValue {
        .object([
            "symbol": fold.symbol.map(JSONValue.string) ?? .null, "fold": .integer(fold.fold),
            "training": span(fold.training),
            "validation": fold.validation.map(span) ?? .null, "embargoBars": .integer(fold.embargoBars),
            "test": span(fold.test),
        ])
    }

    static func span(_ span: FoldSummary.Span) -> JSONValue {
        .object(["from": .string(span.from), "to": .string(span.to), "bars": .integer(span.bars)])
    }

    private static func entry(_ entry: ResultEntry) -> JSONValue {
        var measures: [String: JSONValue] = [:]
        var undefined: [String: JSONValue] = [:]
        for measure in entry.measures {
            measures[measure.name] = JSONValue(measure.value.finiteNumber)
            if let reason = measure.value.reason { undefined[measure.name] = .string(reason) }
        }
        return .object([
            "name": .string(entry.name), "kind": .string(entry.kind.rawValue),
            "symbol": entry.symbol.map(JSONValue.string) ?? .null,
            "seed": JSONValue(entry.seed), "bars": .integer(entry.times.count - 1),
            "from": entry.times.dropFirst().first.map(JSONValue.string) ?? .null,
            "to": entry.times.last.map(JSONValue.string) ?? .null,
            "finalEquity": JSONValue(entry.equity.last),
            "measures": .object(measures), "undefined": .object(undefined), "costs": costs(entry.costs),
            "folds": .array(entry.foldOutcomes.map(foldOutcome)),
            "difference": entry.difference.map(difference) ?? .null,
            "unfilledOrders": .object(entry.unfilledOrders.mapValues(JSONValue.integer)),
            "allocation": entry.allocation.map(allocation) ?? .null,
        ])
    }

    private static func allocation(_ record: AllocationRecord) -> JSONValue {
        func bySymbol(_ values: ArraySlice<Double>) -> JSONValue {
            .object(Dictionary(uniqueKeysWithValues: zip(record.symbols, values.map(JSONValue.number))))
        }
        let last = record.weights[record.weights.count - 1]
        return .object([
            "finalCash": .number(last[0]), "finalWeights": bySymbol(last.dropFirst()),
            "gainOfCash": .number(record.gains[0]), "gains": bySymbol(record.gains.dropFirst()),
            "effectiveAssets": JSONValue(record.effectiveAssets), "turnoverPerBar": .number(record.turnoverPerBar),
            "costSweep": .array(
                record.costSweep.map {
                    .object([
                        "basisPoints": .number($0.basisPoints), "totalReturn": .number($0.totalReturn),
                    ])
                }),
        ])
    }

    private static func costs(_ costs: CostsPaid) -> JSONValue {
        .object([
            "commission": .number(costs.commission), "spread": .number(costs.spread),
            "slippage": .number(costs.slippage), "borrow": .number(costs.borrow), "total": .number(costs.total),
        ])
    }

    private static func foldOutcome(_ fold: FoldOutcome) -> JSONValue {
        .object([
            "fold": .integer(fold.fold), "from": .string(fold.from), "to": .string(fold.to),
            "totalReturn": .number(fold.totalReturn), "maxDrawdown": .number(fold.maxDrawdown),
            "trades": .integer(fold.trades), "chosenUpdate": JSONValue(fold.chosenUpdate),
            "validationScore": JSONValue(fold.validationScore),
        ])
    }

    private static func difference(_ difference: DifferenceSummary) -> JSONValue {
        .object([
            "annualLogReturn": .number(difference.annualLogReturn), "lower": .number(difference.lower),
            "upper": .number(difference.upper), "pValue": .number(difference.pValue),
            "blockLength": .number(difference.blockLength), "draws": .integer(difference.draws),
        ])
    }

    private static func timing(_ timing: Timing) -> JSONValue {
        .object([
            "startedAt": .string(timing.startedAt), "seconds": .number(timing.seconds),
            "trainingSeconds": .number(timing.trainingSeconds), "workers": .integer(timing.workers),
        ])
    }
}

extension MeasureValue {
    /// The value where there is one that a file can hold.
    var finiteNumber: Double? { number.flatMap { $0.isFinite ? $0 : nil } }

    /// Why there is no value; nil where there is one.
    var reason: String? {
        switch self {
        case .value(let number): number.isFinite ? nil : "not a finite number"
        case .undefined(let reason): reason
        }
    }
}
