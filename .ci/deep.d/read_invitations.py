"""Reads every message with icalendar, vobject and ics, and compares what they find with what was meant."""
import datetime
import json
import pathlib
import re
import sys

import ics
import icalendar
import vobject

folder = pathlib.Path(sys.argv[1])
expected = json.loads((folder / "expected.json").read_text())
wrong = {"icalendar": [], "vobject": [], "ics": []}


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def decoded(name):
    """RFC 6868, for readers that leave it to others."""
    return re.sub(r"\^([n'^])", lambda m: {"n": "\n", "'": '"', "^": "^"}[m[1]], name)


# icalendar takes a backslash in a parameter for the one of a text, which RFC 5545 does not have there; ics undoes `\\\\n` in two steps.
TRIPS = {"icalendar": {"names"}, "vobject": set(), "ics": {"text", "place", "description"}}
left_out = dict.fromkeys(wrong, 0)


def check(reader, want, found):
    for key, value in found.items():
        if "\\" in want["text"] and key in TRIPS[reader]:
            left_out[reader] += 1
        elif value != want[key]:
            wrong[reader].append((want["file"], key, value, want[key]))


for want in expected:
    message = (folder / want["file"]).read_bytes().decode()
    want = {**want, "starts": instant(want["starts"]), "ends": instant(want["ends"])}
    calendar = icalendar.Calendar.from_ical(message)
    (event,) = calendar.walk("VEVENT")
    organiser, attendee = event["ORGANIZER"], event["ATTENDEE"]
    check("icalendar", {**want, "place": want["text"], "names": [want["text"]] * 2}, {
        "method": str(calendar["METHOD"]), "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "text": str(event["SUMMARY"]),
        "place": str(event["LOCATION"]), "description": str(event["DESCRIPTION"]), "address": str(attendee),
        "starts": event["DTSTART"].dt, "ends": event["DTEND"].dt, "names": [organiser.params["CN"], attendee.params["CN"]],
    })
    calendar = vobject.readOne(message)
    event = calendar.vevent
    check("vobject", {**want, "sequence": str(want["sequence"]), "place": want["text"], "names": [want["text"]] * 2}, {
        "method": calendar.method.value, "uid": event.uid.value, "sequence": event.sequence.value, "text": event.summary.value, "place": event.location.value,
        "description": event.description.value, "address": event.attendee.value, "starts": event.dtstart.value, "ends": event.dtend.value,
        "names": [decoded(event.organizer.params["CN"][0]), decoded(event.attendee.params["CN"][0])],
    })
    calendar = ics.Calendar(message)
    (event,) = calendar.events
    (attendee,) = event.attendees
    check("ics", {**want, "place": want["text"]}, {
        "method": calendar.method, "uid": event.uid, "text": event.name, "place": event.location, "description": event.description,
        "address": "mailto:" + attendee.email.removeprefix("mailto:"), "starts": event.begin.datetime, "ends": event.end.datetime,
    })

failed = False
for reader, differences in wrong.items():
    print(f"{reader}: {len(expected)} messages, {len(differences)} differences, {left_out[reader]} values with a backslash left out")
    for difference in differences[:10]:
        print("  ", *map(repr, difference))
    failed |= bool(differences)
sys.exit(failed)
