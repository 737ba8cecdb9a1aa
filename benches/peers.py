#!/usr/bin/env python3
"""The exact solver and what a user would pick instead, side by side on the same instances in the same run.

Setup: Rust with cargo as for the crate, Python 3.9 or later, and

    pip install numpy scipy ortools laprust lapx

(lapx and lap are both imported as `lap`; do not install both.) Then, from anywhere:

    python3 benches/peers.py [--quick | --all] [--only TEXT] [--peers yardstick|all] [--instances DIR]

Without options the instances up to 5,000 x 5,000 dense and 100,000 rows sparse; --quick those of about a million edges,
--all also 10,000 x 10,000 and a million rows (20 minutes, 10 GB of memory, 1.6 GB of disk). --only takes those whose name
contains the text, of any size. --peers all runs every peer that can solve an instance, not only the one that the target
names; the slowest take minutes.

Builds the example `assign` (release, default features), generates what is missing in --instances (target/instances unless
stated) by `cargo bench --bench matching -- --write`, and prints a table in Markdown. Progress goes to standard error.

What is compared: CPU seconds of all threads of the solve call alone, the least of all runs. Reading the file and building
the solver's own input are left out on both sides. Ours includes the check of its certificate; no peer has one. Each side
runs in processes of its own, by turns, so that a busy minute hits both. What takes less than 10 ms runs at least 20 times.

The objective is the same everywhere: most pairs, then the best total; by a penalty where a peer knows no other way.
Rows are mentees, columns mentors, scores 1 to 1,000,000. `_s` is structured, `_u` uniform. Memory is the peak of our process
while it solves, the graph included; bytes an edge are that peak over the pairs that may be.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INELIGIBLE = 0xFFFFFFFF
HIGHEST = 1_000_000
# A side stops repeating an instance after so many seconds of wall time.
ENOUGH = 20.0

# The peer that an instance is measured against, and the largest share of its time that we may take.
TARGETS = {
    "ge500x2000_s": ("laprust", 1.0),
    "ge500x2000_u": ("laprust", 1.0),
    "d1000_s": ("ortools_lsa", 0.5),
    "d2000_s": ("ortools_lsa", 0.33),
    "d2000_u": ("lapx", 1.0),
    "d5000_s": ("ortools_lsa", 0.15),
    "d10000_s": ("ortools_lsa", 0.08),
    "sp10k_s": ("ortools_lsa", 0.3),
    "sp100k_s": ("ortools_lsa", 0.33),
    "sp1m_s": ("ortools_lsa", 0.6),
    "cap10k_s": ("ortools_mcf", 0.3),
    "cap100k_s": ("ortools_mcf", 0.3),
    "lex10k_s": ("ortools_mcf", 0.25),
    "lex100k_s": ("ortools_mcf", 0.25),
    "both10k_s": ("ortools_mcf", 0.3),
    "both100k_s": ("ortools_mcf", 0.3),
}
# Those without a target are compared with this, without a verdict.
OTHERWISE = {"dense": "ortools_lsa", "sparse": "ortools_lsa"}


# Peers. Each takes an instance and yields, run by run, (CPU seconds, wall seconds, pairs, total).


class Dense:
    def __init__(self, path):
        import numpy as np

        self.rows, self.columns = map(int, np.fromfile(path, dtype="<u8", count=2))
        self.score = np.fromfile(path, dtype="<u4", offset=16).reshape(self.rows, self.columns)
        self.eligible = self.score != INELIGIBLE
        self.edges = int(self.eligible.sum())

    def cost(self, dtype):
        """What is to be minimised: a pair that may not be costs more than a detour of two others saves."""
        import numpy as np

        return np.where(self.eligible, HIGHEST - self.score.astype(dtype), dtype(4 * HIGHEST))

    def value(self, rows, columns):
        """Pairs and total of an assignment, after leaving out the pairs that may not be."""
        chosen = self.eligible[rows, columns]
        score = self.score[rows, columns]
        return int(chosen.sum()), int(score[chosen].astype("int64").sum())


class Sparse:
    def __init__(self, path):
        import numpy as np

        with open(path, "rb") as file:
            take = lambda dtype, count: np.fromfile(file, dtype=dtype, count=count).astype(np.int64)
            self.rows, self.columns, self.edges = map(int, take("<u8", 3))
            self.start = take("<u8", self.rows + 1)
            self.column = take("<u4", self.edges)
            self.score = take("<u4", self.edges)
            self.row_places = take("<u4", self.rows)
            self.column_places = take("<u4", self.columns)
        self.row = np.repeat(np.arange(self.rows), np.diff(self.start))

    def single(self):
        """Whether everybody has one place."""
        return self.row_places.max() == 1 and self.column_places.max() == 1

    def perfect(self):
        """Whether everybody can be paired, with one place each."""
        import numpy as np
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import maximum_bipartite_matching

        if self.rows != self.columns or not self.single():
            return False
        graph = csr_matrix((np.ones(self.edges), self.column, self.start), shape=(self.rows, self.columns))
        return bool((maximum_bipartite_matching(graph) >= 0).all())


class Unfit(Exception):
    """The peer does not solve instances of this kind."""


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.process_time() - cpu, time.perf_counter() - wall, result


def dense_only(instance):
    if not isinstance(instance, Dense):
        raise Unfit("dense instances only")
    return instance


def scipy_lsa(instance):
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    cost = dense_only(instance).cost(np.float64)
    while True:
        cpu, wall, (rows, columns) = timed(lambda: linear_sum_assignment(cost))
        yield cpu, wall, *instance.value(rows, columns)


def laprust(instance):
    import laprust as peer
    import numpy as np

    cost = dense_only(instance).cost(np.float64) / HIGHEST
    extend = instance.rows != instance.columns
    while True:
        cpu, wall, out = timed(lambda: peer.lapjv(cost, extend_cost=extend))
        yield cpu, wall, *instance.value(np.asarray(out[1]), np.asarray(out[2]))


def lapx(instance):
    import lap as peer
    import numpy as np

    cost = dense_only(instance).cost(np.float64) / HIGHEST
    while True:
        cpu, wall, (_, rows, columns) = timed(lambda: peer.lapjvs(cost))
        yield cpu, wall, *instance.value(rows, columns)


def ortools_lsa(instance):
    import numpy as np
    from ortools.graph.python import linear_sum_assignment as peer

    if isinstance(instance, Dense):
        if instance.rows != instance.columns:
            raise Unfit("square instances only")
        rows = np.repeat(np.arange(instance.rows, dtype=np.int32), instance.columns)
        columns = np.tile(np.arange(instance.columns, dtype=np.int32), instance.rows)
        cost = instance.cost(np.int64).ravel()
    elif instance.perfect():
        rows, columns = instance.row.astype(np.int32), instance.column.astype(np.int32)
        cost = HIGHEST - instance.score
    else:  # it would not return
        raise Unfit("perfect matchings with one place each only")
    while True:
        solver = peer.SimpleLinearSumAssignment()
        solver.add_arcs_with_cost(rows, columns, cost)
        cpu, wall, status = timed(solver.solve)
        if status != solver.OPTIMAL:
            raise RuntimeError(f"status {status}")
        mates = np.array([solver.right_mate(row) for row in range(instance.rows)])
        if isinstance(instance, Dense):
            value = instance.value(np.arange(instance.rows), mates)
        else:
            key = instance.row * instance.columns + instance.column
            at = np.searchsorted(key, np.arange(instance.rows) * instance.columns + mates)
            value = instance.rows, int(instance.score[at].sum())
        yield cpu, wall, *value


def ortools_mcf(instance):
    import numpy as np
    from ortools.graph.python import min_cost_flow as peer

    if not isinstance(instance, Sparse):
        raise Unfit("sparse instances only")
    rows, columns, edges = instance.rows, instance.columns, instance.edges
    source, sink = rows + columns, rows + columns + 1
    joined = lambda *parts: np.concatenate(parts).astype(np.int32)
    tail = joined(instance.row, np.full(rows, source), rows + np.arange(columns))
    head = joined(rows + instance.column, np.arange(rows), np.full(columns, sink))
    room = np.concatenate([np.ones(edges, np.int64), instance.row_places, instance.column_places])
    cost = np.concatenate([-instance.score, np.zeros(rows + columns, np.int64)])
    supply = int(instance.row_places.sum())
    while True:
        solver = peer.SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
        solver.set_node_supply(source, supply)
        solver.set_node_supply(sink, -supply)
        cpu, wall, status = timed(solver.solve_max_flow_with_min_cost)
        if status != solver.OPTIMAL:
            raise RuntimeError(f"status {status}")
        chosen = np.array(solver.flows(np.arange(edges, dtype=np.int32))) > 0
        yield cpu, wall, int(chosen.sum()), int(instance.score[chosen].sum())


def scipy_lapjvsp(instance):
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    if not isinstance(instance, Sparse):
        raise Unfit("sparse instances only")
    if instance.row_places.max() > 1:  # copies of both ends would use a pair twice
        raise Unfit("places on one side only")
    rows, slots = instance.rows, int(instance.column_places.max())
    spare = 0 if instance.perfect() else rows  # a column of nobody for each row
    row = np.concatenate([np.tile(instance.row, slots), np.arange(spare)])
    copies = [instance.column * slots + slot for slot in range(slots)]
    column = np.concatenate(copies + [instance.columns * slots + np.arange(spare)])
    cost = np.tile((HIGHEST + 1 - instance.score).astype(float), slots)
    cost = np.concatenate([cost, np.full(spare, 100.0 * HIGHEST)])
    graph = csr_matrix((cost, (row, column)), shape=(rows, instance.columns * slots + spare))
    while True:
        cpu, wall, (rows_of, columns_of) = timed(lambda: min_weight_full_bipartite_matching(graph))
        real = columns_of < instance.columns * slots
        paid = np.asarray(graph[rows_of[real], columns_of[real]]).ravel()
        yield cpu, wall, int(real.sum()), int((HIGHEST + 1 - paid).sum())


PEERS = {
    "scipy_lsa": scipy_lsa,
    "laprust": laprust,
    "lapx": lapx,
    "ortools_lsa": ortools_lsa,
    "ortools_mcf": ortools_mcf,
    "scipy_lapjvsp": scipy_lapjvsp,
}
# lapx works in 32-bit floats: its total may be off by this share.
TOLERANCE = {"lapx": 1e-5}


def load(path):
    kind = Dense if path.name.startswith(("d", "ge")) else Sparse
    return kind(path)


def run_peer(peer, path, repeats):
    """In a process of its own: runs one peer and prints one line of JSON."""
    instance = load(path)
    try:
        runs = PEERS[peer](instance)
        cpu, began = [], time.perf_counter()
        for _ in range(repeats):
            seconds, _, pairs, total = next(runs)
            cpu.append(seconds)
            if time.perf_counter() - began > ENOUGH:
                break
        answer = {"pairs": pairs, "total": total, "cpu_min": min(cpu)}
    except Unfit as unfit:
        answer = {"unfit": str(unfit)}
    print(json.dumps(answer))


# The comparison.


def lines(*words, cwd=ROOT):
    done = subprocess.run(words, cwd=cwd, stdout=subprocess.PIPE, check=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def bench(*words):
    return lines("cargo", "bench", "--quiet", "--bench", "matching", "--", *words)


def catalogue():
    return bench("--list")


def generate(recipe, folder):
    path = folder / (recipe["name"] + ".bin")
    if not path.exists():
        say(f"generating {path.name}")
        # Under another name until it is whole.
        part = folder / "part"
        bench("--write", str(part), "--only", recipe["name"])
        (part / path.name).rename(path)
        part.rmdir()
    return path


def build():
    say("building")
    subprocess.run(["cargo", "build", "--quiet", "--release", "--example", "assign"], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    return ROOT / target / "release" / "examples" / "assign"


def say(text):
    print(text, file=sys.stderr, flush=True)


def ours(assign, path, repeats):
    [answer] = lines(str(assign), str(path), "--repeats", str(repeats))
    return answer


def theirs(peer, path, repeats):
    words = [sys.executable, str(Path(__file__).resolve()), "--solve", peer, str(path), str(repeats)]
    [answer] = lines(*words)
    return answer


def by_turns(sides):
    """Runs each side by turns until it has enough; returns the last answer of each with the least CPU of all."""
    answers, spent, runs = {}, dict.fromkeys(sides, 0.0), dict.fromkeys(sides, 0)
    repeats = dict.fromkeys(sides, 1)
    waiting = list(sides)
    while waiting:
        for side in list(waiting):
            began = time.perf_counter()
            answer = sides[side](repeats[side])
            spent[side] += time.perf_counter() - began
            runs[side] += repeats[side]
            known = answers.get(side, {}).get("cpu_min", float("inf"))
            if "unfit" in answer:
                answers[side] = answer
                waiting.remove(side)
                continue
            answers[side] = dict(answer, cpu_min=min(known, answer["cpu_min"]))
            least = answers[side]["cpu_min"]
            wanted = 41 if least < 0.01 else 13 if least < 1 else 3
            if runs[side] >= wanted or spent[side] > 2 * ENOUGH:
                waiting.remove(side)
            repeats[side] = 20 if least < 0.01 else 4 if least < 1 else 1
    return answers


def edges_of(path):
    import numpy as np

    if not path.name.startswith(("d", "ge")):
        return int(np.fromfile(path, dtype="<u8", count=3)[2])
    score = np.memmap(path, dtype="<u4", mode="r", offset=16)
    step = 1 << 24
    return sum(int((score[at : at + step] != INELIGIBLE).sum()) for at in range(0, len(score), step))


def row_of(recipe, peer, mine, other, edges):
    """One line of the table and what is wrong with it."""
    name, faults = recipe["name"], []
    value, optimum = [mine["pairs"], mine["total"]], recipe["optimum"]
    if not mine["verified"] or mine["gap"] != 0:
        faults.append(f"{name}: ours is not proven")
    if optimum and value != optimum:
        faults.append(f"{name}: ours is {value}, the optimum is {optimum}")
    peak = mine["peak_mb"]
    memory = ["–", "–"] if peak is None else [f"{peak:.0f}", f"{peak * 2**20 / edges:.1f}"]
    target = TARGETS.get(name, (None, None))
    target = target[1] if target[0] == peer else None
    slack = TOLERANCE.get(peer, 0) * value[1]
    if other["pairs"] != value[0] or abs(other["total"] - value[1]) > slack:
        faults.append(f"{name}: {peer} says {[other['pairs'], other['total']]}, ours {value}")
    ratio = mine["cpu_min"] / other["cpu_min"]
    verdict = "–" if target is None else "yes" if ratio <= target else "**no**"
    timing = [f"{other['cpu_min']:.4g}", f"{ratio:.3f}", "–" if target is None else f"≤ {target}", verdict]
    size = f"{recipe['rows']:,} × {recipe['columns']:,}"
    cells = [name, size, str(recipe["seed"]), f"{edges:,}", f"{value[0]:,}", f"{value[1]:,}"]
    return cells + [f"{mine['cpu_min']:.4g}", peer, *timing, *memory], faults


HEAD = "instance|size|seed|edges|pairs|total|ours, CPU s|peer|peer, CPU s|ratio|target|met|peak MB|bytes/edge".split("|")


def machine():
    about = Path("/proc/cpuinfo")
    about = about.read_text().splitlines() if about.exists() else []
    models = [line.split(":", 1)[1].strip() for line in about if line.startswith("model name")]
    model = models[0] if models else platform.processor()
    names = ("numpy", "scipy", "ortools", "laprust", "lapx")
    rust = subprocess.run(["rustc", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()[1]
    try:
        versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    except importlib.metadata.PackageNotFoundError as missing:
        sys.exit(f"{missing.name} is not installed: pip install {' '.join(names)}")
    load = os.getloadavg()[0]
    today = datetime.date.today().isoformat()
    return f"{today}; {os.cpu_count()} × {model}, load {load:.1f} at the start; rustc {rust}; {versions}"


def wanted(recipe, options):
    if options.only:
        return options.only in recipe["name"]
    middle = recipe["rows"] <= (5_000 if recipe["kind"] == "dense" else 100_000)
    return options.all or recipe["small"] or (middle and not options.quick)


def peers_of(recipe, which):
    if which == "all":
        return list(PEERS)
    return [TARGETS.get(recipe["name"], (OTHERWISE[recipe["kind"]],))[0]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="TEXT")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true")
    size.add_argument("--all", action="store_true")
    parser.add_argument("--peers", choices=["yardstick", "all"], default="yardstick")
    parser.add_argument("--instances", metavar="DIR", type=Path, default=ROOT / "target" / "instances")
    parser.add_argument("--solve", nargs=3, metavar=("PEER", "FILE", "REPEATS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.solve:
        peer, path, repeats = options.solve
        return run_peer(peer, Path(path), int(repeats))

    about, assign = machine(), build()
    options.instances.mkdir(parents=True, exist_ok=True)
    faults, skipped = [], []
    table = [HEAD, ["---" if at in (0, 1, 7) else "--:" for at in range(len(HEAD))]]
    print(about + "\n")
    for cells in table:
        print("| " + " | ".join(cells) + " |", flush=True)
    for recipe in catalogue():
        if not wanted(recipe, options):
            skipped.append(recipe["name"])
            continue
        path = generate(recipe, options.instances)
        edges = edges_of(path)
        peers = peers_of(recipe, options.peers)
        say(f"{recipe['name']}: ours, {', '.join(peers)}")
        sides = {"ours": lambda repeats: ours(assign, path, repeats)}
        for peer in peers:
            sides[peer] = lambda repeats, peer=peer: theirs(peer, path, repeats)
        answers = by_turns(sides)
        for peer in peers:
            if "unfit" in answers[peer]:
                say(f"{recipe['name']}: {peer} left out: {answers[peer]['unfit']}")
                continue
            cells, wrong = row_of(recipe, peer, answers["ours"], answers[peer], edges)
            faults += wrong
            print("| " + " | ".join(cells) + " |", flush=True)
    if skipped:
        print(f"\nNot measured: {', '.join(skipped)}.")
    for fault in faults:
        say(f"WRONG: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
