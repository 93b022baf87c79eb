"""How to learn Gao's games from a hundred episodes: tries settings on episodes of the same law that are not the published ones.

    python3 Benchmarks/Ablation/few_episodes.py .build/release/trader [game] [sets]

Draws training sets of 100 episodes and 1,500 test episodes, writes them as the published files are written, and trains once on
each set with each setting. Scores are mean profits of a test episode; test episodes are the same for all. The settings that
`trader solve --episodes` uses were chosen from this table, so that the published test episodes judge and do not choose. Needs
NumPy, whose generator makes the episodes: the same with every version since 1.17.
"""

import json
import os
import subprocess
import sys
import tempfile

import numpy

STEPS = 180
COMMON = ["hiddenUnits=64", "learningRate=1e-3", "learningRateEnd=1e-4", "targetRate=0.002"]
SETTINGS = {
    "bivariate": [
        ("γ 0.9, 10,000 updates, δ 1, weight decay 0.3", []),
        ("20,000 updates", ["updates=20000"]),
        ("γ 0.95", ["discount=0.95"]),
        ("dropout 0.2, weight decay 0.1", ["dropout=0.2", "weightDecay=0.1"]),
        ("32 units, 2 layers", ["hiddenUnits=32", "layers=2"]),
        ("32 units, 15,000 updates, weight decay 0.2", ["hiddenUnits=32", "updates=15000", "weightDecay=0.2"]),
        ("γ 0.95, δ 100: squared errors", ["huberDelta=100", "discount=0.95"]),
        ("δ 100, γ 0.95, weight decay 0.1", ["huberDelta=100", "discount=0.95", "weightDecay=0.1"]),
        ("δ 100, γ 0.95, 20,000 updates, weight decay 0.15",
         ["huberDelta=100", "discount=0.95", "updates=20000", "weightDecay=0.15"]),
        ("δ 100, γ 0.95, 20,000 updates", ["huberDelta=100", "discount=0.95", "updates=20000"]),
        ("δ 100, γ 0.97, 20,000 updates", ["huberDelta=100", "discount=0.97", "updates=20000"]),
        ("δ 100, γ 0.95, 20,000 updates, weight decay 0.5",
         ["huberDelta=100", "discount=0.95", "updates=20000", "weightDecay=0.5"]),
    ],
    "univariate": [
        ("γ 0.9, 6,000 updates, δ 1, weight decay 0.1", []),
        ("δ 100, γ 0.95, 12,000 updates", ["huberDelta=100", "discount=0.95", "updates=12000"]),
        ("δ 100, γ 0.95, 12,000 updates, weight decay 0.3",
         ["huberDelta=100", "discount=0.95", "updates=12000", "weightDecay=0.3"]),
    ],
}
BASE = {
    "bivariate": ["discount=0.9", "updates=10000", "huberDelta=1", "weightDecay=0.3"],
    "univariate": ["discount=0.9", "updates=6000", "huberDelta=1", "weightDecay=0.1"],
}


def bivariate(random):
    change = numpy.zeros(210)
    for _ in range(random.integers(15, 30)):
        change[random.integers(0, 210)] = 0.3 * random.uniform(-1, 1)
    lead = random.integers(10, 30)
    price = 100 * (1 + numpy.cumsum(change)[:STEPS])
    signal = 100 * (1 + numpy.cumsum(change[lead:lead + STEPS])) + 5 * random.uniform(0, 1, STEPS)
    return price + 100 - price.min(), signal + 100 - signal.min()


def univariate(random):
    prices = []
    while len(prices) < STEPS:
        period, amplitude, halves = random.integers(10, 40), random.integers(5, 80), random.integers(1, 4)
        step = numpy.arange(int(halves * period / 2))
        noise = 0.5 * amplitude * random.uniform(0, 1, len(step))
        prices += list(100 + amplitude * numpy.sin(2 * numpy.pi * step / period) + noise)
    period, amplitude = random.integers(80, 160), random.integers(20, 80)
    return numpy.array(prices[:STEPS]) + 100 + amplitude * numpy.sin(2 * numpy.pi * numpy.arange(STEPS) / period)


def write(path, episodes):
    with open(path, "w") as file:
        file.write("step," + ",".join(f"e{number:04d}" for number in range(1, len(episodes) + 1)) + "\n")
        for step in range(STEPS):
            file.write(f"{step}," + ",".join(f"{episode[step]:.10g}" for episode in episodes) + "\n")


def write_all(folder, part, pairs, singles):
    write(f"{folder}/bivariate_{part}_price.csv", [price for price, _ in pairs])
    write(f"{folder}/bivariate_{part}_signal.csv", [signal for _, signal in pairs])
    write(f"{folder}/univariate_{part}.csv", singles)


def score(trader, game, folder, seed, settings):
    command = [trader, "solve", f"gao-{game}", "--seeds", "1", "--seed", str(seed), "--episodes", folder, "--json",
               "--output", f"{folder}/out"]
    for setting in COMMON + BASE[game] + settings:
        command += ["--set", f"agent.{setting}"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["scores"]["mean"]


def main():
    trader = sys.argv[1]
    games = [sys.argv[2]] if len(sys.argv) > 2 else list(SETTINGS)
    sets = int(sys.argv[3]) if len(sys.argv) > 3 else 4
    with tempfile.TemporaryDirectory() as root:
        random = numpy.random.default_rng(777)
        test = [bivariate(random) for _ in range(1500)], [univariate(random) for _ in range(1500)]
        folders = []
        for number in range(1, sets + 1):
            random = numpy.random.default_rng(1000 + number)
            folders.append(f"{root}/{number}")
            os.mkdir(folders[-1])
            train = [bivariate(random) for _ in range(100)], [univariate(random) for _ in range(100)]
            write_all(folders[-1], "train", *train)
            write_all(folders[-1], "test", *test)
        for game in games:
            print(f"| {game} | mean | each of {sets} training sets |\n|---|---|---|")
            for name, settings in SETTINGS[game]:
                scores = [score(trader, game, folder, seed, settings) for seed, folder in enumerate(folders, 1)]
                each = ", ".join(f"{value:.1f}" for value in scores)
                print(f"| {name} | {sum(scores) / sets:.2f} | {each} |", flush=True)


main()
