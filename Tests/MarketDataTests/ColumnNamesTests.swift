import MarketData
import RandomNumbers
import Testing

@Suite struct ColumnNamesTests {
    /// Headers of vendors as they write them, with the roles in their order; nil for a column of no role.
    static let headers: [(vendor: String, names: [String], roles: [ColumnRole?])] = [
        (
            "Yahoo", ["Date", "Open", "High", "Low", "Close*", "Adj Close**", "Volume"],
            [.time, .open, .high, .low, .close, .adjustedClose, .volume]
        ),
        (
            "yfinance", ["Datetime", "Close", "Volume", "Dividends", "Stock Splits", "Capital Gains"],
            [.time, .close, .volume, .dividend, .split, nil]
        ),
        ("Nasdaq", ["Date", "Close/Last", "Volume", "Open"], [.time, .close, .volume, .open]),
        (
            "Stooq",
            ["<TICKER>", "<PER>", "<DATE>", "<TIME>", "<OPEN>", "<HIGH>", "<LOW>", "<CLOSE>", "<VOL>", "<OPENINT>"],
            [.symbol, nil, .time, .timeOfDay, .open, .high, .low, .close, .volume, nil]
        ),
        (
            "Stooq, Polish", ["Data", "Otwarcie", "Najwyzszy", "Najnizszy", "Zamkniecie", "Wolumen"],
            [.time, .open, .high, .low, .close, .volume]
        ),
        ("MetaTrader 5", ["<DATE>", "<TICKVOL>", "<VOL>", "<SPREAD>"], [.time, .volume, .volume, nil]),
        ("MetaStock", ["<TICKER>", "<DTYYYYMMDD>", "<OPEN>"], [.symbol, .time, .open]),
        (
            "Barchart", ["Symbol", "Time", "Open", "Last", "Change", "%Chg", "Volume", "Latest"],
            [.symbol, .timeOfDay, .open, .close, nil, nil, .volume, .close]
        ),
        ("Investing.com", ["Date", "Price", "Open", "Vol.", "Change %"], [.time, .close, .open, .volume, nil]),
        (
            "Euronext", ["Date", "Last", "Close", "Number of Shares", "Number of Trades", "Turnover", "vwap"],
            [.time, .close, .close, .volume, nil, nil, nil]
        ),
        ("FRED", ["observation_date", "SP500"], [.time, nil]),
        (
            "Alpha Vantage",
            [
                "timestamp", "open", "adjusted_close", "volume", "dividend_amount", "split_coefficient", "1. open",
                "1a. open (USD)",
            ],
            [.time, .open, .adjustedClose, .volume, .dividend, .split, .open, .open]
        ),
        (
            "Quandl",
            [
                "ticker", "date", "ex-dividend", "split_ratio", "adj_open", "adj_high", "adj_low", "Adj. Close",
                "adj_volume",
            ],
            [
                .symbol, .time, .dividend, .split, .adjustedOpen, .adjustedHigh, .adjustedLow, .adjustedClose,
                .adjustedVolume,
            ]
        ),
        (
            "Tiingo", ["date", "adjClose", "adjHigh", "adjVolume", "divCash", "splitFactor"],
            [.time, .adjustedClose, .adjustedHigh, .adjustedVolume, .dividend, .split]
        ),
        ("EODHD", ["Date", "Adjusted_close", "Gmtoffset"], [.time, .adjustedClose, nil]),
        ("Sharadar", ["ticker", "closeadj", "closeunadj", "lastupdated"], [.symbol, .adjustedClose, nil, nil]),
        ("J-Quants", ["AdjustmentFactor", "AdjustmentOpen", "AdjustmentClose"], [nil, .adjustedOpen, .adjustedClose]),
        (
            "Polygon", ["ticker", "volume", "open", "window_start", "transactions"],
            [.symbol, .volume, .open, .time, nil]
        ),
        ("Alpaca", ["timestamp", "trade_count", "vwap"], [.time, nil, nil]),
        ("Databento", ["ts_event", "rtype", "instrument_id", "symbol"], [.time, nil, .symbol, .symbol]),
        (
            "CryptoDataDownload", ["unix", "date", "symbol", "Volume BTC", "Volume USD", "tradecount"],
            [.time, .time, .symbol, .volume, .volume, nil]
        ),
        ("CryptoCompare", ["time", "volumefrom", "volumeto", "conversionType"], [.timeOfDay, .volume, .volume, nil]),
        (
            "Binance", ["open_time", "Open time", "Close time", "Quote asset volume", "Number of trades", "Ignore"],
            [.time, .time, nil, nil, nil, nil]
        ),
        (
            "Bitstamp", ["Timestamp", "Volume_(BTC)", "Volume_(Currency)", "Weighted_Price"],
            [.time, .volume, .volume, nil]
        ),
        (
            "CoinMarketCap", ["timeOpen", "timeClose", "timeHigh", "name", "marketCap", "timestamp"],
            [.time, nil, nil, .symbol, nil, .time]
        ),
        ("Kraken", ["time", "vwap", "volume", "trades"], [.timeOfDay, nil, .volume, nil]),
        ("TradingView", ["time", "close", "Volume", "Volume MA"], [.timeOfDay, .close, .volume, nil]),
        ("TradeStation", ["Date", "Time", "Up", "Down", "OI"], [.time, .timeOfDay, nil, nil, nil]),
        (
            "NSE India",
            [
                "Symbol", "Series", "Prev Close", "Open Price", "Last Price", "Close Price", "Total Traded Quantity",
                "PREV. CLOSE", "52W H",
            ],
            [.symbol, nil, nil, .open, .close, .close, .volume, nil, nil]
        ),
        (
            "NSE bhavcopy", ["TOTTRDQTY", "TOTTRDVAL", "PREVCLOSE", "TIMESTAMP", "ISIN"],
            [.volume, nil, nil, .time, .symbol]
        ),
        ("BSE", ["Date", "WAP", "No.of Shares", "No. of Trades"], [.time, nil, .volume, nil]),
        (
            "Bloomberg", ["PX_OPEN", "PX_HIGH", "PX_LOW", "PX_LAST", "PX_VOLUME"],
            [.open, .high, .low, .close, .volume]
        ),
        (
            "CRSP", ["PERMNO", "TICKER", "date", "PRC", "OPENPRC", "ASKHI", "BIDLO", "VOL", "RET"],
            [.symbol, .symbol, .time, .close, .open, .high, .low, .volume, nil]
        ),
        (
            "Compustat", ["gvkey", "datadate", "tic", "prccd", "prcod", "prchd", "prcld", "cshtrd", "ajexdi"],
            [.symbol, .time, .symbol, .close, .open, .high, .low, .volume, nil]
        ),
        ("Kaggle", ["Name", "Stock", "Ticker", "Asset", "Code", "ISIN"], Array(repeating: .symbol, count: 6)),
        ("Dukascopy", ["Gmt time", "Local time"], [.time, .time]),
        (
            "Tushare", ["ts_code", "trade_date", "pre_close", "vol", "amount", "pct_chg"],
            [.symbol, .time, nil, .volume, nil, nil]
        ),
        ("MOEX", ["TRADEDATE", "SECID", "begin", "WAPRICE"], [.time, .symbol, .time, nil]),
        (
            "ariva", ["Datum", "Erster", "Hoch", "Tief", "Schlusskurs", "Stücke", "Stuecke", "Volumen"],
            [.time, .open, .high, .low, .close, .volume, .volume, .volume]
        ),
        (
            "Börse Frankfurt", ["Datum", "Eröffnung", "Schluss", "Tageshoch", "Tagestief", "Umsatz Stück", "Umsatz €"],
            [.time, .open, .close, .high, .low, .volume, nil]
        ),
        (
            "Investing.com, German", ["Zuletzt", "Eröffn.", "Hoch", "Tief", "Vol.", "+/- %"],
            [.close, .open, .high, .low, .volume, nil]
        ),
        (
            "French", ["Date", "Ouverture", "Haut", "Bas", "Clôture", "Dernier", "Ouv.", " Plus Haut", "+ Bas"],
            [.time, .open, .high, .low, .close, .close, .open, .high, .low]
        ),
        (
            "Spanish", ["Fecha", "Apertura", "Máximo", "Mínimo", "Cierre", "Último", "Volumen", "% var."],
            [.time, .open, .high, .low, .close, .close, .volume, nil]
        ),
        (
            "Italian", ["Data", "Apertura", "Massimo", "Minimo", "Chiusura", "Ultimo", "Volumi", "Var. %"],
            [.time, .open, .high, .low, .close, .close, .volume, nil]
        ),
        (
            "Portuguese", ["Data", "Abertura", "Máxima", "Mínima", "Fechamento", "Último"],
            [.time, .open, .high, .low, .close, .close]
        ),
        (
            "Dutch", ["Datum", "Laatst", "Open", "Hoog", "Laag", "Slotkoers"],
            [.time, .close, .open, .high, .low, .close]
        ),
        (
            "Polish", ["Data", "Otwarcie", "Najwyższy", "Najniższy", "Zamknięcie", "Ostatnio", "Max.", "Min."],
            [.time, .open, .high, .low, .close, .close, .high, .low]
        ),
        (
            "Swedish", ["Datum", "Öppning", "Högst", "Lägst", "Stängning", "Senaste", "Volym"],
            [.time, .open, .high, .low, .close, .close, .volume]
        ),
        (
            "Russian", ["Дата", "Открытие", "Макс.", "Мин.", "Закрытие", "Цена", "Объём", "Время", "Изм. %"],
            [.time, .open, .high, .low, .close, .close, .volume, .timeOfDay, nil]
        ),
        (
            "Turkish", ["Tarih", "Açılış", "AÇILIŞ", "Yüksek", "Düşük", "Kapanış", "Şimdi", "Hac."],
            [.time, .open, .open, .high, .low, .close, .close, .volume]
        ),
        (
            "Chinese", ["日期", "开盘", "收盘", "最高", "最低", "成交量", "成交额", "股票代码"],
            [.time, .open, .close, .high, .low, .volume, nil, .symbol]
        ),
        ("Taiwan", ["開盤價", "最高價", "最低價", "收盤價", "成交股數"], [.open, .high, .low, .close, .volume]),
        (
            "Japanese", ["日付", "始値", "高値", "安値", "終値", "出来高", "調整後終値*"],
            [.time, .open, .high, .low, .close, .volume, .adjustedClose]
        ),
        ("Korean", ["날짜", "시가", "고가", "저가", "종가", "거래량"], [.time, .open, .high, .low, .close, .volume]),
        (
            "units",
            [
                "Close (USD)", "Open [EUR]", "Volume [shares]", "Time (UTC+1)", "Date (YYYY-MM-DD)", "High ($)",
                "Volume (M)",
            ],
            [.close, .open, .volume, .timeOfDay, .time, .high, nil]
        ),
        (
            "spelling",
            [
                " CLOSE ", "\"Close\"", "'close'", "\u{FEFF}Date", "CLO\u{AD}SE", "Cloture", "Clo\u{302}ture",
                "Date/Time",
            ],
            [.close, .close, .close, .time, nil, .close, .close, .time]
        ),
        (
            "none",
            [
                "", "Unnamed: 0", "index", "AAPL", "close %", "52 week high", "name age", "city", "Open Interest",
                "High-Low",
            ],
            Array(repeating: nil, count: 10)
        ),
    ]

