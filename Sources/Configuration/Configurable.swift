/// A section of a strategy file: a value whose keys are each declared once.
///
/// That one declaration serves reading, validation, `--set`, writing back and the reference of keys:
///
///     package struct ReplayConfiguration: Configurable {
///         package var capacity = 100_000
///         package var batchSize = 64
///
///         package init() {}
///
///         package mutating func describe(to fields: inout some FieldVisitor) {
///             fields.field("capacity", &capacity, "Transitions kept; the oldest is overwritten.", .positive)
///             fields.field("batchSize", &batchSize, "Transitions per gradient step.", .positive)
///             fields.check(batchSize <= capacity, "batchSize", "is \(batchSize), more than capacity, \(capacity)")
///         }
///     }
package protocol Configurable: Sendable, Equatable {
    /// The defaults, which satisfy every rule and check.
    init()

    /// Shows every key to the visitor, once each and in the order of the file.
    ///
    /// The same calls must be made whatever the values are; where the keys depend on a value, use `ConfigurableChoice`.
    mutating func describe(to fields: inout some FieldVisitor)
}

/// What looks at the keys of a section: a reader, a writer, a list of keys.
package protocol FieldVisitor {
    /// A key with a value.
    ///
    /// - Parameters:
    ///   - key: Its name in the file, in camel case, without a dot.
    ///   - documentation: What the value means, with its unit: it stands above the key in every file we write.
    ///   - rules: What the value must satisfy, apart from its type.
    mutating func field<Value: ConfigurationValue>(
        _ key: String, _ value: inout Value, _ documentation: String, _ rules: Rule<Value>...)

    /// A key with keys of its own below it.
    mutating func section<Section: Configurable>(_ key: String, _ section: inout Section, _ documentation: String)

    /// The key `kind` and the keys that belong to it; called for every `ConfigurableChoice`.
    mutating func choice<Choice: ConfigurableChoice>(_ choice: inout Choice)

    /// A condition between keys that were already shown; only a reader looks at it.
    ///
    /// A reader counts it only where all keys of the section, and of the sections within, could be read: a misspelled key
    /// shall not be answered with a complaint about the default that stands in for it.
    ///
    /// - Parameters:
    ///   - key: The key of this section to change.
    ///   - problem: What is wrong, to follow the name of the key: “is 128, more than capacity, 64”.
    mutating func check(_ condition: Bool, _ key: String, _ problem: String)
}

extension FieldVisitor {
    package mutating func check(_ condition: Bool, _ key: String, _ problem: String) {}
}
