/// Why a price file was refused: where in the file, what is wrong, and what to do about it.
///
/// One error holds every problem that one reading of the file could find; the first few in full, the rest as a number.
package struct PriceFileError: Error, Equatable, Sendable {
    /// One problem. Lines and columns count from 1, as editors do; columns count characters.
    package struct Problem: Error, Equatable, Sendable {
        /// nil where the file as a whole is meant.
        package var line: Int?
        package var column: Int?
        /// What is wrong, beginning with the thing concerned: `close is '-', expected a price such as 91.64`.
        package var message: String
        /// The place, quoted; nil where there is nothing to show.
        package var excerpt: Excerpt?
        /// A sentence that says what to do.
        package var remedy: String

        package init(line: Int? = nil, column: Int? = nil, message: String, excerpt: Excerpt? = nil, remedy: String) {
            self.line = line
            self.column = column
            self.message = message
            self.excerpt = excerpt
            self.remedy = remedy
        }
    }

    /// The path as the user wrote it.
    package let file: String
    /// The first problems, at least one, at most `shownProblems`, in the order in which they were found.
    package let problems: [Problem]
    /// How many problems there are in all.
    package let count: Int

    /// So many problems are described; the others are counted.
    package static let shownProblems = 5

    /// - Precondition: there is a problem.
    package init(file: String, problems: [Problem], count: Int) {
        precondition(!problems.isEmpty && count >= problems.count, "an error has a problem, and counts what it shows")
        self.file = file
        // What concerns a line as a whole begins where the line does.
        self.problems = problems.map { problem in
            var problem = problem
            if problem.line != nil && problem.column == nil { problem.column = 1 }
            return problem
        }
        self.count = count
    }
}

extension PriceFileError: CustomStringConvertible {
    /// As editors and people read it; a remedy that several problems share is given once, after the last of them.
    package var description: String {
        var lines: [String] = []
        for (index, problem) in problems.enumerated() {
            let place = [problem.line, problem.column].compactMap { $0.map(String.init) }
            lines.append("\(([Excerpt.escapedText(file)] + place).joined(separator: ":")): error: \(problem.message)")
            if let excerpt = problem.excerpt {
                lines.append("  \(excerpt.text)")
                lines.append("  \(String(repeating: " ", count: excerpt.caret))^")
            }
            if problems.dropFirst(index + 1).first?.remedy != problem.remedy { lines.append(problem.remedy) }
        }
        if count > problems.count {
            let more = count - problems.count
            lines.append("And \(more) more \(more == 1 ? "problem" : "problems") in this file.")
        }
        return lines.joined(separator: "\n")
    }
}

/// Collects the problems of a file: keeps the first few, counts all.
struct PriceFileProblems {
    private(set) var shown: [PriceFileError.Problem] = []
    private(set) var count = 0

    /// Notes a problem. It is only described if it will be shown, so that a file of a million bad rows costs little.
    mutating func add(_ problem: @autoclosure () -> PriceFileError.Problem) {
        count += 1
        if shown.count < PriceFileError.shownProblems { shown.append(problem()) }
    }

    /// Notes what another collection holds.
    mutating func add(_ others: PriceFileProblems) {
        shown += others.shown.prefix(max(0, PriceFileError.shownProblems - shown.count))
        count += others.count
    }

    func throwIfAny(in file: String) throws(PriceFileError) {
        if !shown.isEmpty { throw PriceFileError(file: file, problems: shown, count: count) }
    }
}
