#!/usr/bin/env bash
# Measures what each step of the analyzer is good for and writes docs/analysis-ablation.md.
#   benchmarks/ablation.sh DATA                      DATA/ir/NAME/{docs.jsonl,queries.tsv,qrels.txt}
#   COLLECTIONS='a b' benchmarks/ablation.sh DATA    these alone
#   JOBS=2 benchmarks/ablation.sh DATA               so many indexes at a time; default 1
set -euo pipefail

data=${1:?usage: benchmarks/ablation.sh DATA}
root=$(cd "$(dirname "$0")/.." && pwd)
limier=$root/build/release/bin/limier
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -x "$limier" ] || { echo "ablation.sh: build the release first: cmake --preset release && cmake --build --preset release" >&2; exit 2; }
# The quickest first.
collections=${COLLECTIONS:-$(cd "$data/ir" && wc -c ./*/docs.jsonl | sed '/total$/d' | sort -n | sed 's|.*\./||; s|/docs.jsonl||')}

# Settings, and what the table calls them.
variants=(
  "|the defaults"
  "lexicon=off|without the lexicon"
  "accent_folding=off|without folding accents"
  "elision=off|without elision"
  "compounds=off|without ties by hyphens"
  "numbers=off|without joining numbers"
  "stop_words=off|without stop words"
  "stemmer=none|stemmer none"
  "stemmer=minimal|stemmer minimal"
  "stemmer=minimal,lexicon=off|stemmer minimal, without the lexicon"
  "stemmer=light|stemmer light"
  "stemmer=light,lexicon=off|stemmer light, without the lexicon"
)

# Prints the mean of the topics' nDCG@10.
measure() {
  local collection=$data/ir/$1 settings=$2 name=$work/$1-$3
  "$limier" index ${settings:+--analyzer "$settings"} "$name" "$collection/docs.jsonl" > "$name.log" 2>&1
  "$limier" run "$name" --topics "$collection/queries.tsv" --top 100 > "$name.run"
  "$limier" eval --measures nDCG@10 --format csv --qrels "$collection/qrels.txt" "$name.run" | awk -F, 'END { printf "%.4f\n", $4 }' > "$name.figure"
  echo "ablation.sh: $1 ${settings:-defaults} $(cat "$name.figure")" >&2
  rm -rf "$name" "$name.run"
}

for collection in $collections; do
  for i in "${!variants[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-1}" ]; do wait -n; done
    measure "$collection" "${variants[$i]%%|*}" "$i" &
  done
done
while [ "$(jobs -rp | wc -l)" -gt 0 ]; do wait -n; done

# A cell of the table: the figure, and how far it is from the defaults'.
cell() {
  awk -v figure="$(cat "$work/$1-$2.figure")" -v base="$(cat "$work/$1-0.figure")" -v first="$2" \
    'BEGIN { if (first == 0) printf " %.4f |", figure; else printf " %.4f (%+.4f) |", figure, figure - base }'
}

echo '{"id": "1", "title": "Un"}' > "$work/one.jsonl"
"$limier" index "$work/one" "$work/one.jsonl" > "$work/one.log"
defaults=$("$limier" info "$work/one" | awk '/^analyzer/ { print $NF }')

{
  cat <<END
# What each step of the analysis is good for

Written by \`benchmarks/ablation.sh DATA\`; DATA holds the collections as \`ir/NAME/{docs.jsonl,queries.tsv,qrels.txt}\`. nDCG@10 over
all topics with the default ranking; in parentheses the difference from the defaults, \`$defaults\`.
A row is made with \`limier index --analyzer SETTINGS\`, index and queries alike. The figures do not depend on the machine.

END
  printf '| analysis | settings |'
  for collection in $collections; do printf ' %s |' "$collection"; done
  printf '\n| --- | --- |'
  for collection in $collections; do printf ' ---: |'; done
  printf '\n'
  for i in "${!variants[@]}"; do
    settings=${variants[$i]%%|*}
    printf '| %s | %s |' "${variants[$i]#*|}" "${settings:+\`$settings\`}"
    for collection in $collections; do cell "$collection" "$i"; done
    printf '\n'
  done
} > "$work/ablation.md"
mv "$work/ablation.md" "$root/docs/analysis-ablation.md"
