import CBLAS

/// The linear algebra library.
package enum BLAS {
    /// Makes every product run on the thread that asks for it.
    ///
    /// Parallelism belongs to whole runs (seed × fold × symbol): several trainings that each start threads of their own
    /// are six times slower, and a product split over threads may round differently. Call first thing in a program;
    /// learners call it too, so that a library user cannot forget.
    package static func useOneThread() { _ = pinned }

    private static let pinned: Void = {
        openblas_set_num_threads(1)
        precondition(openblas_get_num_threads() == 1, "linear algebra must run on one thread, and OpenBLAS refuses")
    }()

    /// The processor whose kernels OpenBLAS chose, such as `Haswell`; results are repeatable for the same one.
    package static var kernelName: String { String(cString: openblas_get_corename()) }
}
