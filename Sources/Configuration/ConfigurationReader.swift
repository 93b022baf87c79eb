/// Reads the keys of one section, and of those within, collecting every problem.
struct ConfigurationReader: FieldVisitor {
    typealias Problem = ConfigurationProblems.Problem

    /// `agent.`; empty at the top.
    let prefix: String
    /// Where the section begins.
    let place: Place
    let entries: [WrittenValue.Entry]
    /// Every key of the whole file, for guesses.
    let legalKeys: [KeyReference]
    /// Whether `--set` chose the kind here or above, so that the file may hold keys of another.
    var isKindOverridden: Bool

    private var keysHere: [String] = []
    private var problems: [Problem] = []
    private var failedChecks: [Problem] = []
    private var isKindUnknown = false

    init(
        prefix: String, place: Place, entries: [WrittenValue.Entry], legalKeys: [KeyReference],
        isKindOverridden: Bool = false
    ) {
        self.prefix = prefix
        self.place = place
        self.entries = entries
        self.legalKeys = legalKeys
        self.isKindOverridden = isKindOverridden
    }

    /// What is wrong, once the section has described itself.
    consuming func finished() -> [Problem] {
        for entry in entries where !keysHere.contains(entry.key) && !isPassedOver(entry) {
            problems.append(Problem(place: entry.place, text: unknownKey(entry.key)))
        }
        return problems.isEmpty ? failedChecks : problems
    }

    mutating func field<Value: ConfigurationValue>(
        _ key: String, _ value: inout Value, _ documentation: String, _ rules: Rule<Value>...
    ) {
        keysHere.append(key)
        guard let entry = entries.first(where: { $0.key == key }) else { return }
        func report(_ place: Place, _ problem: String, _ remedy: String) {
            problems.append(Problem(place: place, text: "\(prefix)\(key)\(problem); \(remedy)"))
        }
        let fallback = "the default is \(value.written)"
        do throws(ConfigurationMismatch) {
            let read = try Value(reading: entry.value)
            let broken = rules.filter { !$0.isMet(read) }
            for rule in broken { report(entry.value.place, " is \(read.written), \(rule.complaint)", fallback) }
            // A value that breaks a rule stays out, so that no check computes with it.
            if broken.isEmpty { value = read }
        } catch {
            report(error.place, "\(error.element) \(error.problem)", error.remedy ?? fallback)
        }
    }

    mutating func section<Section: Configurable>(_ key: String, _ section: inout Section, _ documentation: String) {
        keysHere.append(key)
        let entry = entries.first { $0.key == key }
        var below: [WrittenValue.Entry] = []
        if let entry, case .mapping(let written) = entry.value.content {
            below = written
        } else if let entry, !entry.value.isNull {
            let text = "\(prefix)\(key) is \(entry.value.citation), not a section; indent its keys below it"
            problems.append(Problem(place: entry.value.place, text: text))
            return
        }
        var reader = ConfigurationReader(
            prefix: prefix + key + ".", place: entry?.place ?? place, entries: below, legalKeys: legalKeys,
            isKindOverridden: isKindOverridden)
        section.describe(to: &reader)
        problems += reader.finished()
    }

    mutating func choice<Choice: ConfigurableChoice>(_ choice: inout Choice) {
        var kind = choice.kind
        let problemsBefore = problems.count
        field("kind", &kind, kindDocumentation)
        isKindUnknown = problems.count > problemsBefore
        let isOverridden = entries.contains { $0.key == "kind" && $0.value.place.isOverride }
        isKindOverridden = isKindOverridden || isOverridden
        if kind != choice.kind { choice = Choice(kind: kind) }
        if !isKindUnknown { choice.describeChosen(to: &self) }
    }

    mutating func check(_ condition: Bool, _ key: String, _ problem: String) {
        guard !condition else { return }
        let written = entries.first { $0.key == key }
        failedChecks.append(Problem(place: written?.value.place ?? place, text: "\(prefix)\(key) \(problem)"))
    }

    /// Whether an entry is no key of this kind and yet no mistake.
    private func isPassedOver(_ entry: WrittenValue.Entry) -> Bool {
        let isOfAnotherKind = isKindOverridden && legalKeys.contains { $0.path == prefix + entry.key }
        return isKindUnknown || (isOfAnotherKind && !entry.place.isOverride)
    }

    /// What to say to a key that is not legal here: the nearest key that is, here or anywhere.
    private func unknownKey(_ key: String) -> String {
        let unknown = "\(prefix)\(key) is not a key"
        if let other = legalKeys.first(where: { $0.path == prefix + key }), let condition = other.condition {
            return "\(unknown) of this kind: it needs that \(condition); remove it, or change the kind"
        }
        if let elsewhere = legalKeys.first(where: { $0.key == key }) {
            return "\(unknown); \(key) belongs elsewhere: did you mean \(elsewhere.path)?"
        }
        if let guess = nearest(key, among: keysHere) { return "\(unknown); did you mean \(prefix)\(guess)?" }
        if let guess = nearest(key, among: legalKeys.map(\.key)),
            let elsewhere = legalKeys.first(where: { $0.key == guess })
        {
            return "\(unknown); did you mean \(elsewhere.path)?"
        }
        return unknown + (keysHere.isEmpty ? "; remove it" : "; the keys here are \(keysHere.joined(separator: ", "))")
    }
}
