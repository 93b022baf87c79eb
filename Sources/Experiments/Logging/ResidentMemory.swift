import Foundation

/// Memory of this process that lies in RAM, in bytes.
package enum ResidentMemory {
    /// At this moment, from `/proc/self/statm`; nil where the system has no such file.
    package static var current: Int? {
        // Size and resident set, in pages; see proc(5).
        guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return nil }
        let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// The most since the process began, as the system counted it; nil where it does not.
    package static var peak: Int? {
        var usage = rusage()
        #if os(Linux)
        guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return nil }
        return usage.ru_maxrss * 1_024
        #elseif os(macOS)
        guard getrusage(RUSAGE_SELF, &usage) == 0 else { return nil }
        return usage.ru_maxrss
        #else
        return nil
        #endif
    }
}
