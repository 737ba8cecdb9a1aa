#!/usr/bin/env bash
# Every reading that ships against another reader of the same plan: polars, from tables, for 1,000,000 sessions. Fails unless all are
# equal; prints what both took. Needs python3 (3.9 or later) with venv, and a package index.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

python3 -m venv "$tmp/python"
"$tmp/python/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0
HEALTH_BENCH_PEER=$tmp/python/bin/python cargo bench --locked --bench health
