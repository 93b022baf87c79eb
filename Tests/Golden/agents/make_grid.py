"""The exact values of the grid in Sources/Environments/ReferenceWorlds/GridWorld.swift, without value iteration.

    python -m venv venv && venv/bin/pip install numpy==2.4.6
    venv/bin/python Tests/Golden/agents/make_grid.py

Tries all 2,592 policies. The values of each are the solution of a system of nine linear equations, V = r + 0.9 P V; the
best policy is the one whose values are nowhere below another's. Writes grid.json beside this file.
"""

import itertools
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np

MOVES = {"north": (-1, 0), "east": (0, 1), "south": (1, 0), "west": (0, -1)}
COST = {4: 3.0, 5: 1.0}
GAMMA = 0.9


def choices(cell):
    if cell == 2:
        return {"take": (10.0, np.full(9, 1 / 9))}
    result = {}
    for name, (down, right) in MOVES.items():
        row, column = cell // 3 + down, cell % 3 + right
        if 0 <= row < 3 and 0 <= column < 3:
            result[name] = (-COST.get(cell, 0.0), np.eye(9)[3 * row + column])
    return result


cells = [choices(cell) for cell in range(9)]
solved = []
for policy in itertools.product(*cells):
    rewards = np.array([cells[cell][name][0] for cell, name in enumerate(policy)])
    transitions = np.array([cells[cell][name][1] for cell, name in enumerate(policy)])
    solved.append((policy, np.linalg.solve(np.eye(9) - GAMMA * transitions, rewards)))

policy, values = max(solved, key=lambda entry: entry[1].sum())
assert all((values >= other - 1e-9).all() for _, other in solved), "one policy is best everywhere"
ties = [other for other, v in solved if other != policy and np.allclose(v, values, atol=1e-9)]
assert not ties, "no other policy is as good"
gaps = []
for cell in range(9):
    worth = sorted((r + GAMMA * p @ values for r, p in cells[cell].values()), reverse=True)
    if len(worth) > 1:
        gaps.append(float(worth[0] - worth[1]))

content = {
    "versions": {"numpy": version("numpy")},
    "policies": len(solved),
    "policy": [[*MOVES, "take"].index(name) for name in policy],
    "values": [values.tolist()],
    "leastGap": min(gaps),
}
(Path(__file__).resolve().parent / "grid.json").write_text(json.dumps(content, indent=2) + "\n")
print(json.dumps(content, indent=2))
