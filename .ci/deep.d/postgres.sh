#!/usr/bin/env bash
# The PostgreSQL store on servers that the tests start: connections cut at every byte of an append, sixteen writers, a server killed sixty times,
# and what the quick tests have; then what it costs. Needs PostgreSQL's server (installed from Debian where it is missing).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && [ -z "${POSTGRES_BIN:-}" ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  "${as_root[@]}" apt-get update -qq
  # Without a cluster of the machine's own.
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null
  "${as_root[@]}" sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi

export REQUIRE_POSTGRES=1
cargo test --locked --release --all-features --lib store::postgres
cargo test --locked --release --all-features --test postgres -- --include-ignored --nocapture --test-threads=2
cargo bench --locked --features postgres --bench store_postgres
