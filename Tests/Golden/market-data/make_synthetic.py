#!/usr/bin/env python3
"""Golden bars of the synthetic markets, written out anew from their equations with the standard library alone.

    python3 make_synthetic.py > synthetic.json

The random numbers are Philox4x32-10 with the same keys, checked against a published vector; all else (streams, normals,
steps, bridges, volume, calendar) follows the doc comments in Sources/MarketData/Synthetic and shares no code with them.
"""
import datetime
import json
import math

MASK32 = 0xFFFFFFFF
MASK64 = 0xFFFFFFFFFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & MASK32, (p0 >> 32) ^ c[3] ^ k[1], p0 & MASK32]
        k = [(k[0] + 0x9E3779B9) & MASK32, (k[1] + 0xBB67AE85) & MASK32]
    return c


assert philox([0, 0, 0, 0], [0, 0]) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]


def child(key, name):
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK64
    b = philox([h & MASK32, h >> 32, 1, 0], [key & MASK32, key >> 32])
    return b[0] | b[1] << 32


class Stream:
    def __init__(self, key):
        self.key, self.position = key, 0

    def uniform(self):
        index, half = divmod(self.position, 2)
        self.position += 1
        b = philox([index & MASK32, index >> 32, 0, 0], [self.key & MASK32, self.key >> 32])
        word = b[2 * half] | b[2 * half + 1] << 32
        return (word >> 11) * 2.0**-53

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())


class Draws:
    def __init__(self, seed, symbol, rho):
        root = child(seed, "synthetic market")
        own = child(child(root, "symbol"), symbol)
        for purpose in ["price", "variance", "jumps", "regime", "range", "volume"]:
            setattr(self, purpose, Stream(child(own, purpose)))
        self.factor, self.rho = Stream(child(root, "factor")), rho

    def shock(self):
        own = self.price.normal()
        return own if self.rho == 0 else math.sqrt(self.rho) * self.factor.normal() + math.sqrt(1 - self.rho) * own


# Each market: a generator-like class with step(h, year, bar, begins, end, draws) -> (change, deviation, jump).
class GeometricBrownianMotion:
    mu, sigma = 0.08, 0.2

    def step(self, h, dt, bar, begins, end, d):
        s = self.sigma * math.sqrt(h)
        return (self.mu - self.sigma**2 / 2) * h + s * d.shock(), s, 0


class Heston:
    mu, kappa, theta, xi, rho = 0.08, 3.0, 0.04, 0.4, -0.7

    def __init__(self):
        self.v = self.theta

    def step(self, h, dt, bar, begins, end, d):
        plus = max(self.v, 0)
        z1 = d.shock()
        z2 = self.rho * z1 + math.sqrt(1 - self.rho**2) * d.variance.normal()
        self.v += self.kappa * (self.theta - plus) * h + self.xi * math.sqrt(plus * h) * z2
        return (self.mu - plus / 2) * h + math.sqrt(plus * h) * z1, math.sqrt(plus * h), 0


class Merton:
    mu, sigma, lam, m, s = 0.08, 0.15, 250.0, -0.03, 0.05

    def step(self, h, dt, bar, begins, end, d):
        k = math.exp(self.m + self.s**2 / 2) - 1
        deviation = self.sigma * math.sqrt(h)
        change = (self.mu - self.lam * k - self.sigma**2 / 2) * h + deviation * d.shock()
        u, count, p = d.jumps.uniform(), 0, math.exp(-self.lam * h)
        total = p
        while u >= total:
            count += 1
            p *= self.lam * h / count
            total += p
        jump = count * self.m + math.sqrt(count) * self.s * d.jumps.normal() if count else 0
        return change, deviation, jump


