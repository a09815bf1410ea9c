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

measure() {
  local collection=$1 name
  name=$(basename "$collection")
  "$limier" index "$work/$name" "$collection/docs.jsonl" >&2
  "$limier" run "$work/$name" --topics "$collection/queries.tsv" --top 1000 > "$work/$name.run"
  "$limier" eval --qrels "$collection/qrels.txt" "$work/$name.run" | tail -n 1 |
    awk '{ printf "%s | %s | %s | %s", $(NF-3), $(NF-2), $(NF-1), $NF }' > "$work/$name.row"
}

{
  cat <<END
# Measured quality

Written by \`benchmarks/quality.sh DATA\`, with the defaults of $("$limier" --version | head -n 1); DATA holds the collections as
\`ir/NAME/{docs.jsonl,queries.tsv,qrels.txt}\`. The topics are asked as they are, as alternative words. A topic without any
hit counts 0; ties are broken as trec_eval does. The figures do not depend on the machine.

END
  echo "| collection | documents | topics | nDCG@10 | AP | RR | R@100 |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
  for collection in "$data"/ir/*/; do
    measure "${collection%/}"
    name=$(basename "$collection")
    printf '| %s | %d | %d | %s |\n' "$name" "$(wc -l < "$collection/docs.jsonl")" "$(wc -l < "$collection/queries.tsv")" \
      "$(cat "$work/$name.row")"
  done
} > "$work/quality.md"
mv "$work/quality.md" "$root/docs/quality.md"
