"""Writes aapl.csv: the first 600 daily bars of MarketData/aapl_daily.csv with indicators computed by other libraries.

    python -m venv venv && venv/bin/pip install TA-Lib==0.8.2 ta==0.11.0 pandas==3.1.1 numpy==2.4.6
    venv/bin/python Tests/Golden/indicators/make_golden.py MarketData/aapl_daily.csv

Run from the top of the repository. Numbers are written so that they read back exactly; an empty field means not defined yet.
"""

import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import ta
import talib

bars = pd.read_csv(sys.argv[1]).head(600)
open_, high, low, close, volume = (
    bars[field].to_numpy(dtype=float) for field in ("open", "high", "low", "close", "volume"))
previous = np.concatenate([[np.nan], close[:-1]])

out = bars[["open", "high", "low", "close", "volume"]].copy()
out["openReturn"] = np.log(open_ / previous)
out["highReturn"] = np.log(high / previous)
out["lowReturn"] = np.log(low / previous)
out["closeReturn"] = np.log(close / previous)
out["volumeChange"] = np.diff(np.log1p(volume), prepend=np.nan)
out["sma20"] = talib.SMA(close, 20)
out["ema20"] = talib.EMA(close, 20)
out["macdLine"], out["macdSignal"], out["macdHistogram"] = talib.MACD(close, 12, 26, 9)
out["rsi14"] = talib.RSI(close, 14)
out["atr14"] = talib.ATR(high, low, close, 14)
out["percentB20"] = ta.volatility.BollingerBands(bars["close"], window=20, window_dev=2).bollinger_pband()
out["obv"] = talib.OBV(close, volume)
out["volatility20"] = out["closeReturn"].rolling(20).std(ddof=1)
out["cci20"] = talib.CCI(high, low, close, 20)
out["adx14"] = talib.ADX(high, low, close, 14)

folder = Path(__file__).parent
out.to_csv(folder / "aapl.csv", index=False, lineterminator="\n")
(folder / "versions.txt").write_text(
    "".join(f"{name} {version(name)}\n" for name in ("TA-Lib", "ta", "pandas", "numpy")))
