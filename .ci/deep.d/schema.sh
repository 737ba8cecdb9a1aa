#!/usr/bin/env bash
# The schemas against Python's validator: each is one of draft 2020-12, what the crate writes is valid, and what its readers refuse is not.
# Needs python3 with venv and its package index.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mkdir "$tmp/out"
SCHEMA_OUT=$tmp/out cargo test --locked --release --all-features --test schema -- --ignored writes_for_others
python3 -m venv "$tmp/python"
"$tmp/python/bin/pip" install --quiet --disable-pip-version-check 'jsonschema[format]'
"$tmp/python/bin/python" .ci/deep.d/validate.py "$tmp/out" tests/golden/schema
