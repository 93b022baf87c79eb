import Foundation

/// Reads a file line by line in bounded memory: the door that every price file comes through.
///
/// A line ends with LF, CRLF or CR; the last needs no end. A byte order mark is skipped. What is not a text file is refused by
/// name (`FileSignature`), and so are a NUL byte and a line longer than `longestLine`. The SHA-256 of the bytes comes along.
final class FileLines {
    /// Lines longer than this many bytes are refused.
    static let longestLine = 262_144
    private static let chunk = 65_536

    /// The number of the line that `next` gave last, counted from 1.
    private(set) var number = 0
    private let descriptor: Int32
    /// Bytes `position..<end` are read and not yet given out. A line within the limit fits beside a chunk.
    private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: longestLine + 2 * chunk)
    private var position = 0
    private var end = 0
    private var isAtEnd = false
    private var hash = SHA256()

    /// - Throws: where there is no such file, or it cannot be read, or it is not text.
    init(path: String) throws(PriceFileError.Problem) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileLines.problem(errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileLines.problem(errno) }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw PriceFileError.Problem(
                message: "is a folder, not a file", remedy: "Name the files in it, for example with \(path)/*.csv.")
        }
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
        if descriptor >= 0 { close(descriptor) }
        buffer.deallocate()
    }

    /// The next line without its end, valid until the next call; nil after the last.
    func next() throws(PriceFileError.Problem) -> UnsafeBufferPointer<UInt8>? {
        var length = 0
        while true {
            while position + length < end {
                let byte = buffer[position + length]
                if byte == 10 || byte == 13 || byte == 0 { break }
                length += 1
            }
            if length > FileLines.longestLine { throw tooLong() }
            // Whether CR stands alone is not known before the byte after it.
            let found = position + length
            if !isAtEnd && (found == end || (buffer[found] == 13 && found + 1 == end)) {
                try fill()
                continue
            }
            if found == end && length == 0 { return nil }
            let line = UnsafeBufferPointer(rebasing: buffer[position..<(position + length)])
            if found < end && buffer[found] == 0 { throw nulByte(after: line) }
            number += 1
            position += length
            if position < end {
                let isCRLF = buffer[position] == 13 && position + 1 < end && buffer[position + 1] == 10
                position += isCRLF ? 2 : 1
            }
            return line
        }
    }

    /// The SHA-256 of the file, in hexadecimal. To be asked after the last line.
    var fingerprint: String { hash.finish() }

    /// Moves what is left to the front and reads on behind it.
    private func fill() throws(PriceFileError.Problem) {
        guard let base = buffer.baseAddress else { return }
        base.update(from: base + position, count: end - position)
        end -= position
        position = 0
        var count = read(descriptor, base + end, FileLines.chunk)
        while count < 0 && errno == EINTR { count = read(descriptor, base + end, FileLines.chunk) }
        if count < 0 { throw FileLines.problem(errno) }
        hash.update(UnsafeRawBufferPointer(start: base + end, count: count))
        end += count
        isAtEnd = count == 0
    }

    private func tooLong() -> PriceFileError.Problem {
        PriceFileError.Problem(
            line: number + 1, message: "line \(number + 1) is longer than \(FileLines.longestLine) bytes",
            remedy: "A price file has one row a line; is this one?")
    }

    private func nulByte(after line: UnsafeBufferPointer<UInt8>) -> PriceFileError.Problem {
        PriceFileError.Problem(
            line: number + 1, column: columnNumber(of: line.count, in: Array(line)),
            message: "NUL byte in line \(number + 1)",
            excerpt: line.isEmpty ? nil : Excerpt(line: Array(line), offset: line.count),
            remedy: "The file is damaged, or was never finished: download or export it again.")
    }

    private static func problem(_ code: Int32) -> PriceFileError.Problem {
        switch code {
        case ENOENT, ENOTDIR:
            PriceFileError.Problem(message: "no such file", remedy: "Check the name and the folder.")
        case EACCES, EPERM:
            PriceFileError.Problem(
                message: "permission denied",
                remedy: "Make the file readable for this user, for example with chmod u+r.")
        default:
            PriceFileError.Problem(
                message: "cannot be read: \(String(cString: strerror(code)))", remedy: "Check the file and its disk.")
        }
    }
}

/// The column, counted from 1 in characters, of a byte of a line.
func columnNumber(of offset: Int, in line: [UInt8]) -> Int {
    // Every byte but the continuation bytes of UTF-8 begins a character.
    1 + line[..<min(offset, line.count)].count { $0 & 0xC0 != 0x80 }
}
