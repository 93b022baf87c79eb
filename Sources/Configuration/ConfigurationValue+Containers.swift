extension Array: ConfigurationValue where Element: ConfigurationValue {
    package static var typeName: String { "a list, each \(Element.typeName)" }

    package var written: String { "[" + map(\.written).joined(separator: ", ") + "]" }

    package init(reading written: WrittenValue) throws(ConfigurationMismatch) {
        guard case .list(let elements) = written.content else {
            let said = written.isNull ? "has no value" : "is \(written.citation), not \(Self.typeName)"
            throw written.mismatch(said, remedy: "write a list such as [\(written.isNull ? "" : written.citation)]")
        }
        self = []
        for (index, element) in elements.enumerated() {
            do throws(ConfigurationMismatch) {
                append(try Element(reading: element))
            } catch {
                var mismatch = error
                mismatch.element = "[\(index)]" + error.element
                throw mismatch
            }
        }
    }
}

/// A value that may be absent; in a file, `null`.
package protocol OptionalConfigurationValue: ConfigurationValue {
    associatedtype Present: ConfigurationValue
    var present: Present? { get }
}

extension Optional: ConfigurationValue where Wrapped: ConfigurationValue {
    package static var typeName: String { "\(Wrapped.typeName), or null" }

    package var written: String { self?.written ?? "null" }

    package init(reading written: WrittenValue) throws(ConfigurationMismatch) {
        self = written.isNull ? nil : try Wrapped(reading: written)
    }
}

extension Optional: OptionalConfigurationValue where Wrapped: ConfigurationValue {
    package var present: Wrapped? { self }
}
