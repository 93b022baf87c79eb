/// A file that is no model, or not one that can be used as asked.
package struct ModelFileError: Error, Equatable, CustomStringConvertible {
    /// As the user named it.
    package var path: String
    /// What is wrong, and what to do.
    package var problem: String

    package init(_ path: String, _ problem: String) {
        self.path = path
        self.problem = problem
    }

    package var description: String { "\(path): error: \(problem)" }
}
