/// A section whose keys depend on its key `kind`.
///
///     package enum AgentConfiguration: ConfigurableChoice {
///         case gatedDQN(GatedDQNConfiguration)
///         case crossover(CrossoverConfiguration)
///
///         package enum Kind: String, CaseIterable, ConfigurationValue {
///             case gatedDQN = "gated-dqn"
///             case crossover = "moving-average-crossover"
///         }
///
///         package init() { self.init(kind: .gatedDQN) }
///
///         package init(kind: Kind) {
///             switch kind {
///             case .gatedDQN: self = .gatedDQN(GatedDQNConfiguration())
///             case .crossover: self = .crossover(CrossoverConfiguration())
///             }
///         }
///
///         package var kind: Kind {
///             switch self {
///             case .gatedDQN: .gatedDQN
///             case .crossover: .crossover
///             }
///         }
///
///         package mutating func describeChosen(to fields: inout some FieldVisitor) {
///             switch self {
///             case .gatedDQN(var configuration):
///                 configuration.describe(to: &fields)
///                 self = .gatedDQN(configuration)
///             case .crossover(var configuration):
///                 configuration.describe(to: &fields)
///                 self = .crossover(configuration)
///             }
///         }
///     }
///
/// In a file, a key of another kind is an unknown key. Where `--set agent.kind=…` chooses another kind than the file, keys
/// of the file that the new kind does not have are passed over, and those that it shares keep their value.
package protocol ConfigurableChoice: Configurable {
    /// The names of the kinds.
    associatedtype Kind: ConfigurationValue, RawRepresentable<String>, CaseIterable

    /// What is chosen now.
    var kind: Kind { get }

    /// A kind with its defaults.
    init(kind: Kind)

    /// Shows the keys that belong to the kind chosen, without `kind` itself.
    mutating func describeChosen(to fields: inout some FieldVisitor)
}

extension ConfigurableChoice {
    package mutating func describe(to fields: inout some FieldVisitor) { fields.choice(&self) }
}
