import Environments
import Foundation
import RandomNumbers

extension TradingEnvironment {
    /// Compares policies by the growth of the account on the whole span as one episode: ln(final / starting equity), net of
    /// costs, whatever the reward is. Values are watched for a flat account at up to 250 bars of the span.
    package func evaluation(key: RandomKey) -> Evaluation<TradingEnvironment> {
        var probe = self
        var stream = key.stream("probes")
        _ = probe.reset(using: &stream)
        let start = probe.moment
        let probes = stride(from: span.lowerBound, to: span.upperBound - 1, by: max(1, span.count / 250)).map { bar in
            var moment = start
            moment.now = bar
            return moment
        }
        return Evaluation(world: self, probes: probes) { policy in
            var world = self
            world.moment = start
            _ = world.play(policy)
            return log(max(world.equity / world.startingCash, 1e-4))
        }
    }
}
