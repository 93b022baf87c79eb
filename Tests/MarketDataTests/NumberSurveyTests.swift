import MarketData
import Testing

@Suite struct NumberSurveyTests {
    private func survey(_ cells: [String], stated: DecimalMark? = nil) -> NumberSurvey {
        var survey = NumberSurvey(stated: stated)
        for (index, text) in cells.enumerated() { cell(text) { survey.add($0, line: index + 2, column: 3) } }
        return survey
    }

    @Test(
        arguments: [
            "1,234.56", "1,234,567", "0.5", "142.13", "1234.567", "0.123", ".500", "5.", "1.234e2", "1 234.567",
            "1,23,456", "$191.99", "53.54M", "-0.5", "1'234.5", "1,234.567",
        ])
    func aCellProvesThePoint(text: String) throws {
        #expect(survey([text]).isSettled)
        #expect(try survey([text, "3,854"]).decide().decimal == .point)
    }

    @Test(
        arguments: [
            "1.234,56", "94.320.700", "12,5", "1234,567", "0,123", ",500", "5,", "1,234e2", "1 234,567", "191,99 €",
            "53,54M", "3\u{202F}854,74", "1.234,567",
        ])
    func aCellProvesTheComma(text: String) throws {
        #expect(survey([text]).isSettled)
        #expect(try survey([text, "3,854"]).decide().decimal == .comma)
    }

    @Test(
        arguments: [
            "", "7", "53536100", "1 234", "1'234", "3,854", "3.854", "abc", "-", ".", "N/A", "12.34.56", "1,23,4",
            "0x1F",
            "2023-01-03", "nan", "142,13A", "1,2,3",
        ])
    func aCellProvesNothing(text: String) {
        #expect(!survey([text]).isSettled)
    }

    @Test func threeDigitsBehindACommaAreAQuestion() {
        #expect(throws: NumberSurvey.Failure.self) { try survey(["2110000000", "3,854", "3,868"]).decide() }
        do throws(NumberSurvey.Failure) {
            _ = try survey(["2110000000", "3,854", "3,868"]).decide()
        } catch {
            #expect(error.line == 3 && error.column == 3)
            #expect(error.message == "'3,854': thousands separator or decimal comma? both are possible")
            #expect(error.remedy.contains("--decimal comma"))
        }
        #expect(throws: NumberSurvey.Failure.self) { try survey(["3.854", "3,854"]).decide() }
    }

    @Test func aStatementSettlesTheQuestion() throws {
        let stated = survey(["3,854", "1.5"], stated: .comma)
        #expect(stated.isSettled)
        #expect(try stated.decide().price("3,854") == .number(3.854))
        #expect(try survey(["3,854"], stated: .point).decide().price("3,854") == .number(3854))
    }

    @Test func withoutEvidenceThePointIsTheMark() throws {
        #expect(try survey([]).decide() == NumberForm(decimal: .point))
        #expect(try survey(["7", "131.234", "", "abc"]).decide() == NumberForm(decimal: .point))
    }

    @Test func theFirstProofCountsAndLaterOnesBecomeProblems() throws {
        let form = try survey(["1,234.56", "1.234,56", "12,5"]).decide()
        #expect(form == NumberForm(decimal: .point, separator: .comma))
        #expect(form.price("12,5") == .problem(.otherDecimalMark))
    }

    @Test func remembersSeparatorAndCurrency() throws {
        #expect(try survey(["3\u{202F}854,74"]).decide().description == "decimal comma, thousands as in 1 234,56")
        #expect(try survey(["$5", "$191.99"]).decide().description == "decimal point, with currency")
        #expect(try survey(["191,99", "94.320.700"]).decide().example == "1.234,56")
        #expect(try survey(["2 000", "1.5"]).decide().example == "1 234.56")
    }
}
