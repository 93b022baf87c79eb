/// A `--set key.path=value`, which has the last word over the file.
struct Override {
    let place: Place
    let path: [String]
    let value: WrittenValue

    /// Reads `key.path=value`.
    ///
    /// The value is taken as it stands, unless it begins with a bracket, a brace or a quote: then it is YAML, such as
    /// `universe.symbols=[SPY, NO]`. Nothing behind the equals sign is `null`.
    ///
    /// - Returns: Nil, with a problem added, where the text is not of that form.
    init?(_ text: String, number: Int, problems: inout [ConfigurationProblems.Problem]) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let path = sides[0].split(separator: ".", omittingEmptySubsequences: false).map { $0.trimmed }
        let place = Place.override(number, path: sides[0].trimmed)
        guard sides.count == 2, path.allSatisfy({ !$0.isEmpty }) else {
            problems.append(
                .init(place: place, text: "write --set section.key=value, such as --set agent.discount=0.9"))
            return nil
        }
        self.place = place
        self.path = path
        let written = sides[1].trimmed
        guard let first = written.first, "[{\"'".contains(first) else {
            value = WrittenValue(content: .scalar(written, quoted: false), place: place)
            return
        }
        var yamlProblems: [ConfigurationProblems.Problem] = []
        let value = YAMLReader.value(of: written, problems: &yamlProblems)
        problems += yamlProblems.map { .init(place: place, text: $0.text) }
        guard let value, yamlProblems.isEmpty else { return nil }
        self.value = value.moved(to: place)
    }

    /// Puts the value where its path says, opening sections on the way.
    func apply(to entries: inout [WrittenValue.Entry], problems: inout [ConfigurationProblems.Problem]) {
        apply(path[...], to: &entries, problems: &problems)
    }

    private func apply(
        _ rest: ArraySlice<String>, to entries: inout [WrittenValue.Entry],
        problems: inout [ConfigurationProblems.Problem]
    ) {
        guard let key = rest.first else { return }
        let index = entries.firstIndex { $0.key == key } ?? entries.endIndex
        if index == entries.endIndex {
            let nothing = WrittenValue(content: .scalar("", quoted: false), place: place)
            entries.append(.init(key: key, place: place, value: nothing))
        }
        guard rest.count > 1 else {
            entries[index].value = value
            entries[index].place = place
            return
        }
        var below: [WrittenValue.Entry] = []
        if case .mapping(let existing) = entries[index].value.content {
            below = existing
        } else if !entries[index].value.isNull {
            let path = self.path.dropLast(rest.count - 1).joined(separator: ".")
            let text = "\(path) is \(entries[index].value.citation), so it has no keys below it; set \(path) itself"
            problems.append(.init(place: place, text: text))
            return
        }
        apply(rest.dropFirst(), to: &below, problems: &problems)
        entries[index].value.content = .mapping(below)
    }
}

extension WrittenValue {
    /// The same with every part at one place.
    fileprivate func moved(to place: Place) -> WrittenValue {
        var result = WrittenValue(content: content, place: place)
        switch content {
        case .scalar: break
        case .list(let elements): result.content = .list(elements.map { $0.moved(to: place) })
        case .mapping(let entries):
            result.content = .mapping(
                entries.map { Entry(key: $0.key, place: place, value: $0.value.moved(to: place)) })
        }
        return result
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
