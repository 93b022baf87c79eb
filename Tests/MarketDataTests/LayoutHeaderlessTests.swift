import MarketData
import Testing

/// Files without names of columns that are known by the forms of their cells.
@Suite struct LayoutHeaderlessTests {
    @Test(arguments: ["", ",0", ",0,2"]) func metaTraderHistory(_ further: String) throws {
        let file = try parsed(
            """
            2023.03.20,07:00,1.06707,1.06708,1.067,1.06702,120\(further)
            2023.03.20,07:01,1.06701,1.06706,1.06683,1.06685,235\(further)
            """, named: "EURUSD.csv")
        #expect(
            file.csv() == """
                2023-03-20T07:00:00Z,EURUSD,1.06707,1.06708,1.067,1.06702,120
                2023-03-20T07:01:00Z,EURUSD,1.06701,1.06706,1.06683,1.06685,235

                """)
        #expect(file.summary.decisions.first == "no header: known as MetaTrader history by its cells")
        #expect(file.series[0].rows.map(\.line) == [1, 2], "no row is taken for a header")
    }

    @Test func histData() throws {
        let file = try parsed(
            "20230320 070000;1.06707;1.06708;1.067;1.06702;0\n20230320 070100;1.06701;1.06706;1.06683;1.06685;0\n",
            named: "EURUSD.csv")
        #expect(
            file.csv() == """
                2023-03-20T07:00:00Z,EURUSD,1.06707,1.06708,1.067,1.06702,0
                2023-03-20T07:01:00Z,EURUSD,1.06701,1.06706,1.06683,1.06685,0

                """)
    }

    @Test(arguments: ["000", "000000"]) func binanceKlines(_ unit: String) throws {
        let file = try parsed(
            """
            1679270400\(unit),27102.0,27184.2,27057.73,27149.58,1044.59,1679273999\(unit),28360198.5,2044,501.4,13612895.2,0
            1679274000\(unit),27149.5,27184.2,27057.73,27100.01,1000,1679277599\(unit),28360198.5,2044,501.4,13612895.2,0
            """, named: "BTCUSDT.csv")
        #expect(
            file.csv() == """
                2023-03-20T00:00:00Z,BTCUSDT,27102,27184.2,27057.73,27149.58,1044.59
                2023-03-20T01:00:00Z,BTCUSDT,27149.5,27184.2,27057.73,27100.01,1000

                """)
    }

    @Test func krakenTrades() throws {
        let file = try parsed("1679270400,27102.0,27184.2,27057.7,27149.5,1044.59069,2044\n", named: "XBTUSD.csv")
        #expect(file.csv() == "2023-03-20,XBTUSD,27102,27184.2,27057.7,27149.5,1044.59069\n")
    }

    @Test func theSymbolMayBeStated() throws {
        let file = try parsed(
            "20230320 070000;1.06707;1.06708;1.067;1.06702;0\n", named: "DAT ASCII (1).csv",
            stating: { $0.symbol = "EURUSD" })
        #expect(file.series.map(\.symbol) == ["EURUSD"])
    }

    @Test(arguments: [
        "2023-01-03,1,3,1,2,10\n2023-01-04,2,3,1,2,10\n",
        "2023-01-03,2\n2023-01-04,3\n",
        "1679270400,27102.0,27184.2,27057.7,27149.5,1044.59069\n",
        "AAPL,2023-01-03,1,3,1,2,10\n",
    ])
    func orderAloneIsNoMeaning(_ text: String) throws {
        let message = try #require(try refusal(of: text))
        #expect(message.hasPrefix("f.csv:1:1: error: line 1 is data, there is no header\n"))
        #expect(message.contains("--columns"))
    }
}
