"""Objective and gradient of one batch of portfolio decisions, by PyTorch's automatic differentiation.

    python -m venv venv && venv/bin/pip install torch==2.13.0 numpy
    venv/bin/python Tests/Golden/agents/make_policy_gradient.py

The layers are PyTorch's own, each window is cut out and scored by itself, and the transaction remainder factor is the paper's
fixed-point iteration, written out 400 times and differentiated through, not its implicit derivative. In double precision.
A price of 0 stands for one that is not there. Writes policy-gradient-<encoder>.json beside this file, with parameters and
gradient in our layout (see ../neural-networks/generate.py).
"""

import json
from pathlib import Path

import torch

torch.manual_seed(20170630)
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
HERE = Path(__file__).resolve().parent
BARS, ASSETS, WINDOW, SCALE = 26, 4, 8, 6.0
FIRST, PERIODS = 13, 9
BUYING, SELLING, CASH = 0.02, 0.05, 1.001


def tensor(value):
    return {"shape": list(value.shape), "values": value.detach().reshape(-1).tolist()}


def recurrent_layout(value):
    """Blocks r, z, n to blocks n, r, z."""
    reset, update, candidate = value.chunk(3)
    return torch.cat([candidate, reset, update])


class Network(torch.nn.Module):
    """Scores of single windows [steps, features]."""

    def __init__(self, kind, features):
        super().__init__()
        self.kind = kind
        if kind == "eiie":
            self.first = torch.nn.Conv1d(features, 2, 3)
            self.second = torch.nn.Conv1d(2, 20, WINDOW - 2)
            width = 20
        else:
            width = 5
            self.layer = {"gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[kind](features, width)
        self.encoding = torch.nn.Parameter(0.5 * torch.randn(width))
        self.previous = torch.nn.Parameter(torch.tensor(1.5))
        self.cash = torch.nn.Parameter(torch.tensor(0.25))

    def forward(self, window, weight):
        if self.kind == "eiie":
            maps = torch.relu(self.second(torch.relu(self.first(window.t()[None]))))[0, :, 0]
        elif self.kind == "gru":
            maps = self.layer(window[:, None])[1][0, 0]
        else:
            maps = self.layer(window[:, None])[1][0][0, 0]
        return maps @ self.encoding + weight * self.previous

    def flat(self, of):
        if self.kind == "eiie":
            parts = []
            for layer in (self.first, self.second):
                parts += [of(layer.weight).permute(2, 1, 0), of(layer.bias)]
        elif self.kind == "gru":
            layer = self.layer
            parts = [of(layer.weight_ih_l0).t(), recurrent_layout(of(layer.weight_hh_l0)).t(),
                     of(layer.bias_ih_l0), recurrent_layout(of(layer.bias_hh_l0))]
        else:
            layer = self.layer
            # The sum of PyTorch's two biases is our one; the gradient of either is that of the sum.
            bias = of(layer.bias_ih_l0) + (of(layer.bias_hh_l0) if of is value_of else 0)
            parts = [of(layer.weight_ih_l0).t(), of(layer.weight_hh_l0).t(), bias]
        parts += [of(self.encoding), of(self.previous), of(self.cash)]
        return torch.cat([part.detach().reshape(-1) for part in parts])


def value_of(parameter):
    return parameter


def gradient_of(parameter):
    return parameter.grad


def remainder(before, after):
    both = SELLING + BUYING - SELLING * BUYING
    factor = torch.tensor(1.0)
    for _ in range(400):
        sold = torch.relu(before[1:] - factor * after[1:]).sum()
        factor = (1 - BUYING * before[0] - both * sold) / (1 - BUYING * after[0])
    return factor


def golden(kind, features):
    steps = 0.08 * torch.randn(BARS, ASSETS)
    closes = 50 * torch.exp(steps.cumsum(0))
    highs, lows = closes * (1 + 0.05 * torch.rand(BARS, ASSETS)), closes * (1 - 0.05 * torch.rand(BARS, ASSETS))
    prices = torch.stack([closes, highs, lows][:features], dim=2).to(torch.float32).to(torch.float64)
    # Not those of the closes: as of another fill.
    relatives = torch.exp(0.1 * torch.randn(BARS, ASSETS))
    prices[:7, 1] = 0       # Comes in within the batch,
    prices[18:, 2] = 0      # leaves within it,
    relatives[18:, 2] = 0
    prices[10, 3] = 0       # and misses a bar.
    relatives[10:12, 3] = 0
    memory = torch.softmax(torch.randn(BARS, 1 + ASSETS), dim=1)

    def available(bar, asset):
        return bool((prices[bar - WINDOW + 1:bar + 1, asset] > 0).all())

    for bar in range(BARS):
        for asset in range(ASSETS):
            if bar < WINDOW - 1 or not available(bar, asset):
                memory[bar, 1 + asset] = 0
    memory = (memory / memory.sum(1, keepdim=True)).to(torch.float32).to(torch.float64)

    network = Network(kind, features)

    def weights(bar):
        there = [asset for asset in range(ASSETS) if available(bar, asset)]
        scores = [network.cash]
        for asset in there:
            window = prices[bar - WINDOW + 1:bar + 1, asset]
            scores.append(network(SCALE * (window / prices[bar, asset, 0] - 1), memory[bar - 1, 1 + asset]))
        shares = torch.softmax(torch.stack(scores), dim=0)
        row = [torch.tensor(0.0)] * (1 + ASSETS)
        for place, share in zip([0] + [1 + asset for asset in there], shares):
            row[place] = share
        return torch.stack(row)

    def grown(bar):
        row = relatives[bar]
        return torch.cat([torch.tensor([CASH]), torch.where(row > 0, row, 1.0)])

    before, chosen, total, turnover = memory[FIRST - 1], [], 0, 0
    for bar in range(FIRST, FIRST + PERIODS):
        after = weights(bar)
        drifted = grown(bar) * before
        drifted = drifted / drifted.sum()
        factor = remainder(drifted, after)
        total = total + torch.log(factor * (grown(bar + 1) @ after))
        turnover += (factor * after - drifted)[1:].abs().sum().item() / 2
        chosen.append(after)
        before = after
    reward = total / PERIODS
    (-reward).backward()
    content = {
        "versions": {"torch": torch.__version__}, "bars": BARS, "assets": ASSETS, "features": features, "window": WINDOW,
        "inputScale": SCALE, "first": FIRST, "periods": PERIODS, "buying": BUYING, "selling": SELLING, "cash": CASH,
        "prices": tensor(prices), "relatives": tensor(relatives), "memory": tensor(memory),
        "parameters": tensor(network.flat(value_of)), "weights": tensor(torch.stack(chosen)),
        "meanLogReturn": reward.item(), "turnover": turnover / PERIODS, "gradient": tensor(network.flat(gradient_of)),
    }
    (HERE / f"policy-gradient-{kind}.json").write_text(json.dumps(content, indent=1) + "\n")
    print(kind, reward.item(), turnover / PERIODS, (torch.stack(chosen) == 0).sum().item())


for kind, features in [("gru", 3), ("lstm", 1), ("eiie", 3)]:
    golden(kind, features)
