#!/usr/bin/env bash
# Slots against another program with tables of its own: Python's `zoneinfo` on the package `tzdata`, once in the release that is compiled
# in, where every answer has to be the same, and once in the newest, where differences are listed: what has changed since.
# Needs python3 (3.9 or later) with venv, and a package index.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cargo build --locked --release --all-features --example slot
slot=${CARGO_TARGET_DIR:-target}/release/examples/slot
release=$("$slot" --release)
# The package's version of `2025b` is `2025.2`: its letter is a number there.
letter=${release#????}
number=$(($(printf '%d' "'$letter") - $(printf '%d' "'a") + 1))

python3 -m venv "$tmp/python"
for version in "==${release%"$letter"}.$number" ""; do
  "$tmp/python/bin/pip" install --quiet --disable-pip-version-check --upgrade "tzdata$version"
  "$tmp/python/bin/python" .ci/deep.d/zones.py "$slot" "$release"
done
