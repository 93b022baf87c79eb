/// The names that columns bear, by language and vendor. A lower rank is preferred where two columns have one role.
package enum ColumnVocabulary {
    struct Meaning: Equatable, Sendable {
        var role: ColumnRole
        var rank: Int
    }

    /// What a key, as `ColumnKey` makes it, means.
    static let meanings: [String: Meaning] = {
        var meanings: [String: Meaning] = [:]
        for (role, rank, names) in entries {
            for name in names.split(whereSeparator: \.isWhitespace) {
                meanings[ColumnKey.of(name)] = Meaning(role: role, rank: rank)
            }
        }
        for (field, adjusted) in adjustedRoles {
            for name in ["adj\(field)", "adjusted\(field)", "adjustment\(field)", "\(field)adj", "\(field)adjusted"] {
                meanings[name] = Meaning(role: adjusted, rank: 0)
                meanings[name + "price"] = Meaning(role: adjusted, rank: 0)
            }
        }
        return meanings
    }()

    private static let adjustedRoles: [(String, ColumnRole)] = [
        ("open", .adjustedOpen), ("high", .adjustedHigh), ("low", .adjustedLow), ("close", .adjustedClose),
        ("volume", .adjustedVolume),
    ]

    /// Names between blanks, each written as one word. German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech,
    /// Swedish, Norwegian, Danish, Finnish, Russian, Turkish, Chinese, Japanese and Korean stand after English, vendors last.
    package static let entries: [(role: ColumnRole, rank: Int, names: String)] = [
        // A date with a time says more than a date alone; an epoch beside either is harder to check by eye.
        (
            .time, 0,
            """
            datetime dateandtime datetimeutc utctime gmttime localtime opentime timeopen bartime windowstart tsevent
            """
        ),
        (
            .time, 1,
            """
            date dateutc tradedate tradingdate tradingday businessdate sessiondate pricedate quotedate effectivedate
            asofdate observationdate timeperiod
            datum handelstag börsentag fecha data dato päivämäärä дата tarih 日期 交易日 交易日期 年月日 日付 日付け 날짜
            datadate caldt dlycaldt tradedt traddt dtyyyymmdd snappedat
            """
        ),
        (.time, 2, "timestamp timestamputc zeitstempel zeitpunkt horodatage"),
        (.time, 3, "unix unixtime unixtimestamp epoch epochtime"),
        // Tickers as well, so that any other column is rather the time.
        (.time, 4, "day period begin ts"),
        (
            .timeOfDay, 0,
            """
            time timeutc timeofday tradetime tradingtime minute zeit uhrzeit heure hora ora tijd godzina czas čas tid aika
            время saat 时间 時間 時刻 시간
            """
        ),

        (.symbol, 0, "symbol symbole simbolo symbool символ sembol"),
        (.symbol, 1, "ticker tickersymbol stocksymbol тикер"),
        (
            .symbol, 2,
            """
            tic sym tckrsymb tradingsymbol rawsymbol secid tscode windcode sinfowindcode ric mnemonic kürzel
            代码 代碼 股票代码 股票代號 证券代码 證券代號 銘柄コード コード 종목코드
            """
        ),
        (.symbol, 3, "instrument asset stock pair currencypair contract security"),
        (
            .symbol, 4,
            """
            code isin wkn sedol cusip figi permno gvkey instrumentid securityid stockcode securitycode seccode sccode
            """
        ),
        (.symbol, 5, "serie seriesid"),
        (.symbol, 6, "name coin"),

        (
            .open, 0,
            """
            open opening openprice openingprice priceopen eröffnung eroeffnung eröffnungskurs eröffn erster ersterkurs anfangskurs
            ouverture ouv coursdouverture apertura preciodeapertura prezzodiapertura abertura preçodeabertura
            openingskoers otwarcie kursotwarcia otevření öppen öppning öppningskurs åpning åpningskurs åbning åbningskurs
            avaus avauskurssi открытие откр ценаоткрытия açılış açılışfiyatı 开盘 开盘价 開盤 開盤價 始値 시가
            pxopen openprc prcod prcom dlyopen opnpric sdqopen
            """
        ),
        (.open, 2, "first firstprice"),
        (
            .high, 0,
            """
            high highest highprice dayhigh pricehigh hoch höchst höchster höchstkurs tageshoch haut plushaut +haut máximo máxima
            massimo alto alta hoog hoogste najwyższy kursmaksymalny nejvyšší hög högst högsta høy høj ylin максимум
            высокий yüksek enyüksek 最高 最高价 最高價 高 高値 고가
            pxhigh askhi prchd prchm dlyhigh hghpric sdqhigh high1
            """
        ),
        (.high, 4, "max maximum maks maksimum макс"),
        (
            .low, 0,
            """
            low lowest lowprice daylow pricelow tief tiefst tiefster tiefstkurs tagestief bas plusbas +bas mínimo mínima
            basso bajo baixo baixa laag laagste najniższy kursminimalny nejnižší låg lägst lägsta lav alin минимум низкий
            düşük endüşük 最低 最低价 最低價 低 安値 저가
            pxlow bidlo prcld prclm dlylow lwpric sdqlow low1
            """
        ),
        (.low, 4, "min minimum мин"),

        (
            .close, 0,
            """
            close closing closeprice closingprice closelast priceclose clot sluiten schluss schlusskurs clôture coursdeclôture cierre
            preciodecierre chiusura prezzodichiusura fechamento fecho preçodefechamento slot slotkoers zamknięcie
            kurszamknięcia závěr slut slutkurs stängning stängningskurs sluttkurs päätöskurssi закрытие закр ценазакрытия
            kapanış kapanışfiyatı 收盘 收盘价 收盤 收盤價 終値 종가
            prc prccd prccm dlyprc dlyclose clspric sdqclose hstclose closeclosepriceadjustedforsplits
            """
        ),
        // What an exchange settles futures at goes before their last trade.
        (.close, 1, "settle settlement settlementprice settleprice"),
        (
            .close, 2,
            """
            last lastprice lastpx lasttradedprice latest latestprice zuletzt letzter letzterkurs dernier derniercours
            último últimoprecio ultimoprezzo laatst laatste ostatnio senaste siste sidste последняя son şimdi 最新价
            pxlast ltp
            """
        ),
        (.close, 3, "tradeprice trdprc1"),
        (
            .close, 4,
            """
            price stockprice rate kurs cours prix precio prezzo preço koers cena pris цена fiyat 价格 價格 価格 가격 priceusd
            """
        ),
        (.close, 5, "value nav netassetvalue obsvalue indexvalue wert valeur valor valore wartość värde"),

        // Pieces before money: in German files “Stücke” is the volume and “Volumen” the turnover.
        (
            .volume, 0,
            """
            volume volumeshares sharevolume sharestraded numberofshares noofshares noofshrs tradedvolume tradevolume
            stück stücke stueck stuecke umsatzstück umsatzinstück nombredetitres
            totaltradedquantity tottrdqty ttltradgvol volumefrom volumebase basevolume
            """
        ),
        (
            .volume, 1,
            """
            tickvol tickvolume tradingvolume totalvolume quantity tradedquantity volumen volumes volumi wolumen wol objem
            volym volum объём hacim hac 成交量 成交股數 交易量 出来高 売買高 거래량
            pxvolume cshtrd cshtrm dlyvol sdqvolume acvoluns acvol1
            """
        ),
        (.volume, 2, "vol realvolume"),
        (.volume, 6, "volumeto volumequote volumecurrency quotevolume"),

        (
            .adjustedClose, 0,
            """
            bereinigterschlusskurs schlusskursbereinigt clôtureajustée cierreajustado 調整後終値
            adjcloseadjustedclosepriceadjustedforsplitsanddividendandorcapitalgaindistributions
            """
        ),
        (.adjustedClose, 2, "adjlast adjprice adjustedprice"),
        (.adjustedClose, 3, "adjusted"),
        (.split, 0, "split splits stocksplit stocksplits splitratio splitcoefficient splitfactor"),
        (
            .dividend, 0,
            """
            dividend dividends exdividend divcash cashdividend dividendamount divamt div dividende dividenden dividendes
            dividendo dividendos dividendi
            """
        ),
    ]
}
