"""The schemas and the values in the folder that `tests/schema` writes: argv is that folder, and the one of the golden schemas."""

import collections
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

out, golden = map(pathlib.Path, sys.argv[1:])
# What relates two values to each other, or counts bytes: by the schema and the end of the place that was changed.
RELATIONS = json.loads((pathlib.Path(__file__).parent / "relations.json").read_text("utf-8"))

for path in sorted(golden.glob("*.json")):
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


def at(value, place):
    """What stands at a JSON pointer; None where nothing does."""
    for part in place.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value.get(key) if isinstance(value, dict) else None
    return value


problems = []
own = collections.Counter()
refused = collections.Counter()
related = collections.Counter()
narrower = collections.Counter()
points = 0
for path in sorted(out.glob("*.own")):
    name = path.stem
    schema = json.loads((out / f"{name}.json").read_text("utf-8"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for line in path.read_text("utf-8").split("\n"):
        if not line:
            continue
        own[name] += 1
        for error in validator.iter_errors(json.loads(line)):
            problems.append(f"{name}: own value at {error.json_path}: {error.message[:200]}")
            break
    for line in (out / f"{name}.damaged").read_text("utf-8").split("\n"):
        if not line:
            continue
        case = json.loads(line)
        valid = validator.is_valid(case["value"])
        place = "/".join("*" if part.isdigit() else part for part in case["place"].split("/"))
        if not case["taken"] and not valid:
            refused[name] += 1
        elif not case["taken"] and isinstance(at(case["value"], case["place"]), float):
            # `3.0` is an integer to a schema and to no reader; every other number with a point is refused by both.
            assert at(case["value"], case["place"]) == 3.0, case["place"]
            points += 1
        elif not case["taken"]:
            if any(place.startswith(known) for known in RELATIONS.get(name, [])):
                related[name, place] += 1
            else:
                problems.append(f"{name}: refused by the reader, and valid: {place}")
        elif not valid:
            narrower[name, place] += 1

for name in own:
    print(f"{name}: {own[name]} of its own valid, {refused[name]} damaged refused by both")
print(f"{sum(related.values())} refused by readers for relations that are listed, {len(related)} places")
print(f"{points} times 3.0 where 3 is meant, valid and refused by readers")
print(f"{sum(narrower.values())} taken by readers and not valid (spellings that nobody writes, the year 10000), {len(narrower)} places")
for name, place in sorted(narrower):
    print(f"  {name} {place}")
unknown = [f"{name}: {known}" for name, places in RELATIONS.items() for known in places
           if not any(n == name and place.startswith(known) for n, place in related)]
problems += [f"a listed relation that no case needs: {relation}" for relation in unknown]
if not points:
    problems.append("3.0 was never tried")
for problem, times in collections.Counter(problems).most_common(60):
    print(f"{times} × {problem}", file=sys.stderr)
sys.exit(bool(problems))
