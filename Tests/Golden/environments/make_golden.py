"""Golden trajectories for Tests/EnvironmentsTests, from Gymnasium's own MountainCar-v0 and CartPole-v1.

    python -m venv venv && venv/bin/pip install gymnasium==1.4.0 numpy==2.4.6
    venv/bin/python Tests/Golden/environments/make_golden.py

Writes classic-control.json beside this file. Every trajectory has its actions, the unrounded states (one more than
actions), rewards, and how it ended. The environments are made by name, so that the time limit is Gymnasium's too.
"""

import json
from importlib.metadata import version
from pathlib import Path

import gymnasium
import numpy as np


def play(name, seed, choose, start=None):
    world = gymnasium.make(name)
    world.reset(seed=seed)
    if start is not None:
        world.unwrapped.state = np.array(start, dtype=np.float64)
    random = np.random.default_rng(seed)
    states, actions, rewards = [[float(x) for x in world.unwrapped.state]], [], []
    while True:
        action = int(choose(states[-1], random))
        _, reward, terminated, truncated, _ = world.step(action)
        actions.append(action)
        rewards.append(float(reward))
        states.append([float(x) for x in world.unwrapped.state])
        if terminated or truncated:
            break
    ending = "terminated" if terminated else "truncated"
    return {"world": name, "actions": actions, "states": states, "rewards": rewards, "ending": ending}


def pump(state, random):
    """Push where the car is going: it reaches the goal in one swing more than the best."""
    return 2 if state[1] >= 0 else 0


def lazy_pump(state, random):
    return random.integers(3) if random.random() < 0.3 else pump(state, random)


def balance(state, random):
    x, v, angle, rate = state
    return 1 if 0.05 * x + 0.2 * v + 2 * angle + 0.5 * rate > 0 else 0


def anything(count):
    return lambda state, random: random.integers(count)


trajectories = [
    play("MountainCar-v0", 1, anything(3)),
    play("MountainCar-v0", 2, pump),
    play("MountainCar-v0", 3, lazy_pump),
    # Hits the wall on the left at full speed, and the clip of the velocity.
    play("MountainCar-v0", 4, pump, start=[-1.1, -0.0695]),
    play("MountainCar-v0", 5, lambda state, random: 0, start=[-1.19, -0.05]),
    play("CartPole-v1", 1, anything(2)),
    play("CartPole-v1", 2, anything(2)),
    play("CartPole-v1", 3, balance),
    play("CartPole-v1", 4, lambda state, random: 1),
    # Leaves the track before the pole falls.
    play("CartPole-v1", 5, balance, start=[2.3, 1.5, 0.0, 0.0]),
]

for trajectory in trajectories:
    print(trajectory["world"], len(trajectory["actions"]), trajectory["ending"], trajectory["states"][-1])

content = {
    "versions": {package: version(package) for package in ("gymnasium", "numpy")},
    "trajectories": trajectories,
}
(Path(__file__).resolve().parent / "classic-control.json").write_text(json.dumps(content, indent=None) + "\n")
