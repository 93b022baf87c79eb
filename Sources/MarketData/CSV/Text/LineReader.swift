import Foundation

/// Reads a stream line by line in bounded memory: the door that every price file comes through.
///
/// A line ends with LF, CRLF or CR; the last needs no end. A byte order mark is skipped. What is not a text file is refused by
/// name (`FileSignature`), and so are a NUL byte and a line longer than `longestLine`.
final class LineReader {
    /// Lines longer than this many bytes are refused.
    static let longestLine = 262_144
    /// So many bytes are read at once.
    private let chunk: Int

    /// The number of the line that `next` gave last, counted from 1.
    private(set) var number = 0
    /// Whether the line that `next` gave last has an end, as all but the last have.
    private(set) var lineHasEnd = true
    private let stream: ByteStream
    /// Bytes `position..<end` are read and not yet given out. A line within the limit fits beside a chunk.
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var position = 0
    private var end = 0
    private var isAtEnd = false
    /// Whether the buffer holds a CR; most files have none, and need not be searched twice.
    private var mayHoldCR = false
    /// Where the first NUL byte of the buffer stands; `Int.max` where there is none.
    private var nul = Int.max

    /// - Throws: where the stream cannot be read, or is not text.
    init(_ stream: ByteStream) throws(PriceFileError.Problem) {
        self.stream = stream
        chunk = min(262_144, stream.knownSize + 64)
        buffer = .allocate(capacity: min(LineReader.longestLine, stream.knownSize) + 2 * chunk)
        // A pipe may give its first bytes one by one.
        while end < 64 && !isAtEnd { try fill() }
        let start = UnsafeBufferPointer(rebasing: buffer[..<end])
        if start.isEmpty {
            throw PriceFileError.Problem(message: "is empty", remedy: "Download or export the file again.")
        }
        if let signature = FileSignature(of: start) {
            throw PriceFileError.Problem(line: 1, message: signature.message, remedy: signature.remedy)
        }
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    deinit {
        buffer.deallocate()
    }

    /// The next line without its end, valid until the next call; nil after the last. Behind a line that has an end stands, in
    /// memory, its CR or LF.
    func next() throws(PriceFileError.Problem) -> UnsafeBufferPointer<UInt8>? {
        guard let base = buffer.baseAddress else { return nil }
        while true {
            let found = lineEnd(base)
            // Whether CR stands alone is not known before the byte after it.
            let needsMore = found == end || (base[found] == 13 && found + 1 == end)
            if min(found, nul) - position > LineReader.longestLine { throw tooLong() }
            if nul < found { throw nulByte(after: UnsafeBufferPointer(rebasing: buffer[position..<nul])) }
            if needsMore && !isAtEnd {
                try fill()
                continue
            }
            if found == end && position == end { return nil }
            let line = UnsafeBufferPointer(rebasing: buffer[position..<found])
            number += 1
            lineHasEnd = found < end
            position = found
            if lineHasEnd {
                let isCRLF = base[found] == 13 && found + 1 < end && base[found + 1] == 10
                position += isCRLF ? 2 : 1
            }
            return line
        }
    }

    /// Where the line that begins at `position` ends: at its CR or LF, or at the end of what is read.
    private func lineEnd(_ base: UnsafeMutablePointer<UInt8>) -> Int {
        let start = base + position
        var found = memchr(start, 10, end - position).map { $0.assumingMemoryBound(to: UInt8.self) - base } ?? end
        if mayHoldCR, let carriageReturn = memchr(start, 13, found - position) {
            found = carriageReturn.assumingMemoryBound(to: UInt8.self) - base
        }
        return found
    }

    /// Moves what is left to the front and reads on behind it.
    private func fill() throws(PriceFileError.Problem) {
        guard let base = buffer.baseAddress else { return }
        base.update(from: base + position, count: end - position)
        end -= position
        if nul != .max { nul -= position }
        position = 0
        let room = UnsafeMutableRawBufferPointer(start: base + end, count: chunk)
        let count = try stream.read(into: room)
        mayHoldCR = memchr(base, 13, end + count) != nil
        if nul == .max, let found = memchr(base + end, 0, count) {
            nul = found.assumingMemoryBound(to: UInt8.self) - base
        }
        end += count
        isAtEnd = count == 0
    }

    private func tooLong() -> PriceFileError.Problem {
        PriceFileError.Problem(
            line: number + 1, message: "line \(number + 1) is longer than \(LineReader.longestLine) bytes",
            remedy: "A price file has one row a line; is this one?")
    }

    private func nulByte(after line: UnsafeBufferPointer<UInt8>) -> PriceFileError.Problem {
        let isTail = line.isEmpty && number > 0
        return PriceFileError.Problem(
            line: number + 1, column: columnNumber(of: line.count, in: Array(line)),
            message: isTail ? "NUL bytes in line \(number + 1), after the last row" : "NUL byte in line \(number + 1)",
            excerpt: line.isEmpty ? nil : Excerpt(line: Array(line), offset: line.count),
            remedy: "The file is damaged, or was never finished: download or export it again.")
    }
}

/// The column, counted from 1 in characters, of a byte of a line.
func columnNumber(of offset: Int, in line: [UInt8]) -> Int {
    // Every byte but the continuation bytes of UTF-8 begins a character.
    1 + line[..<min(offset, line.count)].count { $0 & 0xC0 != 0x80 }
}
