#!/usr/bin/env bash
# The PostgreSQL store on servers that the tests start: connections cut at every byte of an append, sixteen writers, a server killed sixty times,
# and what the quick tests have; then what it costs. Needs PostgreSQL's server (installed from Debian where it is missing).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

.ci/postgresql
export REQUIRE_POSTGRES=1
cargo test --locked --release --all-features --lib store::postgres
PROPTEST_CASES=500 cargo test --locked --release --all-features --test postgres -- --include-ignored --nocapture --test-threads=2
cargo bench --locked --features postgres --bench store_postgres
