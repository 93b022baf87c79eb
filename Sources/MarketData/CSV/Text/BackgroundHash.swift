import Dispatch
import Foundation

/// A SHA-256 that is computed on another thread, while the bytes are read and parsed.
final class BackgroundHash: @unchecked Sendable {
    // Touched only on the queue.
    private var hash = SHA256()
    private let queue = DispatchQueue(label: "hash")
    /// So many pieces may wait, that memory stays bounded.
    private let room = DispatchSemaphore(value: 8)

    /// Takes in more bytes, which are copied.
    func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        let copy = Array(bytes)
        room.wait()
        queue.async { [self] in
            copy.withUnsafeBytes { hash.update($0) }
            room.signal()
        }
    }

    /// The hash in hexadecimal. To be asked after the last byte.
    func finish() -> String { queue.sync { hash.finish() } }
}
