import Environments
import Foundation
import RandomNumbers
import Testing
import TraderTestSupport

/// What Gymnasium did; `Tests/Golden/environments/make_golden.py` recorded it.
private struct Recording: Decodable {
    struct Trajectory: Decodable {
        var world: String
        var actions: [UInt8]
        var states: [[Double]]
        var rewards: [Float]
        var ending: String
    }

    var trajectories: [Trajectory]

    static func trajectories(of world: String) throws -> [Trajectory] {
        let data = try Data(contentsOf: GoldenFile.url("environments/classic-control.json"))
        return try JSONDecoder().decode(Recording.self, from: data).trajectories.filter { $0.world == world }
    }
}

/// Each recorded step is taken anew from the recorded state. (Whole trajectories would not do: the pole is unstable, and in
/// 500 steps even the last bit of a sine grows to a metre.)
private func expectSteps<World: ReplayableWorld>(
    of world: World, _ name: String, tolerance: Double, moment: ([Double], Int32) -> World.Moment,
    numbers: (World.Moment) -> [Double]
) throws {
    let trajectories = try Recording.trajectories(of: name)
    #expect(Set(trajectories.map(\.ending)) == ["terminated", "truncated"])
    for (index, trajectory) in trajectories.enumerated() {
        var world = world
        for (step, action) in trajectory.actions.enumerated() {
            world.moment = moment(trajectory.states[step], Int32(step))
            let outcome = world.advance(action)
            let isLast = step == trajectory.actions.count - 1
            #expect(outcome.reward == trajectory.rewards[step])
            #expect("\(outcome.ending)" == (isLast ? trajectory.ending : "none"), "trajectory \(index), step \(step)")
            for (ours, theirs) in zip(numbers(world.moment), trajectory.states[step + 1]) {
                #expect(abs(ours - theirs) <= tolerance, "trajectory \(index), step \(step)")
            }
        }
    }
}

@Test func theMountainCarDrivesAsGymnasiums() throws {
    // A handful of operations on numbers below 2, each right to 2⁻⁵³ of them.
    try expectSteps(
        of: MountainCar(), "MountainCar-v0", tolerance: 1e-15,
        moment: { MountainCar.Moment(position: $0[0], velocity: $0[1], step: $1) },
        numbers: { [$0.position, $0.velocity] })
}

@Test func theCartPoleFallsAsGymnasiums() throws {
    // Some dozen operations on numbers below 5, sines and cosines that are right to 4 units in the last place.
    try expectSteps(
        of: CartPole(), "CartPole-v1", tolerance: 1e-14,
        moment: {
            CartPole.Moment(position: $0[0], velocity: $0[1], angle: $0[2], angularVelocity: $0[3], step: $1)
        },
        numbers: { [$0.position, $0.velocity, $0.angle, $0.angularVelocity] })
}

@Test func whatIsBothAnEndAndTooLateIsAnEnd() {
    var car = MountainCar()
    car.moment = MountainCar.Moment(position: 0.49, velocity: 0.05, step: 199)
    #expect(car.advance(2).ending == .terminated)
    car.moment = MountainCar.Moment(position: 0.4, velocity: 0, step: 199)
    #expect(car.advance(2).ending == .truncated)
    var cart = CartPole()
    cart.moment = CartPole.Moment(position: 0, velocity: 0, angle: 0.205, angularVelocity: 1, step: 499)
    #expect(cart.advance(1).ending == .terminated)
    cart.moment = CartPole.Moment(position: 0, velocity: 0, angle: 0, angularVelocity: 0, step: 499)
    #expect(cart.advance(1).ending == .truncated)
}

