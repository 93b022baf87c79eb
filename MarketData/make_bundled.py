#!/usr/bin/env python3
"""Rebuild MarketData/*.csv from PyPI packages. Python 3.9+, standard library only.

usage: make_bundled.py OUTDIR [DOWNLOADDIR]

Downloads four pinned packages with `pip download --no-deps`, checks the sha256 of every data
member that is used, and writes tidy CSV files (UTF-8, LF, no BOM). Nothing is imported from or
executed out of the packages: the wheels are opened as zip files only.
"""
import csv, datetime as dt, glob, gzip, hashlib, io, json, os, subprocess, sys, tempfile, zipfile

PACKAGES = {  # package == version : glob of the wheel
    "bokeh-sampledata==2026.1": "bokeh_sampledata-2026.1-*.whl",
    "skfolio==1.12.2": "skfolio-1.12.2-*.whl",
    "arch==8.0.0": "arch-8.0.0-*.whl",
    "gym-anytrading==2.0.0": "gym_anytrading-2.0.0-*.whl",
}
SHA = {  # sha256 of the member after gunzip where it is a .gz
    "bokeh_sampledata/_data/stocks.csv.gz": "e73fe05d106b7da1abe8f947264c514afd02cef5c9db4864b9437c84d6bd6069",
    "skfolio/datasets/data/sp500_dataset.csv.gz": "5f769c6d7be57f62a4dfd1f553995855462a17c92b21a4af4245439c6115617f",
    "skfolio/datasets/data/sp500_index.csv.gz": "365ea69a33af9f25cfbe31220dcc486ba971dd551d7de8e7ee9644561661efb7",
    "skfolio/datasets/data/factors_dataset.csv.gz": "65cdc146fd8964af5a68bdd1b385bb9297e6d499ad16ec83ee7bb1930090b8e5",
    "arch/data/sp500/sp500.csv.gz": "1c4d0aeed8db9284de8ad71e4063c97f645ad6dd13507f8e305338e96c396ba7",
    "gym_anytrading/datasets/data/FOREX_EURUSD_1H_ASK.csv": "28398b7edff9f74860d35a6f3c263f08e15c55264316dc07737d459d8688d7aa",
}
# Stock splits after or inside the covered span, used only to put volume on the scale of the
# adjusted price (adj_close in the source already holds splits and dividends up to March 2018).
SPLITS = {
    "AAPL": [("2000-06-21", 2), ("2005-02-28", 2), ("2014-06-09", 7)],
    "MSFT": [("2003-02-18", 2)],
    "IBM": [],
}

def member(wheels, name):
    for z in wheels:
        try: data = z.read(name)
        except KeyError: continue
        if name.endswith(".gz"): data = gzip.decompress(data)
        got = hashlib.sha256(data).hexdigest()
        if SHA[name] != got: sys.exit(f"{name}: sha256 {got}, expected {SHA[name]}")
        return data.decode("utf-8")
    sys.exit(f"{name}: not in the downloaded packages")

def walk(o):
    if isinstance(o, dict):
        yield o
        o = list(o.values())
    if isinstance(o, list):
        for v in o: yield from walk(v)

def put(out, name, header, rows):
    path = os.path.join(out, name)
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header); w.writerows(rows)
    with open(path, "rb") as f: data = f.read()
    print(f"{name}: {len(rows)} rows, {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")

def short(x, places=6):
    s = f"{x:.{places}f}".rstrip("0").rstrip(".")
    return s or "0"

