"""What LibreOffice made of the tables: argv is the folder of the files that it opened, and that of what it saved."""

import csv
import json
import pathlib
import re
import sys

out, saved = map(pathlib.Path, sys.argv[1:])
names = json.loads((out / "names.json").read_text("utf-8"))


def formulas(name):
    return re.findall(r'table:formula="([^"]*)"', (out / name).read_text("utf-8"))


# The names as they are do become formulas: the judge sees them where there are some.
raw = formulas("raw.fods")
assert len(raw) >= 5, raw
assert formulas("figures.fods") == [], formulas("figures.fods")

csv.field_size_limit(1 << 20)
with open(saved / "figures.csv", encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file))
cells = [row[2] for row in rows[1:]]
lines = lambda text: text.replace("\r\n", "\n").replace("\r", "\n")
read = [cell[1:] if cell.startswith("'") else cell for cell in cells]
assert len(read) == len(names), (len(read), len(names))
lost = [(name, got) for name, got in zip(names, read) if lines(name) != lines(got)]
assert not lost, lost
print(f"{len(names)} names: {len(raw)} formulas as they are, none as they are written; all saved as they were")
