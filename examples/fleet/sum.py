"""The health of many programmes, summed in DuckDB from the files that `cargo run --features fleet --example fleet` writes.

    python3 examples/fleet/sum.py DIR

Needs the package duckdb. Sums each metric over all programmes from the CSV and from the CloudEvents, which have to say the
same, and holds them against `totals.json`, which the example counted by itself. Exit 1 where anything differs.
"""

import json
import pathlib
import sys

import duckdb

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "fleet")
totals = json.loads((folder / "totals.json").read_text("utf-8"))
db = duckdb.connect()
problems = []


def same(what, got, expected):
    if got != expected:
        problems.append(f"{what}: {got} and not {expected}")


# A name that begins with a formula character has one ' in front, in CSV alone.
TABLE = """
    select program, as_of, audience, regexp_replace(metric, '^''', '') as metric,
           numerator, denominator, withheld
    from read_csv('{}', header = true, types = {{
        'program': 'uuid', 'as_of': 'date', 'numerator': 'ubigint', 'denominator': 'ubigint', 'value': 'decimal(5, 4)',
        'withheld': 'boolean', 'metric': 'varchar', 'breakdown': 'varchar', 'group': 'varchar', 'repeated_from': 'date'}})
"""
EVENTS = """
    select subject::uuid as program, data.as_of::date as as_of, data.audience as audience, data.metric as metric,
           data.numerator as numerator, data.denominator as denominator, data.withheld as withheld
    from read_json('{}', format = 'newline_delimited', columns = {{
        'id': 'varchar', 'type': 'varchar', 'subject': 'varchar', 'time': 'timestamptz',
        'data': 'struct(as_of varchar, audience varchar, metric varchar, numerator ubigint, denominator ubigint, withheld boolean)'}})
"""
SUM = """
    select metric, count(*), count(*) filter (where withheld), coalesce(sum(numerator), 0)::ubigint,
           coalesce(sum(denominator), 0)::ubigint, count(distinct program)
    from ({}) group by metric order by metric
"""

for audience, name in [("coordinator", "figures"), ("sponsor", "sponsor-figures")]:
    table = TABLE.format(folder / f"{name}.csv")
    events = EVENTS.format(folder / f"{name}.ndjson")
    sums = db.execute(SUM.format(table)).fetchall()
    same(f"{name}: sums of the events", db.execute(SUM.format(events)).fetchall(), sums)
    # Row by row, too.
    for a, b in [(table, events), (events, table)]:
        same(f"{name}: rows in one alone", db.execute(f"({a}) except all ({b})").fetchall(), [])
    audiences = db.execute(f"select distinct audience from ({table})").fetchall()
    same(f"{name}: audiences", audiences, [(audience,)])
    expected = {
        metric: (s["rows"], s["withheld"], s["numerator"], s["denominator"], totals["programmes"])
        for metric, s in totals[audience].items()
    }
    same(f"{name}: sums", {row[0]: row[1:] for row in sums}, expected)
    print(f"{audience}: {len(sums)} metrics of {totals['programmes']} programmes")
    print(f"{'metric':32} {'part':>9} {'whole':>9} {'share':>8} {'withheld':>9}")
    for metric, _, withheld, part, whole, _ in sums:
        share = f"{100 * part / whole:.1f} %" if whole else "–"
        print(f"{metric:32} {part:9} {whole:9} {share:>8} {withheld:9}")

journal = f"""
    read_json('{folder / "journal.ndjson"}', format = 'newline_delimited', maximum_object_size = 10000000, columns = {{
        'id': 'varchar', 'source': 'varchar', 'subject': 'varchar', 'data': 'json'}})
"""
entries, ids, programmes, sessions = db.execute(f"""
    select count(*), count(distinct id), count(distinct subject),
           count(*) filter (where (data->'event'->>'event') = 'session_recorded')
    from {journal}
""").fetchone()
same("entries", entries, totals["entries"])
same("ids of entries", ids, totals["entries"])
same("programmes of entries", programmes, totals["programmes"])
same("sessions recorded", sessions, totals["sessions_recorded"])
gaps = db.execute(f"""
    select subject from {journal} group by subject
    having max((data->>'sequence')::ubigint) + 1 != count(*)
""").fetchall()
same("journals with gaps", gaps, [])
print(f"{entries} entries of {programmes} journals, {sessions} sessions recorded")

for problem in problems:
    print(problem, file=sys.stderr)
sys.exit(bool(problems))
