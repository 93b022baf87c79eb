/// What a Q-network looks like.
package struct QNetworkShape: Equatable, Sendable {
    /// How a window of bars becomes a vector.
    package enum Encoder: Equatable, Sendable {
        /// The last state of a gated recurrent unit that reads the bars, oldest first.
        case gru(hidden: Int)
        /// Rectified dense layers of these widths over the flattened window.
        case mlp(hidden: [Int])
    }

    /// T, bars in a window.
    package var window: Int
    /// F, features of a bar.
    package var features: Int
    /// A, numbers about the account; at most 8.
    package var account: Int
    /// N, actions; at most 8, since masks are bytes.
    package var actions: Int
    package var encoder: Encoder
    /// D, width of the dense layer that joins encoding and account.
    package var hidden: Int
    /// Whether values are V(s) + A(s, a) − mean over valid actions of A(s, ·) (Wang et al., arXiv 1511.06581, eq. 9).
    package var dueling: Bool

    /// - Precondition: all extents are positive, `account` and `actions` at most 8.
    package init(
        window: Int, features: Int, account: Int, actions: Int = 3, encoder: Encoder, hidden: Int, dueling: Bool = true
    ) {
        precondition(window > 0 && features > 0 && hidden > 0, "a Q-network of no extent")
        precondition((1...8).contains(account), "\(account) account numbers, expected 1…8")
        precondition((1...8).contains(actions), "\(actions) actions, expected 1…8")
        self.window = window
        self.features = features
        self.account = account
        self.actions = actions
        self.encoder = encoder
        self.hidden = hidden
        self.dueling = dueling
    }
}
