#!/usr/bin/env bash
# Every invitation that the tests write, read by four other readers: Python's icalendar, vobject and ics, and ical.js. Needs python3 with venv,
# node with npm, and their package indices.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mkdir "$tmp/out"
CALENDAR_OUT=$tmp/out cargo test --locked --release --all-features --test calendar -- --ignored writes_for_others
python3 -m venv "$tmp/python"
"$tmp/python/bin/pip" install --quiet --disable-pip-version-check icalendar vobject ics
"$tmp/python/bin/python" .ci/deep.d/read_invitations.py "$tmp/out"
npm install --silent --no-audit --no-fund --prefix "$tmp/node" ical.js
node .ci/deep.d/read_invitations.mjs "$tmp/out" "$tmp/node"
