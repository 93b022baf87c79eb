import Configuration

/// Which law a synthetic market follows, with its parameters.
package enum SyntheticModel: ConfigurableChoice {
    case geometricBrownianMotion(GeometricBrownianMotion)
    case heston(HestonModel)
    case mertonJumpDiffusion(MertonJumpDiffusion)
    case regimeSwitching(RegimeSwitching)
    case ornsteinUhlenbeck(OrnsteinUhlenbeck)
    case sineWave(SineWave)
    case squareWave(SquareWave)

    package enum Kind: String, CaseIterable, Sendable, ConfigurationValue {
        case geometricBrownianMotion = "geometric-brownian-motion"
        case heston
        case mertonJumpDiffusion = "merton-jump-diffusion"
        case regimeSwitching = "regime-switching"
        case ornsteinUhlenbeck = "ornstein-uhlenbeck"
        case sineWave = "sine-wave"
        case squareWave = "square-wave"

        /// What it is, in one sentence.
        package var summary: String {
            switch self {
            case .geometricBrownianMotion: "Independent normal log returns: nothing in the past helps."
            case .heston: "A variance that wanders, so that calm and wild times cluster."
            case .mertonJumpDiffusion: "A geometric Brownian motion with jumps: fat tails."
            case .regimeSwitching: "A hidden Markov chain of drifts and volatilities, such as rising and falling times."
            case .ornsteinUhlenbeck: "A log price that is drawn back to the first price: what has fallen tends to rise."
            case .sineWave: "A sine wave with noise: a market whose turns are certain."
            case .squareWave: "A price that stands low, then high, with noise: turns that are certain and sudden."
            }
        }
    }

    package init() { self.init(kind: .geometricBrownianMotion) }

    package init(kind: Kind) {
        switch kind {
        case .geometricBrownianMotion: self = .geometricBrownianMotion(GeometricBrownianMotion())
        case .heston: self = .heston(HestonModel())
        case .mertonJumpDiffusion: self = .mertonJumpDiffusion(MertonJumpDiffusion())
        case .regimeSwitching: self = .regimeSwitching(RegimeSwitching())
        case .ornsteinUhlenbeck: self = .ornsteinUhlenbeck(OrnsteinUhlenbeck())
        case .sineWave: self = .sineWave(SineWave())
        case .squareWave: self = .squareWave(SquareWave())
        }
    }

    package var kind: Kind {
        switch self {
        case .geometricBrownianMotion: .geometricBrownianMotion
        case .heston: .heston
        case .mertonJumpDiffusion: .mertonJumpDiffusion
        case .regimeSwitching: .regimeSwitching
        case .ornsteinUhlenbeck: .ornsteinUhlenbeck
        case .sineWave: .sineWave
        case .squareWave: .squareWave
        }
    }

    /// The law itself.
    package var market: any SyntheticMarket {
        switch self {
        case .geometricBrownianMotion(let market): market
        case .heston(let market): market
        case .mertonJumpDiffusion(let market): market
        case .regimeSwitching(let market): market
        case .ornsteinUhlenbeck(let market): market
        case .sineWave(let market): market
        case .squareWave(let market): market
        }
    }

    package mutating func describeChosen(to fields: inout some FieldVisitor) {
        switch self {
        case .geometricBrownianMotion(var market):
            market.describe(to: &fields)
            self = .geometricBrownianMotion(market)
        case .heston(var market):
            market.describe(to: &fields)
            self = .heston(market)
        case .mertonJumpDiffusion(var market):
            market.describe(to: &fields)
            self = .mertonJumpDiffusion(market)
        case .regimeSwitching(var market):
            market.describe(to: &fields)
            self = .regimeSwitching(market)
        case .ornsteinUhlenbeck(var market):
            market.describe(to: &fields)
            self = .ornsteinUhlenbeck(market)
        case .sineWave(var market):
            market.describe(to: &fields)
            self = .sineWave(market)
        case .squareWave(var market):
            market.describe(to: &fields)
            self = .squareWave(market)
        }
    }
}
