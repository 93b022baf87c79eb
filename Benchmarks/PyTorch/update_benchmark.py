#!/usr/bin/env python3
"""The same Double-DQN updates here and in PyTorch, in turns on one core.

An update is that of update-benchmark: windows are gathered by bar, two forward passes over the successors, one forward and
one backward pass over the states with dropout, Huber loss, clipping, Adam, and a copy to the target network now and then.
PyTorch does it with torch.nn.GRU and fused Adam, once as it is (eager) and once compiled, loss and step, recurrent layer
included. All have one thread. Ratios are medians over turns, since turns stand beside each other and so have the same
neighbours; rates are medians too.

usage: update_benchmark.py UPDATE_BENCHMARK [turns] [sizes]        for instance: .build/release/update-benchmark 20 SML
"""
import copy, logging, os, platform, re, statistics, subprocess, sys, time

import torch

from qnetwork import QNetwork

SIZES = {"S": (10, 8, 32, 32), "M": (20, 16, 64, 64), "L": (30, 24, 128, 128)}  # window, features, hidden, batch
BARS, NUMBERS, ACTIONS, DISCOUNT, NORM, TARGET_EVERY = 5_000, 5, 3, 0.99, 10.0, 500
SECONDS = 0.5  # of each program in a turn


class Trial:
    def __init__(self, size, compiled, dropout=0.2):
        window, features, hidden, batch = SIZES[size]
        torch.manual_seed(1)
        self.online = QNetwork({
            "window": window, "features": features, "numbers": NUMBERS, "actions": ACTIONS, "scaling": "none",
            "encoder": {"gru": {"hidden": [hidden]}}, "hidden": [hidden], "dueling": True})
        self.target = copy.deepcopy(self.online)
        self.features = torch.randn(BARS, features)
        ends = torch.randint(window, BARS - 1, (batch,))
        self.rows = ends[None, :] + torch.arange(1 - window, 1)[:, None]  # time-major
        self.next_rows = self.rows + 1
        holding = torch.randint(0, 2, (batch,)).float()
        nothing = torch.zeros(batch)
        self.numbers = torch.stack([1 - holding, holding, nothing, nothing + 0.1, nothing + 0.2], 1)
        self.valid = torch.stack([nothing + 1, 1 - holding, holding], 1)
        self.invalid = self.valid == 0
        self.rewards = 0.01 * torch.randn(batch)
        self.actions = torch.zeros(batch, 1, dtype=torch.long)
        self.dropout = dropout
        self.parameters, self.target_parameters = list(self.online.parameters()), list(self.target.parameters())
        # What is compiled fuses the optimiser's passes itself.
        self.optimiser = torch.optim.Adam(self.parameters, lr=1e-3, fused=not compiled)
        if compiled:
            self.loss, self.step = torch.compile(self.loss), torch.compile(self.step)
        self.updates = 0

    def loss(self):
        with torch.no_grad():
            windows = self.features[self.next_rows]
            choice = self.online(windows, self.numbers, self.valid).masked_fill(self.invalid, -torch.inf).argmax(1, True)
            y = self.rewards + DISCOUNT * self.target(windows, self.numbers, self.valid).gather(1, choice)[:, 0]
        values = self.online(self.features[self.rows], self.numbers, self.valid, self.dropout)
        return torch.nn.functional.huber_loss(values.gather(1, self.actions)[:, 0], y)

    def step(self):
        torch.nn.utils.clip_grad_norm_(self.parameters, NORM, foreach=True)
        self.optimiser.step()

    def update(self):
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.loss()
        loss.backward()
        self.step()
        self.updates += 1
        if self.updates % TARGET_EVERY == 0:
            with torch.no_grad():
                torch._foreach_copy_(self.target_parameters, self.parameters)
        return loss

    def rate(self):
        start, count = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - start) < SECONDS:
            self.update()
            count += 1
        return count / elapsed


def our_rate(program, size):
    """The rate, and the kernels that OpenBLAS chose."""
    # A round of it is 0.03 s.
    output = subprocess.run([program, str(round(SECONDS / 0.03)), size], check=True, capture_output=True, text=True,
                            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"}).stdout
    return (float(re.search(rf"^{size}: +([\d.]+) updates/s", output, re.MULTILINE)[1]),
            re.search(r"^sgemm.*\((\w+)\)", output)[1])


def check(size):
    """Compiled code must do what eager code does: without dropout, ten losses agree but for rounding."""
    trials = Trial(size, compiled=False, dropout=0), Trial(size, compiled=True, dropout=0)
    for _ in range(10):
        eager, compiled = (trial.update().item() for trial in trials)
        if abs(eager - compiled) > 1e-4 * abs(eager):
            sys.exit(f"{size}: compiled and not, the losses are {compiled} and {eager}")


def summary(values):
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return f"{middle:.2f} ({low:.2f} … {high:.2f})"


def main():
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    program, turns = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    sizes = sys.argv[3] if len(sys.argv) > 3 else "SML"
    torch.set_num_threads(1)
    logging.getLogger("torch").setLevel(logging.ERROR)
    torch._dynamo.config.allow_rnn = True  # Otherwise the compiler leaves recurrent layers as they are.
    affinity = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    check("S")
    rows = []
    for size in sizes:
        start = time.perf_counter()
        trials = Trial(size, compiled=False), Trial(size, compiled=True)
        for trial in trials:
            trial.rate()
        print(f"{size}: compiled and warm after {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        if affinity:
            os.sched_setaffinity(0, {max(affinity)})
        measured = []
        for turn in range(turns):
            works = [lambda: our_rate(program, size)[0], trials[0].rate, trials[1].rate]
            order = [0, 1, 2] if turn % 2 == 0 else [2, 1, 0]
            rates = {index: works[index]() for index in order}
            measured.append([rates[index] for index in range(3)])
        if affinity:
            os.sched_setaffinity(0, affinity)
        ours, eager, compiled = (statistics.median(rates) for rates in zip(*measured))
        rows.append(f"| {size} | {ours:,.1f} | {eager:,.1f} | {summary([a / b for a, b, _ in measured])} "
                    f"| {compiled:,.1f} | {summary([a / c for a, _, c in measured])} |")
    print(f"PyTorch {torch.__version__} ({torch.backends.cpu.get_cpu_capability()}), Python {platform.python_version()}; "
          f"trader with OpenBLAS {our_rate(program, sizes[0])[1]}; {turns} turns; updates/s, ratios with quartiles\n")
    print("| | trader | PyTorch, eager | ratio | PyTorch, compiled | ratio |\n|---|---|---|---|---|---|")
    print("\n".join(rows))


main()