def main():
    out = sys.argv[1] if len(sys.argv) > 1 else sys.exit(__doc__)
    os.makedirs(out, exist_ok=True)
    tmp = None
    if len(sys.argv) > 2: dl = sys.argv[2]
    else: tmp = tempfile.TemporaryDirectory(); dl = tmp.name
    os.makedirs(dl, exist_ok=True)
    for req, pattern in PACKAGES.items():
        if not glob.glob(os.path.join(dl, pattern)):
            subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", dl, req], check=True)
    wheels = [zipfile.ZipFile(glob.glob(os.path.join(dl, p))[0]) for p in PACKAGES.values()]

    # 1. Quandl WIKI (public domain) single stocks: raw with adj_close, and fully adjusted
    stocks = list(csv.DictReader(io.StringIO(member(wheels, "bokeh_sampledata/_data/stocks.csv.gz"))))
    for sym in ("AAPL", "IBM", "MSFT"):
        raw, adj = [], []
        for r in stocks:
            if r["Ticker"] != sym: continue
            raw.append([r["Date"], sym, r["Open"], r["High"], r["Low"], r["Close"], r["Volume"], r["Adj Close"]])
            k = float(r["Adj Close"]) / float(r["Close"])
            s = 1
            for day, ratio in SPLITS[sym]:
                if r["Date"] < day: s *= ratio
            adj.append([r["Date"], sym] + [short(float(r[c]) * k) for c in ("Open", "High", "Low", "Close")] + [int(r["Volume"]) * s])
        put(out, f"{sym.lower()}_daily_raw.csv", ["date", "symbol", "open", "high", "low", "close", "volume", "adj_close"], raw)
        put(out, f"{sym.lower()}_daily.csv", ["date", "symbol", "open", "high", "low", "close", "volume"], adj)

    # 2. skfolio multi-asset sets: kept wide and unchanged (header and number text as shipped)
    for name, target in (("sp500_dataset", "us20_close_wide"), ("sp500_index", "sp500_close"), ("factors_dataset", "factor_etfs_close_wide")):
        rows = list(csv.reader(io.StringIO(member(wheels, f"skfolio/datasets/data/{name}.csv.gz"))))
        put(out, target + ".csv", rows[0], rows[1:])

    # 3. S&P 500 index OHLCV (arch): M/D/YYYY -> ISO date, symbol added, Adj Close dropped (equals Close)
    rows = []
    for r in csv.DictReader(io.StringIO(member(wheels, "arch/data/sp500/sp500.csv.gz"))):
        if r["Adj Close"] != r["Close"]: sys.exit("arch sp500: Adj Close differs from Close")
        d = dt.datetime.strptime(r["Date"], "%m/%d/%Y").strftime("%Y-%m-%d")
        rows.append([d, "^GSPC"] + [short(float(r[c])) for c in ("Open", "High", "Low", "Close")] + [r["Volume"]])
    put(out, "sp500_index_daily.csv", ["date", "symbol", "open", "high", "low", "close", "volume"], rows)

    # 4. EUR/USD hourly ask (gym-anytrading): DD.MM.YYYY HH:MM:SS.000 GMT -> ISO 8601 UTC
    rows = []
    for r in csv.DictReader(io.StringIO(member(wheels, "gym_anytrading/datasets/data/FOREX_EURUSD_1H_ASK.csv"))):
        d = dt.datetime.strptime(r["Time"], "%d.%m.%Y %H:%M:%S.%f").strftime("%Y-%m-%dT%H:%M:%SZ")
        rows.append([d, "EURUSD", r["Open"], r["High"], r["Low"], r["Close"], r["Volume"]])
    put(out, "eurusd_hourly_2017.csv", ["date", "symbol", "open", "high", "low", "close", "volume"], rows)
    # 5. licence texts of the packages
    os.makedirs(os.path.join(out, "LICENSES"), exist_ok=True)
    for z, req in zip(wheels, PACKAGES):
        pkg = req.split("==")[0]
        names = [n for n in z.namelist() if ".dist-info/" in n and os.path.basename(n).upper().startswith("LICENSE") and n.count("/") <= 2]
        if not names: sys.exit(f"{req}: no licence file")
        for n in names[:1]:
            with open(os.path.join(out, "LICENSES", pkg + ".txt"), "wb") as f: f.write(z.read(n))
        if pkg == "bokeh-sampledata":   # the data set's own entry: public domain, with source and attribution
            n = next(n for n in z.namelist() if n.endswith("licenses/datasets.json"))
            entry = json.dumps(next(e for e in walk(json.loads(z.read(n))) if e.get("module") == "stocks"), indent=1, ensure_ascii=False)
            with open(os.path.join(out, "LICENSES", "bokeh-sampledata-stocks.json"), "w", encoding="utf-8") as f: f.write(entry + "\n")
    if tmp: tmp.cleanup()

main()
