"""Golden values for Tests/StatisticsTests, from libraries independent of ours.

    python -m venv venv && venv/bin/pip install empyrical-reloaded==0.7.1 quantstats==0.0.86 arch==8.0.0
    venv/bin/python Tests/Golden/statistics/make_golden.py

Reads MarketData/aapl_daily.csv and MarketData/sp500_index_daily.csv, keeps the days that both have, and writes
measures.json and block_lengths.json beside this file, with the library versions it used.
"""

import json
from importlib.metadata import version
from pathlib import Path

import empyrical
import numpy as np
import pandas as pd
import quantstats
from arch.bootstrap import optimal_block_length
from scipy import stats

here = Path(__file__).resolve().parent
market_data = here.parents[2] / "MarketData"


def closes(file):
    return pd.read_csv(market_data / file, parse_dates=["date"]).set_index("date")["close"]


prices = pd.concat({"asset": closes("aapl_daily.csv"), "benchmark": closes("sp500_index_daily.csv")}, axis=1).dropna()
spans = {
    "whole": ("2000-03-01", "2013-03-01"),
    "dot-com fall": ("2000-03-01", "2003-03-31"),
    "financial crisis": ("2007-06-01", "2009-06-30"),
    "one month": ("2012-09-04", "2012-10-03"),
}
conventions = [(252, 0.0), (252, 0.03), (365, 0.01)]


def measures(asset, benchmark, periods, risk_free):
    r, m = asset.pct_change().dropna(), benchmark.pct_change().dropna()
    rate = (1 + risk_free) ** (1 / periods) - 1
    per_year = {"annualization": periods}
    return {
        "totalReturn": empyrical.cum_returns_final(r),
        "annualReturn": empyrical.annual_return(r, **per_year),
        "volatility": empyrical.annual_volatility(r, **per_year),
        "sharpe": empyrical.sharpe_ratio(r, risk_free=rate, **per_year),
        "sortino": empyrical.sortino_ratio(r, required_return=rate, **per_year),
        "calmar": empyrical.calmar_ratio(r, **per_year),
        "maxDrawdown": -empyrical.max_drawdown(r),
        "omega": empyrical.omega_ratio(r, required_return=risk_free, **per_year),
        "valueAtRisk": empyrical.value_at_risk(r),
        "conditionalValueAtRisk": empyrical.conditional_value_at_risk(r),
        "tailRatio": empyrical.tail_ratio(r),
        "skewness": stats.skew(r),
        "excessKurtosis": stats.kurtosis(r),
        "alpha": empyrical.alpha(r, m, risk_free=rate, **per_year),
        "beta": empyrical.beta(r, m, risk_free=rate),
        "informationRatio": empyrical.excess_sharpe(r, m),
        "winRateBars": quantstats.stats.win_rate(r),
        "bestBar": r.max(),
        "worstBar": r.min(),
    }


def second_opinion(asset, benchmark, periods, risk_free):
    """What quantstats says, under our names where it means the same and under its own where it does not."""
    r, m = asset.pct_change().dropna(), benchmark.pct_change().dropna()
    q = quantstats.stats
    agreeing = {
        "volatility": q.volatility(r, periods),
        "sharpe": q.sharpe(r, rf=risk_free, periods=periods),
        "sortino": q.sortino(r, rf=risk_free, periods=periods),
        "annualReturn": q.cagr(r, periods=periods),
        "calmar": q.calmar(r, periods=periods),
        "maxDrawdown": -q.max_drawdown(r),
        "omega": q.omega(r, required_return=risk_free, periods=periods),
        "tailRatio": q.tail_ratio(r),
        "conditionalValueAtRisk": q.cvar(r, method="historical"),
        "informationRatio": q.information_ratio(r, m),
        "beta": q.greeks(r, m, periods)["beta"],
    }
    differing = {
        "skew": q.skew(r),
        "kurtosis": q.kurtosis(r),
        "alpha": q.greeks(r, m, periods)["alpha"],
        "valueAtRisk": q.value_at_risk(r),
        "conditionalValueAtRisk": q.cvar(r),
    }
    return agreeing, differing


def plain(values):
    return {name: float(value) for name, value in values.items()}


cases = []
for name, (start, end) in spans.items():
    span = prices.loc[start:end]
    for periods, risk_free in conventions:
        agreeing, differing = second_opinion(span["asset"], span["benchmark"], periods, risk_free)
        cases.append(
            {
                "span": name,
                "from": start,
                "to": end,
                "returns": len(span) - 1,
                "periodsPerYear": periods,
                "riskFree": risk_free,
                "empyrical": plain(measures(span["asset"], span["benchmark"], periods, risk_free)),
                "quantstats": plain(agreeing),
                "quantstatsDiffers": plain(differing),
            }
        )

blocks = []
for name, (start, end) in spans.items():
    logs = np.log(prices.loc[start:end])
    steps = logs.diff().dropna()
    series = {
        "difference": steps["asset"] - steps["benchmark"],
        "absoluteReturn": steps["asset"].abs(),
        "absoluteBenchmarkReturn": steps["benchmark"].abs(),
        "logPrice": logs["asset"],
    }
    for kind, values in series.items():
        length = optimal_block_length(values.to_numpy())["stationary"].iloc[0]
        blocks.append({"from": start, "to": end, "series": kind, "count": len(values), "stationary": float(length)})


def write(file, packages, key, rows):
    content = {"versions": {p: version(p) for p in packages}, key: rows}
    (here / file).write_text(json.dumps(content, indent=2) + "\n")


write("measures.json", ["empyrical-reloaded", "quantstats", "numpy", "scipy", "pandas"], "cases", cases)
write("block_lengths.json", ["arch", "numpy", "pandas"], "cases", blocks)