class Regimes:
    mu, sigma, years = [0.18, -0.25, 0.0], [0.12, 0.35, 0.05], [0.006, 0.003, 0.005]

    def __init__(self):
        self.k = None

    def step(self, h, dt, bar, begins, end, d):
        if begins:
            leave = [1 - math.exp(-dt / y) for y in self.years]
            u = d.regime.uniform()
            if self.k is None:
                shares = [1 / p for p in leave]
                cumulative = 0
                for i, share in enumerate(shares):
                    cumulative += share / sum(shares)
                    if u < cumulative:
                        self.k = i
                        break
            elif u < leave[self.k]:
                others = [i for i in range(3) if i != self.k]
                self.k = others[int(u / leave[self.k] * 2)]
        s = self.sigma[self.k] * math.sqrt(h)
        return (self.mu[self.k] - self.sigma[self.k] ** 2 / 2) * h + s * d.shock(), s, 0


class OrnsteinUhlenbeck:
    kappa, sigma = 10.0, 0.3

    def __init__(self):
        self.x = 0.0

    def step(self, h, dt, bar, begins, end, d):
        s = self.sigma * math.sqrt((1 - math.exp(-2 * self.kappa * h)) / (2 * self.kappa))
        before, self.x = self.x, self.x * math.exp(-self.kappa * h) + s * d.shock()
        return self.x - before, s, 0


class Wave:
    noise = 0.01

    def __init__(self):
        self.x = self.last = self.next = 0.0

    def step(self, h, dt, bar, begins, end, d):
        if begins:
            self.last, self.next = self.next, self.noise * d.shock()
        before = self.x
        self.x = self.wave(bar, end, dt) + self.last + (self.next - self.last) * end
        return self.x - before, 0, 0


class Sine(Wave):
    def wave(self, bar, end, dt):
        b = bar + end
        return 0.1 * b * dt + 0.05 * math.sin(2 * math.pi * b / 4.5)


class Square(Wave):
    def wave(self, bar, end, dt):
        return 0.1 if bar // 2 % 2 else 0.0


def bars(market, symbol, seed, count, rho, night, steps):
    d, dt, x, result = Draws(seed, symbol, rho), 1 / 252, 0.0, []
    date = datetime.date(2000, 1, 6)
    for bar in range(count):
        begins, start = True, x
        if night:
            change, _, jump = market.step(night * dt, dt, bar, True, night, d)
            x += change + jump
            begins = False
        o = hi = lo = x
        for i in range(steps):
            end = 1.0 if i == steps - 1 else night + (1 - night) * (i + 1) / steps
            change, s, jump = market.step((1 - night) / steps * dt, dt, bar, begins, end, d)
            begins = False
            if s:
                reach = [math.sqrt(change**2 - 2 * s**2 * math.log(1 - d.range.uniform())) for _ in range(2)]
                hi, lo = max(hi, x + (change + reach[0]) / 2), min(lo, x + (change - reach[1]) / 2)
            hi, lo = max(hi, x + change, x + change + jump), min(lo, x + change, x + change + jump)
            x += change + jump
        volume = round(1e6 * math.exp(0.3 * d.volume.normal()) * (1 + 0.5 * 100 * abs(x - start)))
        result.append([date.isoformat()] + [round(100 * math.exp(v), 6) for v in (o, hi, lo, x)] + [volume])
        date += datetime.timedelta(days=3 if date.weekday() == 4 else 1)
    return result


MARKETS = {
    "geometric-brownian-motion": GeometricBrownianMotion, "heston": Heston, "merton-jump-diffusion": Merton,
    "regime-switching": Regimes, "ornstein-uhlenbeck": OrnsteinUhlenbeck, "sine-wave": Sine, "square-wave": Square,
}
CASES = [(0.0, 0.0, 4), (0.5, 0.25, 3)]
print(json.dumps([
    {"kind": kind, "symbol": symbol, "symbolCorrelation": rho, "overnightShare": night, "stepsPerBar": steps,
     "bars": bars(market(), symbol, 20260, 12, rho, night, steps)}
    for kind, market in MARKETS.items() for rho, night, steps in CASES for symbol in ["AAA", "BBB"]
], indent=None).replace("}, {", "},\n{"))
