import Foundation
import MarketData
import RandomNumbers
import Testing

@Suite struct NumberFormTests {
    let point = NumberForm(decimal: .point)
    let comma = NumberForm(decimal: .comma)

    @Test(
        arguments: [
            ("1234.56", 1234.56), ("1,234.56", 1234.56), ("1234567.5", 1_234_567.5), ("1,234,567", 1_234_567),
            ("1 234.56", 1234.56), ("1\u{A0}234.56", 1234.56), ("1\u{202F}234.56", 1234.56), ("1'234.56", 1234.56),
            ("1’234.56", 1234.56), ("$191.99", 191.99), ("$ 1,191.99", 1191.99), ("+$5", 5), ("$+5", 5),
            ("191.99 €", 191.99), ("191.99\u{A0}€", 191.99), ("€191.99", 191.99), ("US$12.5", 12.5), ("£0.5", 0.5),
            ("12.5 USD", 12.5), ("USD 12.5", 12.5), ("EUR1,200", 1200), ("₹1,23,456.00", 123_456), ("¥ 3,854", 3854),
            ("12,34,567", 1_234_567), ("99,99,99,999.5", 999_999_999.5), ("+1.4e2", 140), ("1.4E+2", 140),
            ("3.60E-05", 3.6e-05), (".5", 0.5), ("5.", 5), ("+142.32", 142.32), ("007", 7), ("0.00000001", 1e-8),
            ("1e22", 1e22), ("142.32000732421875", 142.32000732421875), ("1,234", 1234), ("12 zł", 12),
            ("15.5 kr", 15.5),
        ])
    func readsPricesWithAPoint(text: String, price: Double) {
        #expect(point.price(text) == .number(price), "\(text)")
    }

    @Test(
        arguments: [
            ("1234,56", 1234.56), ("1.234,56", 1234.56), ("1 234,56", 1234.56),
            ("1\u{202F}234\u{A0}567,5", 1_234_567.5),
            ("191,99 €", 191.99), ("191,99\u{202F}€", 191.99), ("-0,5", -0.5), ("3,854", 3.854), ("3.854", 3854),
            ("94.320.700", 94_320_700), ("1’234’567,25", 1_234_567.25), ("1,4e2", 140), (",5", 0.5), ("R$ 10,50", 10.5),
        ])
    func readsNumbersWithAComma(text: String, number: Double) {
        #expect(comma.price(text) == (number > 0 ? .number(number) : .problem(.negative)), "\(text)")
    }

    @Test func readsLatin1() {
        let latin1: [UInt8] = Array("1".utf8) + [0xA0] + Array("234,56".utf8) + [0xA0, 0x80]
        #expect(comma.price(bytes: latin1) == .number(1234.56))
        #expect(comma.price(bytes: [0xA3] + Array("12,5".utf8)) == .number(12.5))
    }

    @Test(
        arguments: [
            ("53.54M", 53_540_000), ("1.2K", 1200), ("3B", 3e9), ("2bn", 2e9), ("0.5T", 5e11), ("7k", 7000),
            ("8 m", 8e6),
            ("$1.5M", 1.5e6), ("1.5M USD", 1.5e6), ("1044.59 BTC", 1044.59), ("17845366.6667", 17_845_366.6667),
            ("0", 0),
            ("-0", 0), ("0.0", 0), ("12345678901234", 12_345_678_901_234), ("1e30", 1e30), ("53,536,100", 53_536_100),
            ("2 110 000 000", 2_110_000_000), ("52000000.0", 52_000_000), ("0.1M", 100_000), ("1,234.5K", 1_234_500),
        ])
    func readsVolumes(text: String, volume: Double) {
        #expect(point.volume(text) == .number(volume), "\(text)")
    }

    @Test func readsVolumesWithAComma() {
        #expect(comma.volume("53,54M") == .number(53_540_000))
        #expect(comma.volume("94.320.700") == .number(94_320_700))
    }

    @Test(
        arguments: [
            "", ".", "-", "--", "—", "N/A", "NA", "#N/A", "null", "NULL", "None", "nil", "\\N", "n/a", "Null", "–",
            "N/D",
        ])
    func knowsWhatIsMissing(text: String) {
        #expect(point.price(text) == .missing)
        #expect(comma.volume(text) == .missing)
    }

