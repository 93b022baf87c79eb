extension Array {
    /// The index of the first element whose time is not before another; `count` where there is none.
    /// - Precondition: the times do not fall.
    /// - Complexity: O(log *n*).
    func firstIndex(notBefore other: Timestamp, time: (Element) -> Timestamp) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if time(self[middle]) < other { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
