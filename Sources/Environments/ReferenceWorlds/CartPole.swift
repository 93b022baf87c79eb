import Foundation
import RandomNumbers

/// A pole stands on a cart and must be kept from falling by pushing the cart left and right: CartPole-v1 of Gymnasium, step
/// by step.
///
/// With force F = ±10 N, cart of 1 kg, pole of m = 0.1 kg and half length l = 0.5 m, M = 1.1 kg together, g = 9.8 m/s²:
///
///     u  = (F + m l ω² sin θ) / M
///     ω' = (g sin θ − u cos θ) / (l·(4/3 − m cos² θ / M))
///     v' = u − m l ω' cos θ / M
///
/// followed by one step of Euler's method over 0.02 s: all four numbers move with the rates of before the step. (The friction
/// of Barto, Sutton and Anderson is left out, as Gymnasium does.)
///
/// Actions push left (0) and right (1). Each step earns 1, that of the fall too. An episode begins with all four numbers
/// uniform in [−0.05, 0.05); it is `terminated` where |x| > 2.4 m or |θ| > 12°, and `truncated` after 500 steps. A step that
/// is both is terminated: a fallen pole is a real end.
///
/// The four numbers are kept in `Double`, as Gymnasium keeps them; agents see `Float`, as its observations are.
///
/// - SeeAlso: Barto, Sutton and Anderson, “Neuronlike adaptive elements that can solve difficult learning control problems”,
///   IEEE Transactions on Systems, Man, and Cybernetics 13(5), 1983.
package struct CartPole: ReplayableWorld {
    package struct Moment: Equatable, BitwiseCopyable, Sendable {
        /// x, metres from the middle of the track.
        package var position: Double
        /// v, metres a second.
        package var velocity: Double
        /// θ, radians from the vertical.
        package var angle: Double
        /// ω, radians a second.
        package var angularVelocity: Double
        /// Steps since the episode began.
        package var step: Int32

        package init(
            position: Double, velocity: Double, angle: Double, angularVelocity: Double, step: Int32 = 0
        ) {
            self.position = position
            self.velocity = velocity
            self.angle = angle
            self.angularVelocity = angularVelocity
            self.step = step
        }
    }

    /// After so many steps an episode is cut.
    package static let longestEpisode: Int32 = 500

    package var moment = Moment(position: 0, velocity: 0, angle: 0, angularVelocity: 0)

    package init() {}

    package mutating func begin(using stream: inout RandomStream) {
        func small() -> Double { -0.05 + 0.1 * stream.uniform() }
        moment = Moment(position: small(), velocity: small(), angle: small(), angularVelocity: small())
    }

    package mutating func advance(_ action: UInt8) -> (reward: Float, ending: Ending) {
        precondition(action < 2, "action \(action) is neither 0 nor 1")
        precondition(moment.step < CartPole.longestEpisode, "the episode has ended")
        let force = action == 1 ? 10.0 : -10.0
        let mass = 1.1
        let poleMass = 0.1
        let halfLength = 0.5
        let cosine = cos(moment.angle)
        let sine = sin(moment.angle)
        let push =
            (force + poleMass * halfLength * (moment.angularVelocity * moment.angularVelocity) * sine) / mass
        let angularAcceleration =
            (9.8 * sine - cosine * push) / (halfLength * (4.0 / 3 - poleMass * (cosine * cosine) / mass))
        let acceleration = push - poleMass * halfLength * angularAcceleration * cosine / mass
        let seconds = 0.02
        moment = Moment(
            position: moment.position + seconds * moment.velocity,
            velocity: moment.velocity + seconds * acceleration,
            angle: moment.angle + seconds * moment.angularVelocity,
            angularVelocity: moment.angularVelocity + seconds * angularAcceleration,
            step: moment.step + 1)
        if abs(moment.position) > 2.4 || abs(moment.angle) > 12 * 2 * .pi / 360 { return (1, .terminated) }
        return (1, moment.step == CartPole.longestEpisode ? .truncated : .none)
    }

    package var state: WorldState {
        WorldState(
            numbers: SIMD8(
                Float(moment.position), Float(moment.velocity), Float(moment.angle), Float(moment.angularVelocity),
                0, 0, 0, 0), valid: 0b11)
    }

    package var view: WorldView { WorldView(windowLength: 0, numbers: 4, actions: 2) }
}
