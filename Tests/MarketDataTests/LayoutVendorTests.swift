import MarketData
import Testing

/// Files as vendors write them, two or three rows each.
@Suite struct LayoutVendorTests {
    @Test func investing() throws {
        let file = try parsed(
            """
            "Date","Price","Open","High","Low","Vol.","Change %"
            "Jan 04, 2023","1,244.50","1,230.00","1,250.00","1,229.00","53.54M","0.81%"
            "Jan 03, 2023","1,234.50","1,231.00","1,250.00","1,229.00","1.20B","-0.81%"
            """)
        #expect(
            file.csv() == """
                2023-01-03,TEST,1231,1250,1229,1234.5,1200000000
                2023-01-04,TEST,1230,1250,1229,1244.5,53540000

                """)
        #expect(file.summary.decisions.contains("close is 'Price'"))
        #expect(file.summary.decisions.contains("columns ignored: Change %"))
    }

    @Test func investingInGerman() throws {
        let file = try parsed(
            """
            "Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"
            "13.01.2023","1.244,50","1.230,00","1.250,00","1.229,00","53,54M","0,81%"
            """)
        #expect(file.csv() == "2023-01-13,TEST,1230,1250,1229,1244.5,53540000\n")
    }

    @Test(arguments: [
        "v,vw,o,c,h,l,t,n\n1000.0,1.5,1,2,3,0.5,1679270400000,5\n", "o,h,l,c,v,t\n1,3,0.5,2,1000,1679270400000\n",
    ])
    func polygonAggregates(_ text: String) throws {
        #expect(try parsed(text).csv() == "2023-03-20,TEST,1,3,0.5,2,1000\n")
    }

    @Test func polygonFlatFiles() throws {
        let file = try parsed(
            "ticker,volume,open,close,high,low,window_start,transactions\nA,1000,1,2,3,0.5,1679270460000000000,5\n")
        #expect(file.csv() == "2023-03-20T00:01:00Z,A,1,3,0.5,2,1000\n")
    }

    @Test func alpaca() throws {
        let file = try parsed(
            """
            symbol,timestamp,open,high,low,close,volume,trade_count,vwap
            A,2023-01-03 05:00:00+00:00,1,3,0.5,2,1000,5,1.5
            B,2023-01-03 05:00:00+00:00,1,3,0.5,2.5,1000,5,1.5
            """)
        #expect(
            file.csv()
                == "2023-01-03T05:00:00Z,A,1,3,0.5,2,1000\n2023-01-03T05:00:00Z,B,1,3,0.5,2.5,1000\n")
    }

    @Test func cryptoDataDownload() throws {
        let file = try parsed(
            """
            https://www.CryptoDataDownload.com
            unix,date,symbol,open,high,low,close,Volume BTC,Volume USD
            1646096400,2022-03-01 01:00:00,BTC/USD,2,3,1,2,49.5,2120000
            1646092800,2022-03-01 00:00:00,BTC/USD,2,3,1,2.5,49,2120000
            """)
        #expect(
            file.csv() == """
                2022-03-01T00:00:00Z,BTC/USD,2,3,1,2.5,49
                2022-03-01T01:00:00Z,BTC/USD,2,3,1,2,49.5

                """)
        #expect(file.summary.decisions.contains("columns ignored: unix, Volume USD"))
        #expect(file.summary.decisions.contains("newest first: order reversed"))
    }

    @Test func tradingView() throws {
        let file = try parsed(
            "time,open,high,low,close,Volume,Volume MA\n1679270400,1,3,0.5,2,1000,900\n1679274000,1,3,0.5,2.5,1000,\n")
        #expect(
            file.csv()
                == "2023-03-20T00:00:00Z,TEST,1,3,0.5,2,1000\n2023-03-20T01:00:00Z,TEST,1,3,0.5,2.5,1000\n")
    }

    @Test func tiingoHasTwoSetsOfPrices() throws {
        let text = """
            date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor
            2020-08-28,499.23,505.77,498.31,504.05,46907479,124.8075,126.4425,124.5775,126.0125,187629916,0.0,1.0
            2020-08-31,129.04,131.0,126.0,127.58,223505733,129.04,131.0,126.0,127.58,223505733,0.0,4.0
            """
        let adjusted = """
            2020-08-28,TEST,126.0125,126.4425,124.5775,124.8075,187629916
            2020-08-31,TEST,127.58,131,126,129.04,223505733

            """
        let file = try parsed(text)
        #expect(file.csv() == adjusted)
        #expect(file.series[0].adjustments.isEmpty, "what is adjusted is not adjusted again")
        #expect(
            file.summary.decisions.contains { $0.hasPrefix("two complete sets of prices: 'adjClose' and its like") })
        // The raw set, stated, gives the same once it is adjusted.
        let raw = try parsed(text) { $0.columns = try StatedColumns(parsing: "close=close") }
        #expect(raw.csv(.adjusted) == adjusted)
        #expect(raw.series[0].rows.map(\.close) == [499.23, 129.04])
    }

    @Test func dateAndClose() throws {
        #expect(try parsed("Date,Close\n2023-01-03,1\n").csv() == "2023-01-03,TEST,,,,1,\n")
    }

    @Test func anUnnamedIndexOfDatesOrOfRows() throws {
        #expect(
            try parsed(",Open,High,Low,Close,Volume\n2023-01-03,1,3,1,2,10\n").csv()
                == "2023-01-03,TEST,1,3,1,2,10\n")
        let rows =
            ",date,open,high,low,close,volume,tic,day\n0,2023-01-03,1,3,1,2,10,A,1\n1,2023-01-03,1,3,1,2,10,B,1\n"
        #expect(try parsed(rows).csv() == "2023-01-03,A,1,3,1,2,10\n2023-01-03,B,1,3,1,2,10\n")
        #expect(try parsed("Unnamed: 0" + rows).csv() == parsed(rows).csv())
    }

    @Test func pairsHaveASlash() throws {
        let file = try parsed("timestamp,symbol,close\n2024-01-02,BTC/USDT,1\n2024-01-02,ETH/USDT,2\n")
        #expect(file.csv() == "2024-01-02,BTC/USDT,,,,1,\n2024-01-02,ETH/USDT,,,,2,\n")
        for symbol in ["/BTC", "BTC/", "A/B/C", "../x", "A//B", "./x"] {
            #expect(try refusal(of: "date,symbol,close\n2024-01-02,\(symbol),1\n")?.contains("is not a symbol") == true)
        }
    }

    @Test func metaTraderFive() throws {
        let file = try parsed(
            "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2023.03.20\t07:00:00\t1\t3\t1\t2\t120\t0\t2\n"
        )
        #expect(file.csv() == "2023-03-20T07:00:00Z,TEST,1,3,1,2,120\n")
    }
}
