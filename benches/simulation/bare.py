"""The same behaviour with no gate, no rules and no journal: pairs that meet about monthly for 52 weeks, in SimPy."""
import random
import sys
import time

import simpy

PAIRS, RUNS, WEEKS = int(sys.argv[1]), int(sys.argv[2]), 52


def pair(env, r, out):
    trust = 0.5
    missed = 0
    mentor = mentee = 0.0
    yield env.timeout(r.random() * 14)
    while True:
        if r.random() < 0.1 + 0.15 * missed:
            missed += 1
            out[1] += 1
            if missed >= 2 and r.random() < 0.3:
                out[2] += 1
                return
        else:
            missed = 0
            out[0] += 1
            trust = min(1, trust + 0.05)
            mentor += 0.1 * trust * (1 - mentor)
            mentee += 0.1 * trust * (1 - mentee)
        yield env.timeout(30 + r.uniform(-5, 7))


def year():
    begun = time.perf_counter()
    env, r, out = simpy.Environment(), random.Random(1), [0, 0, 0]
    for _ in range(PAIRS):
        env.process(pair(env, r, out))
    env.run(until=7 * WEEKS)
    return time.perf_counter() - begun, out


seconds, out = min(year() for _ in range(RUNS))
print(seconds, "{} held, {} not, {} gave up".format(*out))
