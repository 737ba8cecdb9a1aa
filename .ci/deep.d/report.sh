#!/usr/bin/env bash
# The pages of `health_report` and of `what_if` against the checker of the HTML standard's own validator: no error and no warning.
# Needs java and npm with a package index; skipped without either.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

for tool in java npm; do
  if ! command -v "$tool" >/dev/null; then
    echo "pages: skipped, no $tool"
    exit 0
  fi
done
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

npm install --prefix "$tmp" --silent --no-audit --no-fund --ignore-scripts vnu-jar@26.9.27
cargo run --locked --quiet --release --all-features --example health_report -- --out "$tmp/health.html" >/dev/null
cargo run --locked --quiet --release --all-features --example what_if -- --b cadence=fortnightly --replicates 16 --out "$tmp/what-if" >/dev/null
java -jar "$tmp/node_modules/vnu-jar/build/dist/vnu.jar" --Werror "$tmp/health.html" "$tmp/health-sponsor.html" "$tmp/health-equity.html" "$tmp/what-if/what-if.html"
echo "pages: four, without a fault"
