/// What a file is that bears the name of a price file and is none, told by its first bytes.
struct FileSignature {
    let message: String
    let remedy: String

    /// nil for what may be a text file with prices.
    init?(of bytes: UnsafeBufferPointer<UInt8>) {
        let text = bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }.prefix(64).map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        let zeros = bytes.prefix(4).map { $0 == 0 }
        if zeros == [true, false, true, false] || zeros == [false, true, false, true] {
            (message, remedy) = ("is UTF-16 text without a byte order mark", "Save it as UTF-8.")
            return
        }
        let known = FileSignature.known.first { text.starts(with: $0.start) || bytes.starts(with: $0.start) }
        guard let known else { return nil }
        (message, remedy) = (known.message, known.remedy)
    }

    private static let known: [(start: [UInt8], message: String, remedy: String)] = [
        ([0x1F, 0x8B], "is gzip-compressed", "Unpack it first, with gunzip."),
        ([0x50, 0x4B, 0x03, 0x04], "is an Excel workbook or another zip archive", "Export or unpack it as CSV."),
        ([0xD0, 0xCF, 0x11, 0xE0], "is an old Excel workbook", "Export it as CSV."),
        ([0x89, 0x50, 0x4E, 0x47], "is not a text file but a PNG image", "Name the file with the prices."),
        (Array("%pdf".utf8), "is not a text file but a PDF document", "Name the file with the prices."),
        (
            Array("<!doctype".utf8), "is an HTML page, not a CSV file",
            "The download failed or needs a login: repeat it."
        ),
        (Array("<html".utf8), "is an HTML page, not a CSV file", "The download failed or needs a login: repeat it."),
        (Array("<?xml".utf8), "is an XML document, not a CSV file", "Export the prices as CSV."),
        (Array("{".utf8), "is JSON, not a CSV file", "The server may have sent an error message: look into the file."),
        (Array("[{".utf8), "is JSON, not a CSV file", "Ask the server for CSV, or convert it."),
        (Array("[[".utf8), "is JSON, not a CSV file", "Ask the server for CSV, or convert it."),
        (
            Array("version https://git-lfs".utf8), "is a Git LFS pointer: the data were not downloaded",
            "Fetch them with git lfs pull."
        ),
    ]
}
