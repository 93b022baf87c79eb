import Environments
import Experiments

/// What models would do, for programs: an object for one model, an array of them for several.
package func signalJSON(_ asked: [ModelSignal]) -> String {
    let objects = asked.map(object)
    return (objects.count == 1 ? objects[0] : .array(objects)).pretty
}

/// What the network reads are numbers of 32 bits, exact as numbers of 64 bits. Values are in units of reward: what it gives
/// is `rewardScale` times these.
private func object(_ asked: ModelSignal) -> JSONValue {
    let signal = asked.signal
    let model = asked.model
    func numbers(_ values: [Float]) -> JSONValue { .array(values.map { .number(Double($0)) }) }
    func name(_ action: TradingAction) -> String { ModelSignal.name(action) }
    return .object([
        "schema": .string("trader/signal/1"),
        "model": .string(asked.path),
        "strategy": .string(model.name),
        "trainedOn": .string(model.symbol),
        "seed": .integer(model.seed),
        "trainedThrough": .string(model.trainedThrough),
        "validationScore": .number(model.validationScore),
        "symbol": .string(signal.symbol),
        "time": .string(signal.time),
        "close": .number(signal.close),
        "barsSinceTraining": .integer(signal.age),
        "position": .string(signal.position.direction.rawValue),
        "entryPrice": JSONValue(signal.position.entryPrice),
        "barsHeld": JSONValue(signal.position.barsHeld),
        "action": .string(name(signal.action)),
        "decision": .string(asked.decision),
        "features": JSONValue(signal.features),
        "window": .array(signal.window.map(numbers)),
        "numbers": numbers(signal.numbers),
        "valid": JSONValue(signal.values.map { name($0.action) }),
        "values": .object(
            Dictionary(uniqueKeysWithValues: signal.values.map { (name($0.action), .number($0.value)) })),
        "rewardScale": .number(model.rewardScale),
        "warnings": JSONValue(signal.warnings),
    ])
}
