#!/usr/bin/env bash
# The SQLite store under kill −9 at every system call that reaches its files, and under calls that fail: what was acknowledged is there, no
# batch in part, and what was answered with an error is not stored. Then its tables read by another program, Python's `sqlite3`.
# Needs strace (installed from Debian where it is missing) and python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

if ! command -v strace >/dev/null; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends strace >/dev/null
fi

STORE_KILLS=${STORE_KILLS:-2000} cargo test --locked --release --all-features --test sqlite_kill -- --ignored --nocapture --test-threads=1 \
  killed_at_every_storage_step calls_that_fail

cargo run --locked --quiet --release --all-features --example embed_sqlite -- "$tmp/store.sqlite" >"$tmp/told"
python3 .ci/deep.d/read_store.py "$tmp/store.sqlite"
