extension QualityFinding {
    /// What was found at some lines of a file.
    init(check: String, severity: Severity, places: Places, message: String, remedy: String) {
        self.init(
            check: check, severity: severity, symbols: [], count: places.count, lines: places.first, times: [],
            message: message, remedy: remedy)
    }
}
