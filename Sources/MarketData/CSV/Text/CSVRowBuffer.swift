/// What libcsv has taken apart: the bytes of the current row's fields, one after the other.
final class CSVRowBuffer {
    /// The line on which the row begins.
    private(set) var line = 0
    private(set) var isComplete = false
    private(set) var fieldCount = 0
    private(set) var byteCount = 0
    /// Bytes of the longest field.
    private(set) var longestField = 0
    private var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1_024)
    /// Where each field ends in `bytes`.
    private var ends = UnsafeMutableBufferPointer<Int>.allocate(capacity: 64)
    /// The line's text, lent by the reader of lines, or kept where the row goes on behind it.
    private var lentText = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var keptText: [UInt8]?

    deinit {
        bytes.deallocate()
        ends.deallocate()
    }

    /// The bytes of the line on which the row begins. libcsv does not keep them.
    var text: [UInt8] { keptText ?? Array(lentText) }

    /// A field without quotes and surrounding blanks.
    subscript(field: Int) -> UnsafeBufferPointer<UInt8> {
        precondition(field < fieldCount, "a row has the fields that it has")
        return UnsafeBufferPointer(rebasing: bytes[(field == 0 ? 0 : ends[field - 1])..<ends[field]])
    }

    func removeAll() {
        fieldCount = 0
        byteCount = 0
        isComplete = false
        longestField = 0
        keptText = nil
    }

    func begin(_ text: UnsafeBufferPointer<UInt8>, _ line: Int) {
        self.line = line
        lentText = text
    }

    func keepText() {
        if keptText == nil { keptText = Array(lentText) }
    }

    private func append(_ text: UnsafeMutableRawPointer?, _ count: Int) {
        if byteCount + count > bytes.count { bytes = grown(bytes, byteCount, to: 2 * (byteCount + count)) }
        if fieldCount == ends.count { ends = grown(ends, fieldCount, to: 2 * fieldCount) }
        if count > 0, let text, let base = bytes.baseAddress {
            UnsafeMutableRawPointer(base + byteCount).copyMemory(from: text, byteCount: count)
        }
        byteCount += count
        ends[fieldCount] = byteCount
        fieldCount += 1
        longestField = max(longestField, count)
    }

    private func grown<Element>(
        _ old: UnsafeMutableBufferPointer<Element>, _ used: Int, to capacity: Int
    ) -> UnsafeMutableBufferPointer<Element> {
        let new = UnsafeMutableBufferPointer<Element>.allocate(capacity: capacity)
        _ = new.update(fromContentsOf: old[..<used])
        old.deallocate()
        return new
    }

    static let fieldEnded: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
        text, count, context in
        guard let context else { return }
        Unmanaged<CSVRowBuffer>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.append(text, count) }
    }

    static let rowEnded: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { _, context in
        guard let context else { return }
        Unmanaged<CSVRowBuffer>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.isComplete = true }
    }
}
