/// Writes a value as YAML, each key below its documentation.
struct ConfigurationWriter: FieldVisitor {
    /// Columns that comments keep to.
    private static let width = 100

    let indentation: String
    private(set) var text = ""

    init(indentation: String) { self.indentation = indentation }

    mutating func field<Value: ConfigurationValue>(
        _ key: String, _ value: inout Value, _ documentation: String, _ rules: Rule<Value>...
    ) {
        let legal = Value.typeName.hasPrefix("one of") ? [Value.typeName] : []
        comment(documentation, legal + rules.map(\.text))
        text += "\(indentation)\(key): \(value.written)\n"
    }

    mutating func section<Section: Configurable>(_ key: String, _ section: inout Section, _ documentation: String) {
        var below = ConfigurationWriter(indentation: indentation + "  ")
        section.describe(to: &below)
        if !text.isEmpty { text += "\n" }
        comment(documentation, [])
        text += "\(indentation)\(key):" + (below.text.isEmpty ? " {}\n" : "\n\(below.text)")
    }

    mutating func choice<Choice: ConfigurableChoice>(_ choice: inout Choice) {
        var kind = choice.kind
        field("kind", &kind, kindDocumentation)
        choice.describeChosen(to: &self)
    }

    /// Documentation and, in parentheses, what is legal, broken between words.
    private mutating func comment(_ documentation: String, _ legal: [String]) {
        let remark = legal.isEmpty ? "" : " (\(legal.joined(separator: "; ")))"
        var line = indentation + "#"
        for word in (documentation + remark).split(whereSeparator: \.isWhitespace) {
            if line.count + 1 + word.count > Self.width && line.count > indentation.count + 1 {
                text += line + "\n"
                line = indentation + "#"
            }
            line += " " + word
        }
        text += line + "\n"
    }
}
