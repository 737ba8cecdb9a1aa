"""The readings of one day by polars, from the tables that `benches/health` writes.

    python3 benches/health/peer.py DIRECTORY DAY

Prints `reading name part whole` for each, then `cpu SECONDS` and `wall SECONDS`: the least of five runs, in memory, the
tables read and sorted beforehand. All days are numbers from the first on; 30 days of cadence, 7 of grace, nothing closed.
"""

import sys
import time

import polars as pl

DIRECTORY, DAY = sys.argv[1], int(sys.argv[2])
HOURS = 20  # of each pairing, for each month begun
LATE = 38  # days without a session, those held up left out, after which it is overdue
c = pl.col

DAYS = pl.Int32
pairs = pl.read_csv(
    f"{DIRECTORY}/pairs.csv",
    schema=dict.fromkeys("pair proposed accepted started settled ended".split(), DAYS)
    | {"ending": pl.Categorical}
    | dict.fromkeys("hold_from hold_until signed_mentor signed_mentee".split(), DAYS),
)
sessions = pl.read_csv(
    f"{DIRECTORY}/sessions.csv",
    schema=dict(pair=DAYS, day=DAYS, outcome=pl.Categorical, by=pl.Categorical, minutes=DAYS, taught=pl.Categorical, venue=pl.Categorical)
    | dict.fromkeys("feedback_mentor feedback_mentee recognition_mentor recognition_mentee".split(), DAYS),
)
changes = pl.read_csv(
    f"{DIRECTORY}/changes.csv",
    schema=dict(pair=DAYS, learner=pl.Categorical, goal=DAYS, day=DAYS, change=pl.Categorical, level=DAYS),
)
people = pl.read_csv(f"{DIRECTORY}/people.csv", schema=dict(side=pl.Categorical, number=DAYS, since=DAYS, trained=DAYS))
# As a warehouse would have them.
sessions, changes = sessions.sort("pair", "day"), changes.sort("pair", "learner", "goal", "day", maintain_order=True)

GIVEN = ["feedback_mentor", "feedback_mentee", "recognition_mentor", "recognition_mentee"]


def among(first, last):
    """Days of the pairing's pause from one day to before another."""
    low, high = pl.max_horizontal(first, c.hold_from), pl.min_horizontal(last, c.hold_until)
    return pl.when(c.hold_from.is_not_null()).then((high - low).clip(0)).otherwise(0)


