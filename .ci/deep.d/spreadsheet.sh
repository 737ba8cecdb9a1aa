#!/usr/bin/env bash
# Tables under every nasty name, opened by a spreadsheet program: no cell becomes a formula, and what it saves holds the same names.
# Needs LibreOffice Calc (soffice), or Debian's archive to take it from, and python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

if ! command -v soffice >/dev/null; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  "${as_root[@]}" apt-get update -qq || true
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends --no-remove libreoffice-calc-nogui >/dev/null
fi
soffice --version

mkdir "$tmp/out" "$tmp/saved"
SPREADSHEET_OUT=$tmp/out cargo test --locked --release --all-features --test import_tables -- --ignored writes_for_others
office() {
  timeout 300 soffice "-env:UserInstallation=file://$tmp/profile" --headless "$@" >/dev/null
}
# Commas, semicolons and tabs all separate, as its dialogue proposes, and formulas are worked out.
open='CSV:44/59/9,34,76,1,,0,false,true,false,false,false,0,true'
# The third column is text: 1/2 is no day there.
text='CSV:44,34,76,1,3/2,0,false,true,false,false,false,0,true'
for file in figures raw; do
  office "--infilter=$open" --convert-to fods --outdir "$tmp/out" "$tmp/out/$file.csv"
done
office "--infilter=$text" --convert-to csv:'Text - txt - csv (StarCalc)':44,34,76,1,,0,true --outdir "$tmp/saved" "$tmp/out/figures.csv"
python3 .ci/deep.d/spreadsheet.py "$tmp/out" "$tmp/saved"
