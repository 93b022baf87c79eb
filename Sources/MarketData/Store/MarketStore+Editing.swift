import Foundation
import GRDB

/// What was removed with a symbol.
package struct RemovedSymbol: Codable, Equatable, Sendable {
    package let symbol: String
    package let bars: Int
    package let adjustments: Int
}

extension MarketStore {
    /// Removes symbols with all their bars and adjustments, all or none. The record of the files they came from stays.
    /// - Parameter names: in any order; a name that comes twice counts once.
    /// - Throws: `StoreError.noSuchSymbol`; nothing is removed then.
    @discardableResult
    package func remove(symbols names: [String]) throws(StoreError) -> [RemovedSymbol] {
        var seen: Set<String> = []
        let names = names.filter { seen.insert($0).inserted }
        return try editing { database in
            try names.map { name in
                let id = try self.id(of: name, in: database)
                try database.execute(sql: "DELETE FROM bars WHERE symbol_id = ?", arguments: [id])
                let bars = database.changesCount
                try database.execute(sql: "DELETE FROM adjustments WHERE symbol_id = ?", arguments: [id])
                let adjustments = database.changesCount
                try database.execute(sql: "DELETE FROM symbols WHERE id = ?", arguments: [id])
                return RemovedSymbol(symbol: name, bars: bars, adjustments: adjustments)
            }
        }
    }

    /// Notes a split: bars before `time` are read adjusted by it from now on. The bars themselves stay as they are.
    /// - Parameters:
    ///   - time: the first moment at which the new shares are traded.
    ///   - policy: what to do where another ratio is stored for the same time.
    /// - Returns: whether anything changed; the same split again changes nothing.
    /// - Throws: `StoreError.noSuchSymbol`; `.splitOutside` unless there are bars before the time and at or after it;
    ///   `.splitDiffers`; `.splitAdjusted` where the adjusted closes of a file take the split out already.
    @discardableResult
    package func split(
        _ name: String, at time: Timestamp, ratio: SplitRatio, onConflict policy: ConflictPolicy = .reject
    ) throws(StoreError) -> Bool {
        try editing { database in
            let id = try self.id(of: name, in: database)
            let split = Adjustment(split: ratio, at: time)
            if let stored = try StoredBars.span(of: id, in: database),
                time <= stored.lowerBound || stored.upperBound < time
            {
                throw StoreError.splitOutside(symbol: name, at: time, stored: stored)
            }
            let adjustments = try StoredAdjustments.all(of: id, in: database)
            if adjustments.contains(where: { step in
                step.kind == .adjustedClose
                    && (step.takesOut(split) || (step.time == time && abs(log(step.priceFactor)) > 0.25))
            }) {
                throw StoreError.splitAdjusted(symbol: name, at: time)
            }
            if let known = adjustments.first(where: { $0.event == split.event }) {
                if known == split || policy == .keep { return false }
                if policy == .reject {
                    throw StoreError.splitDiffers(
                        symbol: name, at: time, ratio: ratio, storedPriceFactor: known.priceFactor)
                }
            }
            try StoredAdjustments.put([split], of: id, in: database)
            return true
        }
    }

    /// Takes back a split.
    /// - Throws: `StoreError.noSuchSymbol`, `.noSuchSplit`.
    package func removeSplit(_ name: String, at time: Timestamp) throws(StoreError) {
        try editing { database in
            let id = try self.id(of: name, in: database)
            let splits = try StoredAdjustments.all(of: id, in: database).filter { $0.kind == .split }
            guard let split = splits.first(where: { $0.time == time }) else {
                throw StoreError.noSuchSplit(symbol: name, at: time, known: splits.map(\.time))
            }
            try StoredAdjustments.remove([split], of: id, in: database)
        }
    }

    /// Changes what is stored; where there is no store, there is nothing to change and none is made.
    private func editing<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            if StoreFile.isAbsentOrEmpty(path) { throw StoreError.missing(path: path) }
            return try withWriting(body)
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
