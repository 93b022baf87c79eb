/// Take 5 and go, or take 3 and throw a die: with 1 or 2 the game is over, else one may choose again. Rewards are not
/// discounted.
///
/// Who always throws expects 3 + ⅔·V = V, so V = 9; quitting is worth 5, and throwing once and then quitting 3 + ⅔·5 = 6⅓.
package struct DiceGame: FiniteWorld {
    package static let quit = 0
    package static let throwing = 1

    package init() {}

    package var states: [String] { ["in"] }
    package var actions: [String] { ["quit", "throw"] }
    package var discount: Double { 1 }
    package var start: Int { 0 }

    package func outcomes(of action: Int, in state: Int) -> [FiniteOutcome] {
        action == DiceGame.quit
            ? [FiniteOutcome(probability: 1, reward: 5, next: nil)]
            : [
                FiniteOutcome(probability: 2.0 / 3, reward: 3, next: 0),
                FiniteOutcome(probability: 1.0 / 3, reward: 3, next: nil),
            ]
    }
}
