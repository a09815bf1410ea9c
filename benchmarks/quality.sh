#!/usr/bin/env bash
# Measures the ranking's defaults on retrieval collections and writes docs/quality.md.
#   benchmarks/quality.sh DATA     DATA/ir/NAME/{docs.jsonl,queries.tsv,qrels.txt}
set -euo pipefail

data=${1:?usage: benchmarks/quality.sh DATA}
root=$(cd "$(dirname "$0")/.." && pwd)
limier=$root/build/release/bin/limier
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -x "$limier" ] || { echo "quality.sh: build the release first: cmake --preset release && cmake --build --preset release" >&2; exit 2; }

"$limier" bench "$data"/ir/*/ --output "$work/results" >&2

# The mean of a measure in a table of results.
mean() { awk -F, -v measure="$2" '$1 == measure { printf " %.4f |", $4 }' "$1"; }

{
  cat <<END
# Measured quality

Written by \`benchmarks/quality.sh DATA\`, with the defaults of $("$limier" --version | head -n 1); DATA holds the collections as
\`ir/NAME/{docs.jsonl,queries.tsv,qrels.txt}\`. The topics are asked as they are, as alternative words. A topic without any
hit counts 0. The figures do not depend on the machine, and are those of \`limier bench DATA/ir/*\`.

END
  echo "| collection | documents | topics | nDCG@10 | AP | RR | R@100 |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
  for collection in "$data"/ir/*/; do
    name=$(basename "$collection")
    printf '| %s | %d | %d |' "$name" "$(wc -l < "$collection/docs.jsonl")" "$(wc -l < "$collection/queries.tsv")"
    for measure in nDCG@10 AP RR R@100; do mean "$work/results/$name/settings.csv" "$measure"; done
    echo
  done
} > "$work/quality.md"
mv "$work/quality.md" "$root/docs/quality.md"
