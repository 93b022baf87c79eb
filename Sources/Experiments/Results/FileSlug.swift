/// Names as parts of file names: `BRK/B` is `BRK-B`.
///
/// Letters, digits, `.`, `_` and `-` stay, but for a leading dot, which would hide the file; all else becomes `-`.
package func fileSlug(_ name: String) -> String {
    let slug = String(
        name.map { character in
            character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
                ? character : "-"
        })
    return slug.isEmpty || slug.hasPrefix(".") ? "-" + slug.dropFirst() : slug
}

/// One slug for each name, all different even where file names ignore case.
package func fileSlugs(_ names: [String]) -> [String: String] {
    var taken: Set<String> = []
    var slugs: [String: String] = [:]
    for name in names where slugs[name] == nil {
        let base = fileSlug(name)
        var slug = base
        var number = 2
        while !taken.insert(slug.lowercased()).inserted {
            slug = "\(base)-\(number)"
            number += 1
        }
        slugs[name] = slug
    }
    return slugs
}
