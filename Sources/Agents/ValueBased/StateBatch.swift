/// States that a Q-network evaluates together. Several may share a window, which is then encoded once.
package struct StateBatch {
    /// The row each window ends with; W windows. Networks without an encoder do not read them.
    package private(set) var windowEnds: [Int32] = []
    /// Encodings that states may refer to: one for each window, or for each step of each sequence.
    package private(set) var encodings = 0
    /// The encoding of each state: the index of its window, or what `SequenceSpan.encoding` gives; S states.
    package private(set) var windows: [Int32] = []
    /// The numbers beside the window of each state; the network's shape says how many lanes count.
    package private(set) var numbers: [SIMD8<Float>] = []
    /// The valid actions of each state, bit *a* for action *a*; never 0.
    package private(set) var valid: [UInt8] = []
    private var inOrder = true

    package init() {}

    /// Number of states, S.
    package var count: Int { windows.count }

    /// Whether state *i* has encoding *i*, and there are no others.
    package var isOneToOne: Bool { inOrder && encodings == windows.count }

    /// Empties the batch and keeps its memory.
    /// - Parameter encodings: How many encodings sequences will give; 0 for windows, which are then appended.
    package mutating func removeAll(encodings: Int = 0) {
        self.encodings = encodings
        windowEnds.removeAll(keepingCapacity: true)
        windows.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        valid.removeAll(keepingCapacity: true)
        inOrder = true
    }

    /// - Returns: The window's index.
    package mutating func appendWindow(endingAt row: Int) -> Int32 {
        windowEnds.append(Int32(row))
        encodings = windowEnds.count
        return Int32(windowEnds.count - 1)
    }

    /// - Parameter window: The window, or the encoding of a sequence's step.
    /// - Precondition: there is such an encoding, and an action is valid.
    /// - Returns: The state's index.
    package mutating func appendState(window: Int32, numbers: SIMD8<Float>, valid: UInt8) -> Int32 {
        precondition(window >= 0 && window < encodings, "window \(window) is not in the batch")
        precondition(valid != 0, "a state without valid actions")
        inOrder = inOrder && window == windows.count
        windows.append(window)
        self.numbers.append(numbers)
        self.valid.append(valid)
        return Int32(windows.count - 1)
    }

    /// Calls `body` with a view of the states, which is valid until it returns.
    package func withView<Result>(_ body: (StateView) throws -> Result) rethrows -> Result {
        try windowEnds.withUnsafeBufferPointer { windowEnds in
            try windows.withUnsafeBufferPointer { windows in
                try numbers.withUnsafeBufferPointer { numbers in
                    try valid.withUnsafeBufferPointer { valid in
                        try body(
                            StateView(
                                windowEnds: windowEnds, windows: windows, numbers: numbers, valid: valid,
                                isOneToOne: isOneToOne))
                    }
                }
            }
        }
    }
}

/// States in memory that somebody else owns; `StateBatch` says what the fields mean.
package struct StateView {
    package let windowEnds: UnsafeBufferPointer<Int32>
    package let windows: UnsafeBufferPointer<Int32>
    package let numbers: UnsafeBufferPointer<SIMD8<Float>>
    package let valid: UnsafeBufferPointer<UInt8>
    package let isOneToOne: Bool

    /// Number of states, S.
    package var count: Int { valid.count }

    /// Calls `body` with a view of one state.
    static func withOne<Result>(
        windowEnd: Int32, numbers: SIMD8<Float>, valid: UInt8, _ body: (StateView) -> Result
    ) -> Result {
        withUnsafePointer(to: windowEnd) { windowEnd in
            withUnsafePointer(to: Int32(0)) { window in
                withUnsafePointer(to: numbers) { numbers in
                    withUnsafePointer(to: valid) { valid in
                        body(
                            StateView(
                                windowEnds: UnsafeBufferPointer(start: windowEnd, count: 1),
                                windows: UnsafeBufferPointer(start: window, count: 1),
                                numbers: UnsafeBufferPointer(start: numbers, count: 1),
                                valid: UnsafeBufferPointer(start: valid, count: 1), isOneToOne: true))
                    }
                }
            }
        }
    }
}
