import Foundation

/// A program that was run to its end: how long it took, and how much memory it had at most.
struct MeasuredProcess {
    let seconds: Double
    /// Peak resident memory in megabytes (10⁶ bytes).
    let peak: Double

    /// - Throws: where the program does not run or its exit code is not 0.
    init(_ program: String, _ arguments: [String]) throws {
        let words = [program] + arguments
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)

        let start = DispatchTime.now().uptimeNanoseconds
        var process = pid_t()
        guard posix_spawn(&process, program, &actions, nil, &pointers, environ) == 0 else {
            throw BenchmarkError("\(program) cannot be run")
        }
        var status: CInt = 0
        var usage = rusage()
        guard wait4(process, &status, 0, &usage) == process, status == 0 else {
            throw BenchmarkError("\(words.joined(separator: " ")) failed")
        }
        seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
        #if os(Linux)
        peak = Double(usage.ru_maxrss) * 1_024 / 1e6
        #else
        peak = Double(usage.ru_maxrss) / 1e6
        #endif
    }
}
