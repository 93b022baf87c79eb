extension MarketStore {
    /// Reads price files and takes them in, one by one: each whole or not at all, and a refused one does not stop the others.
    /// - Parameters:
    ///   - report: gets an entry for each file as soon as it is done, so what was done is known even if the store then fails.
    ///   - refused: is given the error of each refused file in full; the report holds its first problem.
    /// - Throws: where the store fails; the files after that are not tried.
    package func ingest(
        _ files: [String], with reader: PriceFileReader, onConflict policy: ConflictPolicy = .reject,
        report: inout IngestReport, refused: (PriceFileError) -> Void = { _ in }
    ) throws(StoreError) {
        for path in files {
            do {
                let file = try reader.read(path)
                report.files.append(IngestReport.File(file, try ingest(file, onConflict: policy)))
            } catch let error as PriceFileError {
                report.files.append(IngestReport.File(error))
                refused(error)
            } catch let error as StoreError {
                throw error
            } catch {
                throw StoreError(error, path: self.path)
            }
        }
    }
}
