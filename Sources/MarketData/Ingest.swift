extension MarketStore {
    /// Reads price files and takes them in, one by one: each whole or not at all, and a refused one does not stop the others.
    /// - Parameters:
    ///   - isDryRun: whether only to tell what would happen.
    ///   - report: gets an entry for each file as soon as it is done, so what was done is known even if the store then fails.
    ///   - refused: is given the error of each refused file in full; the report holds its first problem.
    /// - Throws: where the store fails; the files after that are not tried.
    package func ingest(
        _ files: [String], with reader: PriceFileReader, onConflict policy: ConflictPolicy = .reject,
        isDryRun: Bool = false, report: inout IngestReport, refused: (PriceFileError) -> Void = { _ in }
    ) throws(StoreError) {
        for path in files {
            do {
                report.files.append(try ingest(path, with: reader, onConflict: policy, isDryRun: isDryRun, early: true))
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

    /// Takes in one file, reading it on another thread.
    /// - Parameter early: whether to store symbols before the whole file is read.
    private func ingest(
        _ file: String, with reader: PriceFileReader, onConflict policy: ConflictPolicy, isDryRun: Bool, early: Bool
    ) throws -> IngestReport.File {
        let pipe = SeriesPipe(reading: file, with: reader, early: early)
        defer { pipe.cancel() }
        do {
            // The store is not touched, let alone locked, before there is something to store.
            guard let first = pipe.next() else {
                _ = try pipe.summary()
                preconditionFailure("a file that was read without an error has a series")
            }
            var described: PriceFileSummary?
            let summary = try ingest(file, onConflict: policy, isDryRun: isDryRun) { writer in
                try writer.add(first)
                while let series = pipe.next() { try writer.add(series) }
                let summary = try pipe.summary()
                described = summary
                return SourceRecord(summary)
            }
            guard let described else { preconditionFailure("what was stored was described") }
            return IngestReport.File(described, summary, isDryRun: isDryRun)
        } catch PriceFileReader.Stop.symbolReturned {
            return try ingest(file, with: reader, onConflict: policy, isDryRun: isDryRun, early: false)
        } catch PriceFileReader.Stop.refused(let error) {
            throw error
        }
    }
}

extension SourceRecord {
    package init(_ summary: PriceFileSummary) {
        self.init(
            fingerprint: summary.fingerprint, dialect: summary.decisions.joined(separator: "; "),
            warnings: summary.findings.count { $0.severity == .warning })
    }
}
