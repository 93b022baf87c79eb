/// Applies `body` to every element, several at a time, and returns the results in the order of the elements, so that
/// nothing depends on how many workers there were.
///
/// The first error cancels the rest and is thrown; so does cancelling the surrounding task.
func parallelMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], workers: Int, _ body: @escaping @Sendable (Element) throws -> Result
) async throws -> [Result] {
    precondition(workers > 0, "somebody has to work")
    return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: elements.count)
        var started = 0
        func startNext() {
            guard started < elements.count else { return }
            let index = started
            started += 1
            group.addTask {
                try Task.checkCancellation()
                return (index, try body(elements[index]))
            }
        }
        for _ in 0..<workers { startNext() }
        while let (index, result) = try await group.next() {
            results[index] = result
            startNext()
        }
        return results.compactMap { $0 }
    }
}
