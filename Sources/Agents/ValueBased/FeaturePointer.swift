/// A view of the table that windows are cut from, `[rows, features]`, row-major, in memory that the caller owns and keeps.
///
/// Windows are not copied into experience: they are rows of this table, the window that ends with row *t* being rows
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

    /// The table of a world that has none: no rows, and an address that nobody may read.
    package static var none: FeaturePointer {
        FeaturePointer(UnsafePointer(bitPattern: 64).unsafelyUnwrapped, bars: 0, features: 0)
    }
}