    @Test func takesNaNAsMissingOnlyIfAsked() {
        #expect(point.price("NaN") == .problem(.nan))
        var skipping = point
        skipping.nanIsMissing = true
        for text in ["NaN", "nan", "NAN"] { #expect(skipping.price(text) == .missing) }
        #expect(skipping.volume("nan") == .missing)
        #expect(skipping.price("inf") == .problem(.infinite))
    }

    @Test(
        arguments: [
            ("abc", .notANumber), ("142.13A", .notANumber), ("142.1.3", .notANumber), ("1.5 2", .notANumber),
            ("1__2", .notANumber), ("e5", .notANumber), ("1e", .notANumber), ("1e+", .notANumber), ("+", .notANumber),
            ("+-1", .notANumber), ("--1", .notANumber), ("$", .notANumber), ("$$5", .notANumber), ("1.2K", .notANumber),
            ("nano", .notANumber), ("true", .notANumber), ("#REF!", .notANumber), ("1\u{0}4", .notANumber),
            ("2023-01-03", .notANumber), ("12:30", .notANumber), ("(5.00)", .notANumber), ("1/2", .notANumber),
            ("0x1F", .hexadecimal), ("-0X1p3", .hexadecimal), ("0x", .hexadecimal),
            ("nan", .nan), ("-NaN", .nan), ("Infinity", .infinite), ("-Infinity", .infinite), ("inf", .infinite),
            ("+INF", .infinite), ("∞", .infinite), ("1e400", .infinite), ("1e99999999999999999999", .infinite),
            ("１４２.１３", .fullWidthDigits), ("142.1３", .fullWidthDigits), ("−142.13", .mathematicalMinus),
            ("0.24%", .percentage), ("5 %", .percentage), ("12,5", .otherDecimalMark), ("1.234,56", .otherDecimalMark),
            ("0,123", .otherDecimalMark), ("94.320.700", .otherDecimalMark), ("1234,567", .otherDecimalMark),
            ("1,23,4.56", .digitGroups), ("1,2345.00", .digitGroups), ("1,234 567.00", .digitGroups),
            ("1,234,56.5", .digitGroups), ("123,45,678.0", .digitGroups), ("0", .zero), ("0.000", .zero),
            ("-0.0", .zero),
            ("1e-400", .zero), ("$0", .zero), ("-3", .negative), ("-$1.50", .negative), ("$-1.50", .negative),
        ] as [(String, NumberProblem)])
    func namesTheProblemOfAPrice(text: String, problem: NumberProblem) {
        #expect(point.price(text) == .problem(problem), "\(text)")
    }

    @Test(
        arguments: [
            ("-1", .negative), ("-5M", .negative), ("12%", .percentage), ("5X", .notANumber), ("1e3K", .notANumber),
            ("1KK", .notANumber), ("1.2 million", .notANumber), ("1e400", .infinite), ("K", .notANumber),
        ] as [(String, NumberProblem)])
    func namesTheProblemOfAVolume(text: String, problem: NumberProblem) {
        #expect(point.volume(text) == .problem(problem), "\(text)")
    }

    @Test func messagesQuoteTheCell() {
        func message(_ text: String, _ form: NumberForm) -> String? {
            guard case .problem(let problem) = form.price(text) else { return nil }
            return cell(text) { problem.message(for: $0, in: form) }
        }
        #expect(message("abc", point) == "'abc' is not a number")
        #expect(message("0x1F", point) == "'0x1F' is not a decimal number")
        #expect(message("-Infinity", point) == "'-Infinity' is not a finite number")
        #expect(message("１４２", point) == "'１４２': full-width digits are not accepted")
        #expect(message("−1", point) == "'−1': U+2212 is not a minus sign")
        let grouped = NumberForm(decimal: .point, separator: .comma)
        #expect(message("12,5", grouped) == "'12,5' is not written as the numbers before, 1,234.56")
        #expect(message("12.5", comma) == "'12.5' is not written as the numbers before, 1234,56")
        #expect(message("1\u{0}4", point) == "'1\\u{0}4' is not a number")
        #expect(message(String(repeating: "x", count: 1_000_000), point)?.count ?? 1_000 < 70)
        for problem in NumberProblem.allCases { #expect(problem.remedy.hasSuffix(".")) }
    }

    @Test func describesItself() {
        #expect(point.description == "decimal point")
        #expect(
            NumberForm(decimal: .comma, separator: .blank, hasCurrency: true).description
                == "decimal comma, thousands as in 1 234,56, with currency")
    }
}

@Suite struct NumberPropertyTests {
    /// Every way of writing a number against the standard library's reading of its digits, which is correctly rounded: equal to
    /// the last bit.
    @Test func numbersOfEveryFormAreRoundedCorrectly() throws {
        var stream = RandomKey(seed: 5).stream("number forms")
        for _ in 0..<4_000 {
            let whole = "\(1 + stream.index(below: 9))" + digits(stream.index(below: 12), &stream)
            let fraction = digits(stream.index(below: 15), &stream)
            let expected = try #require(Double(fraction.isEmpty ? whole : "\(whole).\(fraction)"))
            for mark in DecimalMark.allCases {
                let form = NumberForm(decimal: mark)
                let sign = mark == .point ? "." : ","
                let tail = fraction.isEmpty ? "" : sign + fraction
                for separator in ["", mark == .point ? "," : ".", " ", "\u{A0}", "\u{202F}", "'", "’"] {
                    let text = grouped(whole, by: separator) + tail
                    #expect(form.price(text) == .number(expected), "\(text)")
                    #expect(form.price("$" + text) == .number(expected), "$\(text)")
                    #expect(form.volume("+\(text) €") == .number(expected), "\(text)")
                    #expect(form.price("-" + text) == .problem(.negative), "\(text)")
                }
            }
        }
    }

