/// Why an order did not become a fill, in words.
func unfilledReasonText(_ reason: String) -> String {
    switch reason {
    case "insufficientCash": "not enough cash for the smallest lot, costs included"
    case "shortingNotAllowed": "selling short is not allowed"
    case "noPrice": "the bar had no price to fill at"
    case "alreadyAtTarget": "nothing to do: the position was already there"
    default: reason
    }
}
