/// A type that a key may have: numbers, text, truth, names of an enumeration, lists of these, and optionals.
///
/// An enumeration with text as raw values conforms by saying so; its raw values are the legal names.
package protocol ConfigurationValue: Sendable, Equatable {
    /// What a legal value is, to follow “not” in a message: “a whole number”.
    static var typeName: String { get }

    /// Reads what a file says. A scalar arrives as its text, so `NO` is a symbol where text is declared.
    init(reading written: WrittenValue) throws(ConfigurationMismatch)

    /// The value as YAML; reading it gives an equal value.
    var written: String { get }
}

/// Why a written value is not of the type that is declared.
package struct ConfigurationMismatch: Error {
    /// To follow the key: “is abc, not a number”.
    var problem: String
    /// What to do, where more can be said than the default.
    var remedy: String?
    /// Where, for an element of a list.
    var place: Place
    /// Which element: “[2]”, counted from 0.
    var element = ""
}
