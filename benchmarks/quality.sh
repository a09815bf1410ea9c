#!/usr/bin/env bash
# Measures the ranking on retrieval collections, as a whole and without each of its parts, and writes docs/quality.md.
#   benchmarks/quality.sh DATA                      DATA/ir/NAME/{docs.jsonl,queries.tsv,qrels.txt}
#   benchmarks/quality.sh DATA PAGE                 writes PAGE instead
#   COLLECTIONS='a b' benchmarks/quality.sh DATA    these alone
#   RUNS=DIR benchmarks/quality.sh DATA             leaves the runs of the defaults and of Lucene there
# Lucene is measured beside it where `benchmarks/analysis.sh --install` has left it and a JDK can run it.
set -euo pipefail

data=${1:?usage: benchmarks/quality.sh DATA [PAGE]}
root=$(cd "$(dirname "$0")/.." && pwd)
page=${2:-$root/docs/quality.md}
limier=$root/build/release/bin/limier
lucene=$root/build/peers/lucene
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -x "$limier" ] || { echo "quality.sh: build the release first: cmake --preset release && cmake --build --preset release" >&2; exit 2; }
collections=${COLLECTIONS:-$(basename -a "$data"/ir/*/)}

off="--exact-share 0 --stop-share 0 --family-share 0 --misspelt-share 0 --lead-share 0 --pair-share 0 --order-share 0 --mark-share 0"
# Options, and what the table calls them.
variants=(
  "|the defaults"
  "--title-weight 1|titles like texts"
  "--exact-share 0|without the share of the very form"
  "--stop-share 0|without rare words of grammar"
  "--family-share 0|without words of the same family"
  "--misspelt-share 0|without mending misspelt words"
  "--lead-share 0|without the lead"
  "--pair-share 0|without pairs"
  "--order-share 0|without neighbours in order"
  "--mark-share 0|without marks of names and quotations"
  "$off|BM25 alone"
  "$off --k1 1.2 --title-weight 1|BM25 alone, k1 = 1.2, titles like texts"
)

# The mean nDCG@10, AP, RR and R@100 of a run.
measures() {
  "$limier" eval --measures 'nDCG@10 AP RR R@100' --samples 1 --format csv --qrels "$data/ir/$1/qrels.txt" "$2" |
    awk -F, 'NR > 1 { printf "%s%.4f", (NR > 2 ? " " : ""), $4 } END { print "" }'
}

# Milliseconds a topic for the best ten.
latency() {
  local start stop
  start=$(date +%s%N)
  # shellcheck disable=SC2086
  "$limier" run "$work/$1" --topics "$data/ir/$1/queries.tsv" --top 10 $2 > /dev/null
  stop=$(date +%s%N)
  awk -v ns=$((stop - start)) -v topics="$(wc -l < "$data/ir/$1/queries.tsv")" 'BEGIN { printf "%.2f", ns / 1e6 / topics }'
}

measure() {
  local name=$1
  "$limier" index "$work/$name" "$data/ir/$name/docs.jsonl" >&2
  for i in "${!variants[@]}"; do
    # shellcheck disable=SC2086
    "$limier" run "$work/$name" --topics "$data/ir/$name/queries.tsv" --top 1000 ${variants[$i]%%|*} > "$work/$name-$i.run"
    measures "$name" "$work/$name-$i.run" > "$work/$name-$i.measures"
    latency "$name" "${variants[$i]%%|*}" > "$work/$name-$i.latency"
    echo "quality.sh: $name, ${variants[$i]#*|}: $(cat "$work/$name-$i.measures")" >&2
  done
  [ -z "${RUNS:-}" ] || cp "$work/$name-0.run" "$RUNS/$name.limier.run"
}

# By the newest JDK.
java=$(ls -d /usr/lib/jvm/*/bin/java 2> /dev/null | while read -r each; do
  echo "$("$each" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p') $each"
done | sort -n | tail -n 1 | cut -d ' ' -f 2)
has_lucene() { [ -e "$lucene/classes/LuceneSearch.class" ] && [ -n "$java" ]; }

measure_lucene() {
  local name=$1
  python3 -c '
import json, sys
for line in sys.stdin:
    document = json.loads(line)
    sys.stdout.write(document["id"] + "\0" + document.get("title", "") + "\n" + document["text"] + "\0")' \
    < "$data/ir/$name/docs.jsonl" > "$work/$name.texts"
  "$java" -cp "$lucene/classes:$lucene/jars/*" LuceneSearch "$work/$name.texts" "$data/ir/$name/queries.tsv" > "$work/$name-lucene.run"
  measures "$name" "$work/$name-lucene.run" > "$work/$name-lucene.measures"
  rm "$work/$name.texts"
  [ -z "${RUNS:-}" ] || cp "$work/$name-lucene.run" "$RUNS/$name.lucene.run"
}

for name in $collections; do
  measure "$name"
  if has_lucene; then measure_lucene "$name"; fi
done

row() { printf '| %s | %d | %d | %s |\n' "$1" "$(wc -l < "$data/ir/$2/docs.jsonl")" "$(wc -l < "$data/ir/$2/queries.tsv")" "$(sed 's/ / | /g' "$3")"; }

# Whether the defaults differ from Lucene by more than chance.
significance_row() {
  "$limier" eval --measures nDCG@10 --format csv --qrels "$data/ir/$1/qrels.txt" "$work/$1-lucene.run" "$work/$1-0.run" |
    awk -F, -v name="$1" 'NR == 3 {
      printf "| %s | %+.4f | %+.4f to %+.4f | %.2f | %d | %d | %d | %.2g | %.2g |\n", name, $8, $9, $10, $11, $12, $13, $14, $15, $17 }'
}

