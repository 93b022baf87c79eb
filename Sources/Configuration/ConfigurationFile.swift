/// Strategy files: strict to read, complete to write.
///
/// Reading takes every scalar as the text that stands there and converts it by the declared type, so the symbols in
/// `[NO, ON, 1e5]` are `NO`, `ON` and `1e5`. Keys that are absent keep their default; anything that would be ignored is a
/// problem instead.
package enum ConfigurationFile {
    /// The configuration that a file and the overrides after it describe.
    ///
    /// - Parameters:
    ///   - text: YAML; a mapping of keys.
    ///   - name: The file as messages shall name it.
    ///   - isAtHand: Whether the user can look at the file: then messages say where in it. Not so for what is built in.
    ///   - overrides: Each `section.key=value`, applied in order, so a later one wins.
    /// - Throws: `ConfigurationProblems` with all that is wrong, unless the text is not YAML: then with that alone.
    package static func decode<Root: Configurable>(
        _ type: Root.Type, text: String, name: String, isAtHand: Bool = true, overrides: [String] = []
    ) throws(ConfigurationProblems) -> Root {
        var problems: [ConfigurationProblems.Problem] = []
        let fileEntries = YAMLReader.entries(of: text, problems: &problems)
        var entries = fileEntries ?? []
        for (number, text) in overrides.enumerated() {
            let override = Override(text, number: number, problems: &problems)
            override?.apply(to: &entries, problems: &problems)
        }
        var root = Root()
        if fileEntries != nil {
            var reader = ConfigurationReader(
                prefix: "", place: .file(line: 1, column: 1), entries: entries, legalKeys: keyReference(for: type))
            root.describe(to: &reader)
            problems += reader.finished()
        }
        guard problems.isEmpty else { throw ConfigurationProblems(name: name, isAtHand: isAtHand, problems) }
        return root
    }

    /// The complete file: every key with its documentation and its value. Reading it gives an equal value.
    package static func encode(_ value: some Configurable) -> String {
        var value = value
        var writer = ConfigurationWriter(indentation: "")
        value.describe(to: &writer)
        return writer.text.isEmpty ? "{}\n" : writer.text
    }
}
