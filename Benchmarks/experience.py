#!/usr/bin/env python3
"""Counterfactual against sampled experience: how much of the hindsight optimum is earned after how many updates?

A square wave with noise (half period 7 bars, 100 to 110, each close off by 0.5 %) is traded out of sample with the default
costs by gated-dqn, five seeds each. Prints the median and the quartiles of the share of the optimum's log-wealth.

usage: experience.py TRADER        (the path of the program; needs Python 3.9, nothing else)
"""
import datetime, json, random, statistics, subprocess, sys, tempfile

def wave(path):
    generator = random.Random(1)
    day = datetime.date(2000, 1, 3)
    with open(path, "w") as file:
        file.write("date,symbol,open,high,low,close,volume\n")
        for bar in range(1200):
            level = 100 if bar // 7 % 2 == 0 else 110
            first, last = (level * (1 + generator.gauss(0, 0.005)) for _ in range(2))
            high, low = max(first, last), min(first, last)
            file.write(f"{day},WAVE,{first:.4f},{high:.4f},{low:.4f},{last:.4f},1000\n")
            day += datetime.timedelta(days=3 if day.weekday() == 4 else 1)

def main():
    trader = sys.argv[1] if len(sys.argv) == 2 else sys.exit(__doc__)
    print("| updates | counterfactual | sampled |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        wave(f"{folder}/wave.csv")
        database = ["--database", f"{folder}/market.sqlite"]
        subprocess.run([trader, "ingest", *database, f"{folder}/wave.csv"], check=True, stdout=subprocess.DEVNULL)
        for updates in (100, 200, 400, 800, 1600):
            cells = []
            for experience in ("counterfactual", "sampled"):
                settings = {
                    "agent.experience": experience, "agent.updates": updates, "agent.evaluateEvery": updates,
                    "features.columns": "[openReturn, closeReturn]", "walkForward.folds": 1, "agent.dropout": 0,
                }
                run = subprocess.run(
                    [trader, "backtest", "--strategy", "gated-dqn", "--symbols", "WAVE", "--json", *database,
                     "--output", f"{folder}/run", *(part for key, value in settings.items()
                                                     for part in ("--set", f"{key}={value}"))],
                    check=True, capture_output=True, text=True)
                shares = sorted(
                    result["measures"]["hindsightCapture"] for result in json.loads(run.stdout)["results"]
                    if result["kind"] == "learned")
                low, middle, high = statistics.quantiles(shares, n=4, method="inclusive")
                cells.append(f"{middle:.3f} ({low:.3f} … {high:.3f})")
            print(f"| {updates:,} | " + " | ".join(cells) + " |", flush=True)

main()
