"""Golden values for Tests/BacktestingTests/Allocation, from libraries independent of ours.

    python -m venv venv
    venv/bin/pip install universal-portfolios==0.4.17 six numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 cvxpy==1.9.3
    venv/bin/python Tests/Golden/allocation/make_golden.py

Draws 60 bars of five assets and writes rules.json beside this file:

- EG, ONS, PAMR and PAMR-2 are universal-portfolios' own steps. (Its OLMAR and RMR start otherwise, its CWMR is the variant with
  logarithms.)
- CWMR-stdev, OLMAR-2 and RMR are the papers' formulas, written with full matrices, cvxpy's projection onto the simplex for
  OLMAR-2, and a minimiser of scipy for the median.
- BCRP is cvxpy's, the minimum variance too, on scikit-learn's covariance; risk parity is a root found by scipy.
- The universal portfolio of the first two assets is scipy's integral.
"""

import json
from pathlib import Path

import cvxpy
import numpy as np
import pandas as pd
from cvxopt import solvers
from scipy import integrate, optimize
from sklearn.covariance import ledoit_wolf
from universal import tools
from universal.algos import EG, ONS, PAMR

solvers.options.update(abstol=1e-14, reltol=1e-14, feastol=1e-14)
bars, assets, window = 60, 5, 30
draw = np.random.default_rng(20240229)
common = draw.normal(0, 0.012, (bars, 1))
relatives = np.round(np.exp(common * draw.uniform(0.5, 1.5, assets) + draw.normal(0.0005, 0.02, (bars, assets))), 6)
uniform = np.ones(assets) / assets


def run(step):
    """Weights of all periods, the last of them after the last bar."""
    weights = [uniform]
    for bar, x in enumerate(relatives):
        weights.append(np.asarray(step(weights[-1], x, bar)).ravel())
    return weights


def package(rule):
    rule.init_step(pd.DataFrame(relatives))
    return run(lambda b, x, bar: rule.step(x, b, None))


def cwmr(phi=2, epsilon=0.5):
    one = np.ones(assets)
    sigma = np.eye(assets) / assets**2

    def step(b, x, bar):
        nonlocal sigma
        center = (one @ sigma @ x) / (one @ sigma @ one)
        m, v, w = b @ x, x @ sigma @ x, x @ sigma @ one
        q = v - center * w + phi**2 * v / 2
        roots = np.roots([q**2 - phi**4 * v**2 / 4, 2 * (epsilon - m) * q, (epsilon - m) ** 2 - phi**2 * v])
        multiplier = max(0, *roots.real)
        root_u = (-multiplier * phi * v + np.sqrt(multiplier**2 * v**2 * phi**2 + 4 * v)) / 2
        mean = b - multiplier * sigma @ (x - center * one)
        sigma = np.linalg.inv(np.linalg.inv(sigma) + multiplier * phi / root_u * np.diag(x) ** 2)
        sigma += 2.0**-52 * np.eye(assets)
        sigma /= sigma.sum() * assets
        return tools.simplex_proj(mean)

    return run(step)


def towards(b, prediction, threshold):
    """min ‖w − b‖² with w·φ ≥ ε on the hyperplane Σ w = 1 in closed form, then the projection by cvxpy."""
    deviation = prediction - prediction.mean()
    point = b + max(0, threshold - b @ prediction) / (deviation @ deviation) * deviation
    w = cvxpy.Variable(assets)
    problem = cvxpy.Problem(cvxpy.Minimize(cvxpy.sum_squares(w - (point - point.max()))), [w >= 0, cvxpy.sum(w) == 1])
    problem.solve(solver=cvxpy.CLARABEL, tol_gap_abs=1e-13, tol_gap_rel=1e-13, tol_feas=1e-13)
    return np.maximum(w.value, 0) / np.maximum(w.value, 0).sum()


def olmar(threshold=10, decay=0.5):
    prices = np.vstack([np.ones(assets), np.cumprod(relatives, axis=0)])

    def step(b, x, bar):
        # The average itself, of all prices so far, rather than its recursion over the price.
        average = prices[0]
        for price in prices[1 : bar + 2]:
            average = decay * price + (1 - decay) * average
        return towards(b, average / prices[bar + 1], threshold)

    return run(step)


def median(points):
    def distances(y):
        return np.linalg.norm(points - y, axis=1).sum()

    def slope(y):
        return ((y - points) / np.linalg.norm(points - y, axis=1)[:, None]).sum(axis=0)

    start = points.mean(axis=0)
    return optimize.minimize(distances, start, jac=slope, method="BFGS", options={"gtol": 1e-13}).x


def rmr(threshold=5, width=5):
    prices = np.vstack([np.ones(assets), np.cumprod(relatives[1:], axis=0)])

    def step(b, x, bar):
        prediction = x if bar < width else median(prices[bar - width + 1 : bar + 1]) / prices[bar]
        return towards(b, prediction, threshold)

    return run(step)


def best_constant():
    b = cvxpy.Variable(assets)
    problem = cvxpy.Problem(
        cvxpy.Maximize(cvxpy.sum(cvxpy.log(relatives @ b))), [b >= 0, cvxpy.sum(b) == 1])
    problem.solve(solver=cvxpy.CLARABEL, tol_gap_abs=1e-12, tol_gap_rel=1e-12, tol_feas=1e-12)
    return b.value


covariance, intensity = ledoit_wolf(np.log(relatives[-window:]))
scaled = covariance / np.trace(covariance) * assets


def minimum_variance():
    b = cvxpy.Variable(assets)
    problem = cvxpy.Problem(cvxpy.Minimize(cvxpy.quad_form(b, cvxpy.psd_wrap(scaled))), [b >= 0, cvxpy.sum(b) == 1])
    problem.solve(solver=cvxpy.CLARABEL, tol_gap_abs=1e-13, tol_gap_rel=1e-13, tol_feas=1e-13)
    return b.value


def risk_parity():
    def excess(b):
        contribution = b * (scaled @ b)
        return np.append((contribution - contribution.mean())[1:], b.sum() - 1)

    return optimize.root(excess, 1 / np.sqrt(np.diag(scaled)) / np.sum(1 / np.sqrt(np.diag(scaled))), tol=1e-15).x


def universal(bar):
    def wealth(share):
        return np.prod(relatives[:bar, 0] * share + relatives[:bar, 1] * (1 - share))

    above, _ = integrate.quad(lambda share: share * wealth(share), 0, 1, epsabs=1e-13)
    below, _ = integrate.quad(wealth, 0, 1, epsabs=1e-13)
    return above / below


rules = {
    "relatives": relatives,
    "eg": package(EG(eta=0.05)),
    "ons": package(ONS(delta=0.125, beta=1.0, eta=0.0)),
    "pamr": package(PAMR(eps=0.5, variant=0)),
    "pamr2": package(PAMR(eps=0.5, C=500, variant=2)),
    "cwmr": cwmr(),
    "olmar2": olmar(),
    "rmr": rmr(),
    "bcrp": [best_constant()],
    "ledoitWolf": covariance,
    "ledoitWolfIntensity": intensity,
    "minimumVariance": [minimum_variance()],
    "riskParity": [risk_parity()],
    "universalFirstOfTwo": [[universal(bar) for bar in range(bars + 1)]],
}
lines = []
for name, value in rules.items():
    value = np.asarray(value)
    rows = [json.dumps(row.tolist()) for row in value] if value.ndim == 2 else None
    text = "[\n    " + ",\n    ".join(rows) + "\n  ]" if rows else json.dumps(value.tolist())
    lines.append(f'  "{name}": {text}')
Path(__file__).with_name("rules.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
