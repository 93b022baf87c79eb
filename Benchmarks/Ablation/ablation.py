"""What each part of the value-based family adds on Gao's games: trains every variant with every seed and prints a table.

    python3 Benchmarks/Ablation/ablation.py .build/release/trader [updates] [seeds]

Each line differs from the first one in what it names. Training episodes are drawn anew for each seed, test episodes are the
same for all; scores are mean profits of an episode. Needs nothing but Python 3 and the program.
"""

import json
import subprocess
import sys
import tempfile

VARIANTS = [
    ("gated-dqn: GRU, Double, dueling, counterfactual", "gated-dqn", []),
    ("without Double Q-learning", "gated-dqn", ["doubleQ=false"]),
    ("without the dueling head", "gated-dqn", ["dueling=false"]),
    ("prioritised replay", "gated-dqn", ["replay=prioritised"]),
    ("sampled experience", "gated-dqn", ["experience=sampled"]),
    ("sampled, returns of 3 steps", "gated-dqn", ["experience=sampled", "steps=3"]),
    ("sampled, prioritised", "gated-dqn", ["experience=sampled", "replay=prioritised"]),
    ("periodic target, every 100 updates", "gated-dqn", ["targetRate=null", "policyNetwork=online", "targetEvery=100"]),
    ("LSTM", "lstm-dqn", []),
    ("convolutions (32, 32; kernel 3)", "convolution-dqn", []),
    ("multilayer perceptron (64, 64)", "dqn", []),
    ("strictly recurrent, 16 sequences of 40 steps", "drqn", []),
]


def solve(trader, world, agent, settings, seeds):
    with tempfile.TemporaryDirectory() as folder:
        command = [trader, "solve", world, "--agent", agent, "--seeds", str(seeds), "--json", "--output", folder]
        for setting in settings:
            command += ["--set", f"agent.{setting}"]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def cell(result):
    scores = result["scores"]
    return f"{scores['mean']:.1f} ({scores['lower']:.1f} … {scores['upper']:.1f})"


def main():
    trader = sys.argv[1]
    updates = int(sys.argv[2]) if len(sys.argv) > 2 else 2500
    seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    common = [f"updates={updates}", f"evaluateEvery={updates}"]
    print(f"{updates:,} updates, {seeds} seeds; mean over seeds and its 95 % interval (Student's t).\n")
    print("| variant | univariate | bivariate | updates/s |")
    print("|---|---|---|---|")
    for name, agent, settings in VARIANTS:
        results = [
            solve(trader, world, agent, common + settings, seeds) for world in ("gao-univariate", "gao-bivariate")
        ]
        rates = sorted(seed["updates"] / seed["seconds"] for result in results for seed in result["seeds"])
        print(f"| {name} | {cell(results[0])} | {cell(results[1])} | {rates[len(rates) // 2]:.0f} |", flush=True)
    answers = [{answer["name"]: answer["score"] for answer in result["answers"]} for result in results]
    optimum = [answer["hindsight optimum"] for answer in answers]
    holding = [answer["buy and hold"] for answer in answers]
    print(f"| *hindsight optimum* | {optimum[0]:.1f} | {optimum[1]:.1f} | |")
    print(f"| *buy and hold* | {holding[0]:.1f} | {holding[1]:.1f} | |")
    print(f"\nKernels: {results[0]['linearAlgebra']}.")


main()
