/// The bytes of one cell of a price file, blanks at both ends already trimmed.
///
/// Valid only while the buffer of the file is: whoever keeps text copies it.
package typealias Cell = UnsafeBufferPointer<UInt8>
