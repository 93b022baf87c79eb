import MarketData
import RandomNumbers
import Testing

@Suite struct SHA256Tests {
    /// The examples of FIPS 180-4's companion (NIST, “SHA-256 examples”) and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func meetsThePublishedVectors(_ message: String, _ hash: String) {
        #expect(SHA256.hexadecimal(of: Array(message.utf8)) == hash)
    }

    @Test func doesNotDependOnHowTheBytesArrive() {
        var stream = RandomKey(seed: 1).stream("hash")
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
            var hash = SHA256()
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = Array(rest.prefix(1 + stream.index(below: 100)))
                part.withUnsafeBytes { hash.update($0) }
                rest = rest.dropFirst(part.count)
            }
            #expect(hash.finish() == SHA256.hexadecimal(of: bytes), "length \(length)")
        }
    }
}
