import Brokerage
import Environments
import Indicators
import MarketData
import RandomNumbers

/// Trades as learned policies say: each from the bar on at which it was put in charge.
package struct PolicyStrategy<P: Policy<TradingObservation, TradingAction>>: Strategy {
    /// A frozen policy with the features as scaled on the bars it was trained on.
    package struct Tenure: Sendable {
        /// The first bar at whose close the policy decides.
        package let firstDecision: Int
        /// Its episode is the tenure.
        package fileprivate(set) var policy: P
        package let features: FeatureMatrix

        package init(firstDecision: Int, policy: P, features: FeatureMatrix) {
            self.firstDecision = firstDecision
            self.policy = policy
            self.features = features
        }
    }
    private var tenures: [Tenure]
    private let translator: TradingTranslator

    /// - Parameters:
    ///   - tenures: Each policy decides from its first decision until that of the next.
    ///   - translator: The one that the policies were trained with.
    /// - Precondition: there is a tenure, and they follow each other in time.
    package init(tenures: [Tenure], translator: TradingTranslator) {
        precondition(!tenures.isEmpty, "a strategy needs a policy")
        precondition(
            zip(tenures, tenures.dropFirst()).allSatisfy { $0.firstDecision < $1.firstDecision },
            "tenures follow each other")
        self.tenures = tenures
        self.translator = translator
    }

    package mutating func order(at view: MarketView, account: Ledger, using stream: inout RandomStream) -> Order? {
        guard let index = tenures.lastIndex(where: { $0.firstDecision <= view.now }), let close = view.close() else {
            return nil
        }
        let observation = TradingObservation(
            window: tenures[index].features.window(endingAt: view.now, length: translator.windowLength),
            account: translator.accountFeatures(of: account, close: close, now: view.now),
            validActions: translator.validActions(shares: account.shares))
        let action = tenures[index].policy.action(for: observation, using: &stream)
        return translator.order(for: action, shares: account.shares)
    }
}
