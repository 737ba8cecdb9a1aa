"""Slots of the example `slot` against `zoneinfo` with the tables of the package `tzdata`.

    python zones.py SLOT RELEASE

Asks for minutes around every transition of every zone from 2020 to 2037, and for random ones from 1970 to 2099. The answer here is PEP 495's:
with `fold=0` a datetime in a gap has the offset from before it, and one that comes twice is the first, which is RFC 5545's
rule. Exit 1 where the tables are of the release RELEASE and an answer differs, or where a zone is missing here.
"""

import collections
import hashlib
import importlib.resources
import random
import subprocess
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

import tzdata

FIRST, LAST = datetime(2019, 12, 31), datetime(2038, 1, 2)
EPOCH = datetime(1970, 1, 1)
MINUTE = timedelta(minutes=1)
STEP = timedelta(hours=3)
RANDOM_A_ZONE = 200


def file_of(name):
    """The table of a zone; links have the same bytes."""
    path = importlib.resources.files("tzdata.zoneinfo").joinpath(*name.split("/"))
    return hashlib.sha256(path.read_bytes()).digest()


def offset(zone, utc):
    """What clocks are ahead of UTC at an instant."""
    return utc.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()


def transitions(zone):
    """(first minute of a new offset in UTC, offset before, offset after)"""
    found, at, before = [], FIRST, offset(zone, FIRST)
    while at < LAST:
        after = offset(zone, at + STEP)
        if after != before:
            old, new = at, at + STEP
            while new - old > MINUTE:
                middle = old + (new - old) // MINUTE // 2 * MINUTE
                old, new = (middle, new) if offset(zone, middle) == before else (old, middle)
            found.append((new, before, after))
        at, before = at + STEP, after
    return found


def around(transition):
    """Times on the clock: every fifth minute from an hour before to an hour after, and those beside the edges."""
    at, before, after = transition
    low, high = at + min(before, after), at + max(before, after)
    hour = timedelta(hours=1)
    span = int((high - low + 2 * hour) / MINUTE)
    times = {low - hour + n * MINUTE for n in range(0, span, 5)}
    return times | {edge + n * MINUTE for edge in (low, high) for n in (-1, 0, 1)}


def answer(zone, shown):
    """Seconds since 1970 and the case, by PEP 495."""
    one, other = (shown.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    case = "exact" if one == other else "repeated" if one > other else "skipped"
    return int((shown - one - EPOCH).total_seconds()), case


def main():
    slot, release = sys.argv[1:]
    zoneinfo.reset_tzpath(to=[])
    same = tzdata.IANA_VERSION == release
    ours = subprocess.run([slot, "--zones"], check=True, capture_output=True, text=True).stdout.split()
    theirs = zoneinfo.available_timezones()
    zones = [name for name in ours if name in theirs]
    print(f"ours {release}, {len(ours)} zones; tzdata {tzdata.IANA_VERSION}, {len(theirs)} zones")
    print("  only ours:", *(sorted(set(ours) - theirs) or ["none"]))
    print("  only theirs:", *(sorted(theirs - set(ours)) or ["none"]))

    known, asked, changes = {}, [], 0
    dice = random.Random(2037)
    for name in zones:
        zone, table = zoneinfo.ZoneInfo(name), file_of(name)
        if table not in known:
            known[table] = transitions(zone)
        changes += len(known[table])
        times = set().union(*map(around, known[table]))
        minutes = int((datetime(2100, 1, 1) - EPOCH) / MINUTE)
        times |= {EPOCH + dice.randrange(minutes) * MINUTE for _ in range(RANDOM_A_ZONE)}
        asked += [(name, zone, shown) for shown in sorted(times)]

    lines = "".join(f"{shown:%Y-%m-%d %H:%M} {name}\n" for name, _, shown in asked)
    run = subprocess.run([slot, "--lines"], input=lines, check=True, capture_output=True, text=True)
    answers = run.stdout.splitlines()
    assert len(answers) == len(asked), (len(answers), len(asked))

    cases, wrong = collections.Counter(), collections.defaultdict(list)
    for (name, zone, shown), line in zip(asked, answers):
        expected = answer(zone, shown)
        _, at, case = line.split("\t")
        cases[case] += 1
        if (int(at), case) != expected:
            wrong[name].append(f"{line!r}, here {expected}")
    print(f"  {changes} transitions from 2020 to 2037, {len(asked)} times asked for: {dict(sorted(cases.items()))}")
    print(f"  {sum(map(len, wrong.values()))} answers differ, in {len(wrong)} zones")
    for name, differing in sorted(wrong.items()):
        print(f"  {name}: {len(differing)}, the first {differing[0]}")
    sys.exit(1 if set(ours) - theirs or same and wrong else 0)


if __name__ == "__main__":
    main()
