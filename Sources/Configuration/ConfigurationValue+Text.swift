extension String: ConfigurationValue {
    package static var typeName: String { "a text" }

    /// Without quotes only where every reader of YAML, ours or another, sees the same text.
    package var written: String {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let meansOtherwise = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(lowercased())
        let isPlain = unicodeScalars.allSatisfy { (letters + "0123456789_-./").unicodeScalars.contains($0) }
        guard isPlain, !meansOtherwise, let first, letters.contains(first) else { return quoted }
        return self
    }

    package init(reading written: WrittenValue) throws(ConfigurationMismatch) {
        guard case .scalar(let text, let quoted) = written.content else {
            throw written.mismatch("is \(written.citation), not \(Self.typeName)")
        }
        if text.isEmpty && !quoted { throw written.mismatch("has no value", remedy: "write \"\" for an empty text") }
        self = text
    }

    /// In double quotes; what is invisible or breaks lines is spelled out.
    private var quoted: String {
        var result = "\""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case _ where scalar == "\"" || scalar == "\\": result += "\\\(scalar)"
            case _ where scalar == "\n": result += "\\n"
            case _ where scalar == "\t": result += "\\t"
            case .spaceSeparator where scalar != " ", .lineSeparator, .paragraphSeparator, .control, .format,
                .surrogate,
                .privateUse, .unassigned:
                let hexadecimal = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: 8 - hexadecimal.count) + hexadecimal
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Bool: ConfigurationValue {
    package static var typeName: String { "true or false" }

    package var written: String { self ? "true" : "false" }

    /// Only `true` and `false`: other words for them (yes, on) mean different things to different readers of YAML.
    package init(reading written: WrittenValue) throws(ConfigurationMismatch) {
        guard let value = Bool(try written.plainText(of: Self.self)) else {
            throw written.mismatch("is \(written.citation), not \(Self.typeName)")
        }
        self = value
    }
}

extension ConfigurationValue where Self: RawRepresentable<String> & CaseIterable {
    package static var typeName: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }

    package var written: String { rawValue.written }

    package init(reading written: WrittenValue) throws(ConfigurationMismatch) {
        guard case .scalar(let text, _) = written.content, let value = Self(rawValue: text) else {
            var guess: String?
            if case .scalar(let text, _) = written.content {
                guess = nearest(text, among: Self.allCases.map(\.rawValue))
            }
            throw written.mismatch(
                written.isNull ? "has no value" : "is \(written.citation), not \(Self.typeName)",
                remedy: guess.map { "did you mean \($0)?" } ?? (written.isNull ? "write \(Self.typeName)" : nil))
        }
        self = value
    }
}

extension WrittenValue {
    /// The text of a scalar that is neither absent nor in quotes.
    func plainText<Value: ConfigurationValue>(of type: Value.Type) throws(ConfigurationMismatch) -> String {
        if isNull {
            throw mismatch("has no value", remedy: "write \(Value.typeName), or remove the key for its default")
        }
        guard case .scalar(let text, let quoted) = content else {
            throw mismatch("is \(citation), not \(Value.typeName)")
        }
        if quoted { throw mismatch("is the text \(citation), not \(Value.typeName)", remedy: "remove the quotes") }
        return text
    }

    func mismatch(_ problem: String, remedy: String? = nil) -> ConfigurationMismatch {
        ConfigurationMismatch(problem: problem, remedy: remedy, place: place)
    }
}
