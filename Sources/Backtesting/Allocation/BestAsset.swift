import Foundation

/// The asset that grew most over all bars, known only afterwards; the first of several.
///
/// - Parameter relatives: Shape [bars][assets], positive, one bar or more.
/// - Complexity: O(bars·assets).
package func bestAsset(inHindsight relatives: [[Double]]) -> Int {
    precondition(!relatives.isEmpty, "without bars no asset is best")
    let growth = relatives[0].indices.map { asset in relatives.reduce(0) { $0 + log($1[asset]) } }
    return growth.indices.dropFirst().reduce(0) { growth[$1] > growth[$0] ? $1 : $0 }
}
