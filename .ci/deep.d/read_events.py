"""Every line of the files named, read as an event by the SDK of CloudEvents, and held against the same line as plain JSON."""

import datetime
import json
import sys

from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from cloudevents.core.formats.json import JSONFormat

NAMES = ["specversion", "id", "source", "type", "subject", "datacontenttype", "dataschema"]
read = 0
seen = set()
for path in sys.argv[1:]:
    with open(path, "rb") as lines:
        for line in lines:
            event = from_structured_event(HTTPMessage({"content-type": "application/cloudevents+json"}, line), JSONFormat())
            plain = json.loads(line)
            attributes = event.get_attributes()
            for name in NAMES:
                assert attributes[name] == plain[name], (path, name)
            time = datetime.datetime.fromisoformat(plain["time"].replace("Z", "+00:00"))
            assert event.get_time() == time, path
            assert event.get_data() == plain["data"], path
            assert set(attributes) == set(NAMES) | {"time"}, (path, attributes)
            key = (plain["source"], plain["id"], path)
            assert key not in seen, key
            seen.add(key)
            read += 1
assert read > 1000
print(f"{read} events read by the SDK")
