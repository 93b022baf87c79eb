/// The cyclic redundancy check of iSCSI and of TFRecord files.
///
/// Reflected, with Castagnoli's polynomial x³² + x²⁸ + x²⁷ + … (0x1EDC6F41), all ones before and after.
///
/// - SeeAlso: Castagnoli, Bräuer and Herrmann, IEEE Transactions on Communications 41(6), 1993; check values in RFC 3720,
///   appendix B.4.
package enum CRC32C {
    /// - Complexity: O(*bytes*), a byte at a time.
    package static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        var remainder = UInt32.max
        for byte in bytes { remainder = remainder >> 8 ^ table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)] }
        return ~remainder
    }

    /// As TFRecord files store it: turned by fifteen bits and shifted by a constant, since the check of data that hold
    /// their own check is weak.
    package static func masked(_ checksum: UInt32) -> UInt32 { (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8 }

    /// The remainder of each byte.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { remainder, _ in
            remainder & 1 == 1 ? remainder >> 1 ^ 0x82F6_3B78 : remainder >> 1
        }
    }
}
