/// A view of the feature matrix `[bars, features]`, row-major, in memory that the caller owns and keeps.
///
/// Windows are not copied into experience: they are rows of this matrix, the window that ends with bar *t* being rows
/// *t − T + 1 … t*.
package struct FeaturePointer {
    package let base: UnsafePointer<Float>
    package let bars: Int
    package let features: Int

    package init(_ base: UnsafePointer<Float>, bars: Int, features: Int) {
        self.base = base
        self.bars = bars
        self.features = features
    }
}