    @Test(arguments: headers.indices) func understandsHeaders(index: Int) {
        let header = Self.headers[index]
        #expect(header.names.count == header.roles.count)
        for (name, role) in zip(header.names, header.roles) {
            #expect(ColumnNames.role(of: name)?.role == role, "\(header.vendor): \(name)")
        }
    }

    /// Of names with one role the first is preferred.
    @Test(
        arguments: [
            ["Close", "Settle", "Last", "Price", "Value"], ["Close Price", "Last Price"],
            ["Volume", "<TICKVOL>", "<VOL>"],
            ["Stücke", "Volumen"], ["volumefrom", "volumeto"], ["Volume LTC", "Volume BTC", "Volume USD"],
            ["Volume ETH", "Volume BTC"], ["Volume (BTC)", "Volume (Currency)"], ["Number of Shares", "Volumen"],
            ["datetime", "date", "timestamp", "unix", "DAY"], ["symbol", "ticker", "tic", "asset", "ISIN", "Name"],
            ["High", "Max."], ["adj_close", "Adjusted"],
        ])
    func ranksNames(names: [String]) throws {
        let ranks = try names.map { try #require(ColumnNames.role(of: $0)).rank }
        #expect(Set(try names.map { try #require(ColumnNames.role(of: $0)).role }).count == 1)
        #expect(ranks == ranks.sorted() && Set(ranks).count == ranks.count, "\(names): \(ranks)")
    }

    @Test func eachNameMeansOneThing() {
        var seen: [String: String] = [:]
        for (role, rank, names) in ColumnVocabulary.entries {
            for name in names.split(whereSeparator: \.isWhitespace).map(String.init) {
                let key = name.lowercased()
                #expect(seen.updateValue("\(role)", forKey: key) == nil, "\(name) stands twice")
                #expect(ColumnNames.role(of: name)?.role == role, "\(name)")
                #expect(ColumnNames.role(of: name)?.rank == rank, "\(name)")
                #expect(ColumnNames.role(of: " <\(name.uppercased())> ")?.role == role || name.contains("ß"), "\(name)")
            }
        }
    }

    @Test(
        arguments: [
            ("AAPL.Open", .open, "AAPL"), ("AAPL_close", .close, "AAPL"), ("Close_AAPL", .close, "AAPL"),
            ("Open AAPL", .open, "AAPL"), ("AAPL Close", .close, "AAPL"), ("('Close', 'AAPL')", .close, "AAPL"),
            ("('AAPL', 'Adj Close')", .adjustedClose, "AAPL"), ("(\"Volume\", \"BRK-B\")", .volume, "BRK-B"),
            ("AAPL.Adjusted", .adjustedClose, "AAPL"), ("BRK.B_Close", .close, "BRK.B"),
            ("BTC-USD Close", .close, "BTC-USD"),
            ("AAPL Adj Close", .adjustedClose, "AAPL"), ("Adj Close AAPL", .adjustedClose, "AAPL"),
            ("adj_close_AAPL", .adjustedClose, "AAPL"), ("Adj.Close.AAPL", .adjustedClose, "AAPL"),
            ("aapl.us_volume", .volume, "aapl.us"), ("^GSPC Close", .close, "^GSPC"), ("close.AAPL", .close, "AAPL"),
            ("AAPL_LOW", .low, "AAPL"), ("LOW_AAPL", .low, "AAPL"), ("AAPL - Close", .close, "AAPL"),
            ("Close (AAPL)", .close, "AAPL"), ("AAPL: High", .high, "AAPL"), ("MA Close", .close, "MA"),
            ("Volume BTC", .volume, "BTC"), ("CLOSE_MSFT", .close, "MSFT"), ("AAPL Last Price", .close, "AAPL"),
        ] as [(String, ColumnRole, String)])
    func findsFieldAndSymbol(name: String, role: ColumnRole, symbol: String) {
        let found = ColumnNames.fieldAndSymbol(of: name)
        #expect(found?.role == role && found?.symbol == symbol, "\(name): \(String(describing: found))")
    }

    @Test(
        arguments: [
            "", "LOW", "OPEN", "Close", "Adj Close", "Close/Last", "Last Price", "AAPL", "BRK.B", "BAS.DE", "LOW.US",
            "OPEN-USD",
            "OPEN.US", "Open Interest", "Open Time", "Prev Close", "PREV. CLOSE", "prev_close", "close_pct",
            "Volume MA",
            "volume_ma", "open_interest", "LOW_Open", "Close_LOW", "('Close', '')", "('Close', '../x')",
            "('Date', '')",
            "a_b_c", "AAPL_sector", "Date AAPL", "Close AAPL MSFT", "Close (USD)", "_close", "close_",
            "('A', 'B', 'Close')",
        ])
    func findsNoFieldAndSymbol(name: String) {
        #expect(ColumnNames.fieldAndSymbol(of: name) == nil, "\(name)")
    }

    @Test func theOrderOfOtherColumnsDecides() {
        func read(_ name: String, _ order: SymbolField.Order) -> SymbolField? {
            ColumnNames.fieldAndSymbol(of: name, order: order)
        }
        let (openOfLow, lowOfOpen) = (read("LOW_Open", .symbolFirst), read("LOW_Open", .fieldFirst))
        #expect(openOfLow?.role == .open && openOfLow?.symbol == "LOW" && openOfLow?.order == .symbolFirst)
        #expect(lowOfOpen?.role == .low && lowOfOpen?.symbol == "Open" && lowOfOpen?.order == .fieldFirst)
        #expect(read("Close_LOW", .fieldFirst)?.symbol == "LOW")
        #expect(read("('Close', 'LOW')", .fieldFirst)?.symbol == "LOW")
        #expect(read("Volume MA", .fieldFirst)?.symbol == "MA")
        #expect(read("Close_AAPL", .symbolFirst) == nil)
        #expect(read("LOW", .fieldFirst) == nil)
    }

    @Test func nothingTrapsOnAnyText() throws {
        var stream = RandomKey(seed: 9).stream("headers")
        let pieces = [
            "Close", "(", ")", "[", "]", "AAPL", "_", " ", ".", "1", "a.", "'", ",", "Volume", "USD", "ü", "高", "\u{0}",
            "\r\n", "low",
        ]
        for _ in 0..<20_000 {
            var name = (0..<stream.index(below: 7)).map { _ in pieces[stream.index(below: pieces.count)] }.joined()
            if stream.index(below: 2) == 0 {
                let bytes = (0..<stream.index(below: 12)).map { _ in UInt8(stream.index(below: 256)) }
                name += String(decoding: bytes, as: UTF8.self)
            }
            _ = ColumnNames.role(of: name)
            if let found = ColumnNames.fieldAndSymbol(of: name) {
                #expect(!found.symbol.isEmpty && found.symbol.utf8.count <= 32 && !found.symbol.contains("/"))
            }
        }
        let long = String(repeating: "close ", count: 200_000)
        #expect(ColumnNames.role(of: long) == nil && ColumnNames.fieldAndSymbol(of: long) == nil)
    }
}
