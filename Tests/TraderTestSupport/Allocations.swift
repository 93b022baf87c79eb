import AllocationCounter

/// How often `work` asked for memory on this thread; nil where that cannot be counted, as under sanitizers.
package func allocations(_ work: () throws -> Void) rethrows -> Int? {
    let before = allocation_count()
    try work()
    let after = allocation_count()
    return before < 0 ? nil : after - before
}