    @Test func exponentsAndMultipliersAreRoundedCorrectly() throws {
        var stream = RandomKey(seed: 6).stream("exponents")
        for _ in 0..<20_000 {
            let number =
                "\(digits(1 + stream.index(below: 20), &stream)).\(digits(1 + stream.index(below: 20), &stream))"
            let exponent = stream.index(below: 700) - 350
            let expected = try #require(Double("\(number)e\(exponent)"))
            let reading = NumberForm(decimal: .point).volume("\(number)e\(exponent)")
            #expect(reading == (expected.isFinite ? .number(expected) : .problem(.infinite)), "\(number)e\(exponent)")
            for (letter, power) in [("K", 3), ("m", 6), ("bn", 9), ("T", 12)] {
                let expected = try #require(Double("\(number)e\(power)"))
                #expect(NumberForm(decimal: .point).volume(number + letter) == .number(expected), "\(number)\(letter)")
            }
        }
    }

    /// Halfway cases and their neighbours, where a wrong rounding shows; 17 to 25 digits.
    @Test func numbersBetweenTwoDoublesAreRoundedCorrectly() throws {
        var stream = RandomKey(seed: 7).stream("halfway")
        for _ in 0..<20_000 {
            let odd = UInt64(1 << 53) + UInt64(stream.index(below: 1 << 52)) * 2 + 1
            let scale = stream.index(below: 20)
            let text = String(odd)
            let padded = String(repeating: "0", count: max(0, scale + 1 - text.count)) + text
            let number = padded.dropLast(scale) + (scale > 0 ? "." + padded.suffix(scale) : "")
            for suffix in scale > 0 ? ["", "1", "000", "0000001"] : [""] {
                let expected = try #require(Double(number + suffix))
                #expect(NumberForm(decimal: .point).price(number + suffix) == .number(expected), "\(number + suffix)")
            }
        }
    }

    @Test func longNumbersNeitherTrapNorLoseDigits() {
        let long = String(repeating: "9", count: 300)
        #expect(NumberForm(decimal: .point).price(long) == .number(1e300))
        #expect(NumberForm(decimal: .point).price(long + ".") == .number(1e300))
        #expect(NumberForm(decimal: .point).price("0." + String(repeating: "0", count: 30) + "1") == .number(1e-31))
        #expect(NumberForm(decimal: .point).price(String(repeating: "9", count: 400)) == .problem(.infinite))
        #expect(NumberForm(decimal: .point).volume("1" + String(repeating: "0", count: 100_000)) == .problem(.infinite))
        #expect(NumberForm(decimal: .point).volume("1e-" + String(repeating: "9", count: 100_000)) == .number(0))
    }

    /// Random bytes, most of them of the kind that numbers are made of.
    @Test func nothingTrapsOnAnyBytes() throws {
        var stream = RandomKey(seed: 8).stream("bytes")
        let likely = Array("0123456789.,.,'$€+-eEKMB% \u{A0}\u{202F}’０−nafix#/".utf8)
        for _ in 0..<60_000 {
            let bytes = (0..<stream.index(below: 14)).map { _ in
                stream.index(below: 8) == 0
                    ? UInt8(stream.index(below: 256)) : likely[stream.index(below: likely.count)]
            }
            var survey = NumberSurvey(stated: nil)
            bytes.withUnsafeBufferPointer { survey.add($0, line: 1, column: 1) }
            for mark in DecimalMark.allCases {
                let form = NumberForm(decimal: mark)
                for reading in [form.price(bytes: bytes), form.volume(bytes: bytes)] {
                    switch reading {
                    case .number(let number): #expect(number.isFinite && number >= 0)
                    case .missing: break
                    case .problem(let problem):
                        #expect(!bytes.withUnsafeBufferPointer { problem.message(for: $0, in: form) }.isEmpty)
                    }
                }
            }
        }
    }

    private func digits(_ count: Int, _ stream: inout RandomStream) -> String {
        (0..<count).map { _ in "\(stream.index(below: 10))" }.joined()
    }

    private func grouped(_ whole: String, by separator: String) -> String {
        var groups: [Substring] = []
        var rest = Substring(whole)
        while rest.count > 3 {
            groups.append(rest.suffix(3))
            rest = rest.dropLast(3)
        }
        return ([rest] + groups.reversed()).joined(separator: separator)
    }
}

/// Gives the bytes of a text to a function, as the reader of files does.
func cell<Value>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value) rethrows -> Value {
    try Array(text.utf8).withUnsafeBufferPointer(body)
}

extension NumberForm {
    func price(_ text: String) -> NumberReading { cell(text) { price($0) } }
    func volume(_ text: String) -> NumberReading { cell(text) { volume($0) } }
    func price(bytes: [UInt8]) -> NumberReading { bytes.withUnsafeBufferPointer { price($0) } }
    func volume(bytes: [UInt8]) -> NumberReading { bytes.withUnsafeBufferPointer { volume($0) } }
}
