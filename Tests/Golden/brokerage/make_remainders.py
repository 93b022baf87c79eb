"""Transaction remainder factors, solved with 60 digits.

    python3 Tests/Golden/brokerage/make_remainders.py > Tests/Golden/brokerage/remainders.txt

Case after case comes from a linear congruential generator, which `RebalancingCostTests.swift` repeats, so that the file holds
answers alone. The equation (Jiang, Xu and Liang 2017, eq. 14) is piecewise linear in the factor: its only solution is found by
trying the pieces, with no iteration and nothing in common with the program's way. Needs nothing but Python 3.
"""

from decimal import Decimal, getcontext

getcontext().prec = 60
CASES = 10_000


class Generator:
    def __init__(self, state):
        self.state = state

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53

    def weights(self, count):
        draws = []
        for _ in range(count):
            share = self.uniform()
            draws.append(0.0 if self.uniform() < 0.25 else share)
        total = 0.0
        for draw in draws:
            total += draw
        return [1.0] + [0.0] * (count - 1) if total == 0 else [draw / total for draw in draws]


def remainder(drifted, target, buying, selling):
    drifted, target = [Decimal(w) for w in drifted], [Decimal(w) for w in target]
    buying, selling = Decimal(buying), Decimal(selling)
    both = selling + buying - selling * buying
    # Asset i is sold where the factor is below its bound.
    bounds = sorted({d / t for d, t in zip(drifted[1:], target[1:]) if t > 0} | {Decimal(0), Decimal(2)})
    for low, high in zip(bounds, bounds[1:]):
        middle = (low + high) / 2
        sold = [i for i in range(1, len(target)) if drifted[i] > middle * target[i]]
        # factor · (1 − c_p·w₀) = 1 − c_p·w'₀ − both · (Σ drifted − factor · Σ target)
        a = 1 - buying * target[0] - both * sum(target[i] for i in sold)
        b = 1 - buying * drifted[0] - both * sum(drifted[i] for i in sold)
        factor = b / a
        if low <= factor <= high:
            return factor
    raise ValueError("no piece holds a solution")


def main():
    generator = Generator(20170630)
    for case in range(CASES):
        count = 2 + int(generator.uniform() * 12)
        buying = generator.uniform() * (0.01 if case % 2 else 0.2)
        selling = generator.uniform() * (0.01 if case % 2 else 0.2)
        drifted, target = generator.weights(count), generator.weights(count)
        print(f"{remainder(drifted, target, buying, selling):.18f}")


main()
