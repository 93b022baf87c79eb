import Yams

/// Turns YAML text into values as they were written; what the text means is decided later, by the declared types.
enum YAMLReader {
    typealias Problem = ConfigurationProblems.Problem

    /// The entries of the mapping that the text is; nil, with the problem added, where it is none.
    ///
    /// Text that is no YAML, and a key given twice, end the reading at once: what follows could only be guessed.
    static func entries(of text: String, problems: inout [Problem]) -> [WrittenValue.Entry]? {
        let start = Place.file(line: 1, column: 1)
        guard let root = value(of: text, problems: &problems), !root.isNull else {
            if problems.isEmpty {
                problems.append(
                    Problem(place: start, text: "the file is empty; write its keys, or {} for all defaults"))
            }
            return nil
        }
        guard case .mapping(let entries) = root.content else {
            let text = "the file is \(root.citation), not keys with values; write lines such as key: value"
            problems.append(Problem(place: root.place, text: text))
            return nil
        }
        return entries
    }

    /// What the text says; nil where it says nothing or, with a problem added, is not YAML.
    static func value(of text: String, problems: inout [Problem]) -> WrittenValue? {
        do {
            // Some editors begin a file with a byte order mark, which libyaml takes for text.
            let hasMark = text.unicodeScalars.first == "\u{FEFF}"
            let parser = try Parser(yaml: hasMark ? String(text.unicodeScalars.dropFirst()) : text, encoding: .utf8)
            guard let root = try parser.singleRoot() else { return nil }
            // Nodes hold their anchors weakly; the parser owns them.
            return withExtendedLifetime(parser) { written(root, problems: &problems) }
        } catch {
            problems.append(problem(of: error, in: text))
            return nil
        }
    }

    private static func written(_ node: Node, problems: inout [Problem]) -> WrittenValue {
        let place = Place.file(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        // Without anchors there are no aliases either, so a small file stays small.
        let isAnchored = node.anchor != nil
        if isAnchored { problems.append(Problem(place: place, text: aliasesAreNotRead)) }
        switch node {
        case .scalar(let scalar):
            let quoted = ![.plain, .any].contains(scalar.style)
            return WrittenValue(content: .scalar(scalar.string, quoted: quoted), place: place)
        case .sequence(let sequence):
            let elements = isAnchored ? [] : sequence.map { written($0, problems: &problems) }
            return WrittenValue(content: .list(elements), place: place)
        case .mapping(let mapping):
            var entries: [WrittenValue.Entry] = []
            for (key, value) in isAnchored ? [] : Array(mapping) {
                let writtenKey = written(key, problems: &problems)
                guard case .scalar(let name, _) = writtenKey.content else {
                    let text = "a key is \(writtenKey.citation), not a name; put it in quotes if it is a name"
                    problems.append(Problem(place: writtenKey.place, text: text))
                    continue
                }
                let entry = WrittenValue.Entry(
                    key: name, place: writtenKey.place, value: written(value, problems: &problems))
                entries.append(entry)
            }
            return WrittenValue(content: .mapping(entries), place: place)
        case .alias:
            problems.append(Problem(place: place, text: aliasesAreNotRead))
            return WrittenValue(content: .list([]), place: place)
        }
    }

    private static let aliasesAreNotRead =
        "anchors (&) and aliases (*) are not read here; write the value out, or quote it"

    private static func problem(of error: any Error, in text: String) -> Problem {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _):
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
            let remedy =
                line.prefix { $0.isWhitespace }.contains("\t")
                ? "indent with spaces, not with tabs" : "check indentation, quotes and brackets here and just above"
            let said = (context.map { "\($0.text), " } ?? "") + problem
            return Problem(
                place: .file(line: mark.line, column: mark.column), text: "this is not YAML (\(said)); \(remedy)")
        case YamlError.composer(let context, _, let mark, _):
            // An alias of nothing comes without context; the other case is a second document.
            return Problem(
                place: .file(line: mark.line, column: mark.column),
                text: context == nil
                    ? aliasesAreNotRead : "another document begins here; keep one document in the file")
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            let names = keys.joined(separator: ", ")
            return Problem(
                place: .file(line: context.mark.line, column: context.mark.column),
                text: "\(names) stands here and again in the same section; keep one of them")
        case YamlError.reader(let problem, let offset, _, _):
            let before = text.prefix(offset ?? 0)
            let line = before.count { $0.isNewline } + 1
            let column = before.reversed().prefix { !$0.isNewline }.count + 1
            return Problem(
                place: .file(line: line, column: column), text: "this is not text (\(problem)); remove the character")
        default:
            return Problem(
                place: .file(line: 1, column: 1), text: "this cannot be read as YAML; write it anew as plain UTF-8 text"
            )
        }
    }
}