# A cell of the second table: the figure, and how far it is from the defaults'.
cell() {
  awk -v figure="$(cut -d ' ' -f 1 "$work/$1-$2.measures")" -v base="$(cut -d ' ' -f 1 "$work/$1-0.measures")" -v first="$2" \
    'BEGIN { if (first == 0) printf " %.4f |", figure; else printf " %.4f (%+.4f) |", figure, figure - base }'
}

heading() {
  printf '| ranking | options |'
  for name in $collections; do printf ' %s |' "$name"; done
  printf '\n| --- | --- |'
  for name in $collections; do printf ' ---: |'; done
  printf '\n'
}

table() {
  heading
  for i in "${!variants[@]}"; do
    settings=${variants[$i]%%|*}
    printf '| %s | %s |' "${variants[$i]#*|}" "${settings:+\`$settings\`}"
    for name in $collections; do "$1" "$name" "$i"; done
    printf '\n'
  done
}
latency_cell() { printf ' %s |' "$(cat "$work/$1-$2.latency")"; }

{
  cat <<END
# Measured quality

Written by \`benchmarks/quality.sh DATA\`, with the defaults of $("$limier" --version | head -n 1); DATA holds the collections as
\`ir/NAME/{docs.jsonl,queries.tsv,qrels.txt}\`. The topics are asked as they are, as alternative words. A topic without any
hit counts 0; ties are broken as trec_eval does. The figures do not depend on the machine, but for the times.

| collection | documents | topics | nDCG@10 | AP | RR | R@100 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
END
  for name in $collections; do
    row "$name" "$name" "$work/$name-0.measures"
    if has_lucene; then row "$name, Lucene" "$name" "$work/$name-lucene.measures"; fi
  done
  if has_lucene; then
    cat <<END

Lucene is $(basename "$lucene"/jars/lucene-core-*.jar .jar) with its FrenchAnalyzer and BM25 as they come, title and text in one field
([LuceneSearch](../benchmarks/peers/lucene/src/main/java/LuceneSearch.java)), on the same topics.

How far the defaults are from it in nDCG@10, by \`limier eval\` ([what chance may do](evaluation.md#what-chance-may-do)):

| collection | difference | interval, 95 % | d | won | lost | tied | t-test, p | randomisation, p |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
END
    for name in $collections; do significance_row "$name"; done
  fi
  cat <<END

## What each part of the ranking is good for

nDCG@10; in parentheses the difference from the defaults. [Ranking](ranking.md) says what the parts are.

END
  table cell
  cat <<END

What it costs: milliseconds a topic for the best ten, the start of the command included, of $(lscpu | sed -n 's/^Model name: *//p'),
one thread.

END
  table latency_cell
} > "$work/quality.md"
mv "$work/quality.md" "$page"
