import Foundation

/// The bytes of a price file, in order: from a file, from a pipe, or from memory.
///
/// They can be read again from the start until `beginLastPass`. A file is simply wound back; what a pipe gave is kept in a
/// temporary file without a name until then. UTF-16 with a byte order mark comes out as UTF-8; everything else as it is. The
/// SHA-256 of the last pass comes along.
final class ByteStream {
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    /// What a pipe gave so far, to be read again; -1 where it is not needed.
    private var spool: Int32 = -1
    private var spooled = 0
    private var isSpooling: Bool
    /// Where in the spool the next byte to be read stands; beyond its end the pipe goes on.
    private var replayed = 0
    /// Bytes in memory instead of a file.
    private let memory: [UInt8]
    private var memoryPosition = 0
    private var transcoder: UTF16Transcoder?
    private var hash: BackgroundHash?

    /// How many bytes there are, as far as is known: of a small file not much room is needed. For UTF-16, three bytes in two.
    let knownSize: Int
    /// Whether the bytes come from something that gives them only once.
    let isPipe: Bool

    /// - Parameter path: a file, or `-` for standard input.
    /// - Throws: where there is no such file, or it cannot be read.
    init(path: String) throws(PriceFileError.Problem) {
        memory = []
        ownsDescriptor = path != "-"
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ByteStream.problem(errno) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        isPipe = status.st_mode & S_IFMT != S_IFREG
        knownSize = Int.max / 4
        isSpooling = isPipe
        guard isKnown else { throw ByteStream.problem(errno) }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw PriceFileError.Problem(
                message: "is a folder, not a file", remedy: "Name the files in it, for example with \(path)/*.csv.")
        }
        try decideEncoding()
    }

    /// A file that is already in memory.
    init(bytes: [UInt8]) throws(PriceFileError.Problem) {
        memory = bytes
        descriptor = -1
        ownsDescriptor = false
        isPipe = false
        knownSize = 2 * bytes.count
        isSpooling = false
        try decideEncoding()
    }

    deinit {
        if ownsDescriptor && descriptor >= 0 { close(descriptor) }
        if spool >= 0 { close(spool) }
    }

    /// Starts again with the first byte.
    func rewind() throws(PriceFileError.Problem) {
        memoryPosition = 0
        replayed = 0
        transcoder?.reset()
        if !isPipe && descriptor >= 0 && lseek(descriptor, 0, SEEK_SET) < 0 { throw ByteStream.problem(errno) }
    }

    /// Starts again with the first byte, for the last time: from here on the bytes are hashed, and nothing more is kept.
    func beginLastPass() throws(PriceFileError.Problem) {
        try rewind()
        isSpooling = false
        hash = BackgroundHash()
    }

    /// The SHA-256 of the file, in hexadecimal. To be asked after the last byte of the last pass.
    var fingerprint: String { hash?.finish() ?? "" }

    /// Puts the next bytes into a buffer.
    /// - Returns: how many; none at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(PriceFileError.Problem) -> Int {
        guard transcoder != nil else { return try readRaw(into: buffer) }
        // A unit of two bytes becomes at most three; a third of the room is enough for what is kept back.
        let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: max(2, buffer.count / 3), alignment: 1)
        defer { raw.deallocate() }
        while true {
            let count = try readRaw(into: raw)
            let written = transcoder?.transcode(UnsafeRawBufferPointer(rebasing: raw[..<count]), into: buffer) ?? 0
            if written > 0 || count == 0 { return written }
        }
    }

    private func readRaw(into buffer: UnsafeMutableRawBufferPointer) throws(PriceFileError.Problem) -> Int {
        let count: Int
        if descriptor < 0 {
            count = min(buffer.count, memory.count - memoryPosition)
            memory.withUnsafeBytes { bytes in
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[memoryPosition..<(memoryPosition + count)]))
            }
            memoryPosition += count
        } else if replayed < spooled {
            count = try ByteStream.repeatedly {
                pread(spool, buffer.baseAddress, min(buffer.count, spooled - replayed), replayed)
            }
            replayed += count
        } else {
            count = try ByteStream.repeatedly { Foundation.read(descriptor, buffer.baseAddress, buffer.count) }
            if isSpooling { try keep(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
        }
        hash?.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return count
    }

    /// Keeps what a pipe gave.
    private func keep(_ bytes: UnsafeRawBufferPointer) throws(PriceFileError.Problem) {
        if spool < 0 {
            var template = Array("\(NSTemporaryDirectory())trader-XXXXXX".utf8CString)
            spool = mkstemp(&template)
            guard spool >= 0 else { throw ByteStream.problem(errno) }
            unlink(template)
        }
        var written = 0
        while written < bytes.count {
            written += try ByteStream.repeatedly {
                pwrite(spool, bytes.baseAddress.map { $0 + written }, bytes.count - written, spooled + written)
            }
        }
        spooled += bytes.count
        replayed = spooled
    }

    /// Looks at the first two bytes.
    private func decideEncoding() throws(PriceFileError.Problem) {
        let start = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
        defer { start.deallocate() }
        var count = 0
        while count < 4 {
            let more = try readRaw(into: UnsafeMutableRawBufferPointer(rebasing: start[count...]))
            if more == 0 { break }
            count += more
        }
        if count >= 2 { transcoder = UTF16Transcoder(mark: (start[0], start[1])) }
        try rewind()
    }

    private static func repeatedly(_ call: () -> Int) throws(PriceFileError.Problem) -> Int {
        var count = call()
        while count < 0 && errno == EINTR { count = call() }
        if count < 0 { throw problem(errno) }
        return count
    }

    private static func problem(_ code: Int32) -> PriceFileError.Problem {
        switch code {
        case ENOENT, ENOTDIR:
            PriceFileError.Problem(message: "no such file", remedy: "Check the name and the folder.")
        case EACCES, EPERM:
            PriceFileError.Problem(
                message: "permission denied",
                remedy: "Make the file readable for this user, for example with chmod u+r.")
        case EBADF:
            PriceFileError.Problem(message: "is closed", remedy: "Give prices on standard input, or name a file.")
        default:
            PriceFileError.Problem(
                message: "cannot be read: \(String(cString: strerror(code)))", remedy: "Check the file and its disk.")
        }
    }
}