@Test func agentsSeeTheCarAndThePole() {
    var car = MountainCar()
    car.moment = MountainCar.Moment(position: -0.5, velocity: 0.03, step: 7)
    #expect(car.state.numbers == SIMD8(-0.5, 10 * Float(0.03), 0, 0, 0, 0, 0, 0))
    #expect(car.state.valid == 0b111 && car.view == WorldView(windowLength: 0, numbers: 2, actions: 3))
    var unscaled = MountainCar(velocityScale: 1)
    unscaled.moment = car.moment
    #expect(unscaled.state.numbers == SIMD8(-0.5, 0.03, 0, 0, 0, 0, 0, 0))
    var cart = CartPole()
    cart.moment = CartPole.Moment(position: 1, velocity: -2, angle: 0.1, angularVelocity: 3, step: 7)
    #expect(cart.state.numbers == SIMD8(1, -2, 0.1, 3, 0, 0, 0, 0))
    #expect(cart.state.valid == 0b11 && cart.view == WorldView(windowLength: 0, numbers: 4, actions: 2))
    #expect(car.table == nil && cart.table == nil)
}

/// Mean and variance of a uniform law on an interval of length w: its middle and w² / 12. With n draws the mean has the
/// standard error w / √(12n), the variance w² / √(180n); five of them are not exceeded but once in a million.
@Test func episodesBeginWhereGymnasiumsDo() {
    let draws = 20_000
    func expectUniform(_ values: [Double], _ range: Range<Double>, _ name: String) {
        let width = range.upperBound - range.lowerBound
        let mean = values.reduce(0, +) / Double(draws)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws)
        #expect(values.allSatisfy(range.contains))
        #expect(abs(mean - range.lowerBound - width / 2) < 5 * width / (12 * Double(draws)).squareRoot(), "\(name)")
        #expect(abs(variance - width * width / 12) < 5 * width * width / (180 * Double(draws)).squareRoot(), "\(name)")
    }
    var stream = RandomKey(seed: 1).stream("episodes")
    var car = MountainCar()
    let cars = (0..<draws).map { _ in
        car.begin(using: &stream)
        return car.moment
    }
    #expect(cars.allSatisfy { $0.velocity == 0 && $0.step == 0 })
    expectUniform(cars.map(\.position), -0.6..<(-0.4), "position of the car")
    var cart = CartPole()
    let carts = (0..<draws).map { _ in
        cart.begin(using: &stream)
        return cart.moment
    }
    #expect(carts.allSatisfy { $0.step == 0 })
    let columns: [(KeyPath<CartPole.Moment, Double>, String)] = [
        (\.position, "position"), (\.velocity, "velocity"), (\.angle, "angle"), (\.angularVelocity, "angular velocity"),
    ]
    for (path, name) in columns { expectUniform(carts.map { $0[keyPath: path] }, -0.05..<0.05, name) }
}

/// What replay buffers build on: the same action from the same moment has the same outcome, wherever the world was since.
private func expectReplay<World: ReplayableWorld>(of world: World) where World.Moment: Equatable {
    for seed in 0..<20 {
        var world = world
        var stream = RandomKey(seed: 2).child(seed).stream("replay")
        world.begin(using: &stream)
        var steps: [(moment: World.Moment, action: UInt8, reward: Float, ending: Ending, next: World.Moment)] = []
        var ending = Ending.none
        while ending == .none {
            let moment = world.moment
            let action = UInt8(stream.index(below: world.view.actions))
            let outcome = world.advance(action)
            ending = outcome.ending
            steps.append((moment, action, outcome.reward, ending, world.moment))
        }
        for step in steps.shuffled(using: &stream) {
            world.moment = step.moment
            let outcome = world.advance(step.action)
            #expect(outcome == (step.reward, step.ending) && world.moment == step.next, "seed \(seed)")
        }
    }
}

@Test func everyMomentCanBeTakenUpAgain() {
    expectReplay(of: MountainCar())
    expectReplay(of: CartPole())
    var stream = RandomKey(seed: 3).stream("episodes")
    expectReplay(of: GaoGame(.generate(.univariate, count: 10, using: &stream)))
}