def readings(as_of):
    count = lambda what: what.cast(pl.Int64).sum()
    begun = pairs.lazy().filter(c.started <= as_of).with_columns(
        over=(c.ended <= as_of).fill_null(False), past=(c.settled <= as_of).fill_null(False)
    ).with_columns(until=pl.when(c.over).then(c.ended).otherwise(as_of))
    there = sessions.lazy().filter(c.day <= as_of)
    held = there.filter(c.outcome == "held")
    known = there.filter((c.outcome == "held") | c.by.is_not_null())
    given = [(pl.col(name) <= as_of).fill_null(False) for name in GIVEN]
    out = [
        there.select(
            session_completion=count(c.outcome == "held"), all=pl.len()
        ),
        known.select(
            *(
                count((c.outcome == outcome) & (c.by == side).fill_null(False)).alias(f"{side}_{outcome}")
                for outcome in ("cancelled", "missed")
                for side in ("mentor", "mentee")
            ),
            all=pl.len(),
        ),
        held.select(
            *(count(which).alias(name) for which, name in zip(given, GIVEN)),
            at_work=count(c.venue == "workplace"),
            venues=count(c.venue.is_not_null()),
            # A session of both counts half for each.
            balance=count(pl.when(c.taught == "mentee").then(2 * c.minutes).when(c.taught == "both").then(c.minutes).otherwise(0)),
            minutes=count(2 * c.minutes),
            all=pl.len(),
        ),
    ]
    # Stretches between meetings.
    meetings = held.select("pair", "day", "minutes", "taught", none=~(given[2] | given[3])).join(
        begun.select("pair", "started", "hold_from", "hold_until"), on="pair", how="inner", maintain_order="left"
    ).with_columns(since=c.day.shift(1).over("pair").fill_null(c.started)).with_columns(
        late=(c.day - c.since - among(c.since, c.day)) >= LATE
    )
    by_pair = meetings.group_by("pair").agg(
        first=c.day.first(), last=c.day.last(), kept=(~c.late).sum(), stretches=pl.len(), taken=c.minutes.sum(),
        last_three=c.taught.tail(3).n_unique(), latest=c.taught.last(), none=c.none.all(),
    )
    goals = changes.lazy().filter(c.day <= as_of).group_by("pair", "learner", "goal").agg(
        level=c.level.filter(c.change == "found").last().fill_null(0),
        achieved=(c.change == "achieved").any(),
        dropped=(c.change == "dropped").any(),
    )
    sides = []
    for learner in ("mentor", "mentee"):
        side = goals.filter(c.learner == learner).group_by("pair").agg(
            gained=c.level.filter(~c.dropped).clip(0, 3).sum(), dropped=c.dropped.sum(), achieved=(c.achieved & ~c.dropped).sum(),
        )
        sides.append(side.rename(lambda name, side=learner: name if name == "pair" else f"{name}_{side}"))
    each = begun.join(by_pair, on="pair", how="left").join(sides[0], on="pair", how="left").join(sides[1], on="pair", how="left")
    each = each.with_columns(pl.col("^(kept|stretches|taken|gained_.*|dropped_.*|achieved_.*)$").fill_null(0)).with_columns(
        since=c.last.fill_null(c.started),
        held_up=((c.hold_from <= as_of) & (c.hold_until > as_of)).fill_null(False),
        signed=((c.signed_mentor <= as_of) & (c.signed_mentee <= as_of)).fill_null(False),
        set_mentor=2 - c.dropped_mentor,
        set_mentee=2 - c.dropped_mentee,
    ).with_columns(quiet=(c.until - c.since - among(c.since, c.until)) < LATE)
    whole = {side: pl.col(f"achieved_{side}") == pl.col(f"set_{side}") for side in ("mentor", "mentee")}
    completed = c.over & (c.ending == "c").fill_null(False)
    learns = c.past & ~c.over & ((c.gained_mentor > 0) | (c.gained_mentee > 0))
    alike = ~c.over & c.past & (c.stretches >= 3)
    paused = (c.hold_until <= as_of).fill_null(False)
    over_months = ((c.until - c.started) // 30 + 1) * HOURS * 60
    out.append(each.select(
        adherence=count(c.kept), intervals=count(c.stretches) + count(~c.quiet),
        first_session=count((c.started + 37 <= as_of) & (c.first - c.started <= 37).fill_null(False)), old=count(c.started + 37 <= as_of),
        active=count(~c.over & c.quiet & ~c.held_up), open=count(~c.over),
        load=count(c.taken <= over_months), begun=pl.len(),
        mentor_gained=count(c.gained_mentor.filter(c.past)), mentor_aimed=3 * count(c.set_mentor.filter(c.past)),
        mentee_gained=count(c.gained_mentee.filter(c.past)), mentee_aimed=3 * count(c.set_mentee.filter(c.past)),
        one_sided=count(learns & ((c.gained_mentor > 0) != (c.gained_mentee > 0))), learns=count(learns),
        mentor_achieved=count(c.achieved_mentor.filter(c.past)), mentor_set=count(c.set_mentor.filter(c.past)),
        mentee_achieved=count(c.achieved_mentee.filter(c.past)), mentee_set=count(c.set_mentee.filter(c.past)),
        win_win=count(completed & whole["mentor"] & whole["mentee"]), one_sided_win=count(completed & (whole["mentor"] != whole["mentee"])),
        completed=count(completed),
        alert=count(alike & (c.last_three == 1) & (c.latest != "both")), three=count(alike),
        unrecognised=count(c.past & c.none.fill_null(False)), met=count(c.past & (c.stretches > 0)),
        signed=count(c.signed & ~c.over),
        through_chemistry=count(c.past | c.over), left_in_chemistry=count(~c.past & c.over),
        through=count(c.past & c.over), left=count(c.past & c.over & ~completed),
        paused=count(paused), returned=count(paused & (~c.over | (c.hold_until != c.ended))),
    ))
    out.append(pairs.lazy().filter(c.proposed <= as_of).with_columns(
        accepted=(c.accepted <= as_of).fill_null(False), started=(c.started <= as_of).fill_null(False), over=(c.ended <= as_of).fill_null(False)
    ).select(
        answered=count(c.accepted | c.over), declined=count(c.over & ~c.accepted),
        prepared=count(c.started | (c.accepted & c.over)), unprepared=count(c.accepted & ~c.started & c.over),
    ))
    # Of each person: an open pairing, or since when there has been none.
    ends = pairs.lazy().filter(c.proposed <= as_of).with_columns(over=(c.ended <= as_of).fill_null(False)).select(
        number="pair", open=~c.over, last=pl.when(c.over & c.settled.is_not_null()).then(c.ended)
    )
    persons = people.lazy().filter(c.since <= as_of).join(ends, on="number", how="left").with_columns(
        c.open.fill_null(False), waits=as_of - pl.max_horizontal(c.since, c.last)
    )
    out.append(persons.select(
        utilised=count(c.open & (c.side == "mentor")), mentors=count(c.side == "mentor"),
        matched=count(c.open), people=pl.len(),
        long=count(~c.open & (c.waits > 30)), free=count(~c.open), trained=count(c.trained <= as_of),
    ))
    s, k, h, e, p, w = (frame.row(0, named=True) for frame in pl.collect_all(out))
    return [
        ("cadence_adherence", e["adherence"], e["intervals"]),
        ("first_session", e["first_session"], e["old"]),
        ("active_pairs", e["active"], e["open"]),
        ("load_within_budget", e["load"], e["begun"]),
        ("session_completion", s["session_completion"], s["all"]),
        ("mentor_cancellations", k["mentor_cancelled"], k["all"]),
        ("mentee_cancellations", k["mentee_cancelled"], k["all"]),
        ("mentor_no_shows", k["mentor_missed"], k["all"]),
        ("mentee_no_shows", k["mentee_missed"], k["all"]),
        ("meetings_at_work", h["at_work"], h["venues"]),
        ("mentor_goal_progress", e["mentor_gained"], e["mentor_aimed"]),
        ("mentee_goal_progress", e["mentee_gained"], e["mentee_aimed"]),
        ("one_sided_progress", e["one_sided"], e["learns"]),
        ("mentor_goals_achieved", e["mentor_achieved"], e["mentor_set"]),
        ("mentee_goals_achieved", e["mentee_achieved"], e["mentee_set"]),
        ("win_win", e["win_win"], e["completed"]),
        ("one_sided_win", e["one_sided_win"], e["completed"]),
        ("role_balance", h["balance"], h["minutes"]),
        ("role_balance_alert", e["alert"], e["three"]),
        *((f"{name.split('_')[1]}_{name.split('_')[0]}", h[name], h["all"]) for name in GIVEN),
        ("no_recognition", e["unrecognised"], e["met"]),
        ("mentor_utilisation", w["utilised"], w["mentors"]),
        ("match_coverage", w["matched"], w["people"]),
        ("long_waits", w["long"], w["free"]),
        ("training_attendance", w["trained"], w["people"]),
        ("training_coverage", e["open"], e["open"]),
        ("agreement_coverage", e["signed"], e["open"]),
        ("sponsor_participation", 0, 1),
        ("dropout_proposed", p["declined"], p["answered"]),
        ("dropout_preparing", p["unprepared"], p["prepared"]),
        ("dropout_chemistry", e["left_in_chemistry"], e["through_chemistry"]),
        ("dropout_active", e["left"], e["through"]),
        ("return_after_pause", e["returned"], e["paused"]),
    ]


def main():
    times = []
    for _ in range(5):
        wall, cpu = time.perf_counter(), time.process_time()
        found = readings(DAY)
        times.append((time.process_time() - cpu, time.perf_counter() - wall))
    for name, part, whole in found:
        print("reading", name, part, whole)
    print("cpu %.4f" % min(cpu for cpu, _ in times))
    print("wall %.4f" % min(wall for _, wall in times))
    print("polars", pl.__version__)


main()
