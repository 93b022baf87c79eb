#!/usr/bin/env python3
"""Whether PyTorch's layers, given the parameters of our model files, give our action values.

Trains a model of every kind for each symbol for some updates, asks `trader signal` what each would do after the latest bar, and computes
the same values from the model file in double precision.

usage: check_qnetwork.py TRADER PRICES…            the path of the program, and price files of one symbol each
       check_qnetwork.py --answers FILE…           answers of 'trader signal --json' that are there already
"""
import json, pathlib, subprocess, sys, tempfile

import torch

from qnetwork import QNetwork

STRATEGIES = ["gated-dqn", "lstm-dqn", "convolution-dqn", "dqn", "drqn"]
ACTIONS = ["hold", "buy", "sell"]
# Ours are computed in single precision: for values about 1, some rounding errors of 6e-8 each.
TOLERANCE = 1e-5


def difference(answer):
    """The largest difference of values, as a share of the largest value or of 1."""
    network, metadata = QNetwork.load(answer["model"])
    shape = network.architecture
    actions = ACTIONS[:shape["actions"]]
    valid = [action in answer["valid"] for action in actions]
    with torch.no_grad():
        values = network(
            torch.tensor(answer["window"], dtype=torch.float64).unsqueeze(1),
            torch.tensor([answer["numbers"]], dtype=torch.float64), torch.tensor([valid], dtype=torch.float64))[0].tolist()
    pairs = [(answer["values"][action] * answer["rewardScale"], value) for action, value, ok in zip(actions, values, valid) if ok]
    scale = max(1, *(abs(value) for _, value in pairs))
    found = max(abs(ours - theirs) for ours, theirs in pairs) / scale
    text = ", ".join(f"{action} {value:.6f}" for action, value, ok in zip(actions, values, valid) if ok)
    encoder = ", ".join(f"{kind} {settings}" for kind, settings in shape["encoder"].items())
    print(f"{'ok ' if found <= TOLERANCE else 'NOT'} {found:.1e}  {metadata.get('strategy', '')} {pathlib.Path(answer['model']).name}"
          f" ({encoder}): {text}", flush=True)
    return found


def answers(trader, prices, folder):
    def run(*arguments):
        return subprocess.run([trader, *arguments], cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout

    report = json.loads(run("ingest", "--json", *(str(pathlib.Path(path).resolve()) for path in prices)))
    symbols = [symbol["symbol"] for file in report["files"] for symbol in file["symbols"]]
    for strategy in STRATEGIES:
        run("backtest", "--strategy", strategy, "--symbols", ",".join(symbols), "--seeds", "1", "--output", strategy,
            "--set", "agent.updates=200", "--set", "agent.evaluateEvery=100", "--set", "walkForward.folds=1")
        for model in sorted(pathlib.Path(folder, strategy, "models").iterdir()):
            symbol = QNetwork.load(model)[1]["symbol"]
            yield json.loads(run("signal", "--model", str(model), "--symbol", symbol, "--json"))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1] == "--answers":
            given = (json.loads(pathlib.Path(path).read_text()) for path in sys.argv[2:])
        else:
            given = answers(str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2:], folder)
        differences = [difference(answer) for answer in given]
    print(f"PyTorch {torch.__version__}: {len(differences)} models, largest difference {max(differences):.1e}, "
          f"allowed {TOLERANCE:.0e}")
    sys.exit(max(differences) > TOLERANCE)


main()
