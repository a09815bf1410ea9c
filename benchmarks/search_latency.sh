#!/usr/bin/env bash
# Measures how long somebody waits for the answer of a search, from a process that starts for it and in one that runs.
#   benchmarks/search_latency.sh ARTICLES.jsonl
# RUNS=101 processes. Writes docs/latency.md, and benchmarks/runs/DATE-MACHINE/latency-{environment.txt,*.csv}.
set -euo pipefail

[ $# = 1 ] || { echo "usage: benchmarks/search_latency.sh ARTICLES.jsonl" >&2; exit 2; }
articles=$(realpath -e "$1")
runs=${RUNS:-101} headlines=1000
cd "$(dirname "$0")/.."
. benchmarks/machine.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{ cmake --preset release -DLIMIER_BENCHMARKS=ON &&
    cmake --build --preset release --target limier_tool limier_search_latency_benchmark; } \
  > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 2; }
limier=build/release/bin/limier
benchmark=build/release/bin/limier_search_latency_benchmark
out=benchmarks/runs/$(date +%F)-$(machine_name)
mkdir -p "$out"

"$limier" index "$work/index" "$articles" > "$work/log"
question=(--facet section --histogram month "$work/index" accord climat gouvernement)
"$limier" search "${question[@]}" > "$work/answer"  # From here on, what is read lies in the page cache.
{
  describe_machine
  echo "articles:  $(basename "$articles"), $(wc -l < "$articles") lines, sha256 $(sha256sum < "$articles" | cut -d ' ' -f 1)"
} > "$out/latency-environment.txt"
"$benchmark" command "$runs" "$limier" --version > "$out/latency-version.csv"
"$benchmark" command "$runs" "$limier" search "${question[@]}" > "$out/latency-command.csv"
"$benchmark" headlines "$work/index" $headlines > "$out/latency-headlines.csv"
echo "load then: $(cut -d ' ' -f 1-3 /proc/loadavg)" >> "$out/latency-environment.txt"

# percentile FILE COLUMN SHARE: the smallest value that this share of all does not exceed
percentile() {
  tail -n +2 "$1" | cut -d , -f "$2" | sort -g | awk -v share="$3" '
    { value[NR] = $1 }
    END { at = int(NR * share); at += at < NR * share; printf "%.1f", value[at < 1 ? 1 : at] }'
}
row() {
  local name=$1 file=$2 column=$3
  echo "| $name | $(percentile "$file" "$column" 0.5) | $(percentile "$file" "$column" 0.95) | $(percentile "$file" "$column" 0.99) |"
}
found=$(tail -n +2 "$out/latency-headlines.csv" | awk -F , '$4 > 0' | wc -l)
total=$(tail -n +2 "$out/latency-headlines.csv" | awk -F , '{ sum += $3 } END { printf "%.0f", sum / NR }')

cat > docs/latency.md << PAGE
# How long a search takes

Written by \`benchmarks/search_latency.sh ARTICLES.jsonl\`. The index holds $(wc -l < "$articles") articles
($(basename "$articles")); it lies in the page cache. The machine: [environment](../$out/latency-environment.txt).
Milliseconds:

| | median | 95 % are below | 99 % |
| --- | ---: | ---: | ---: |
$(row 'a process: `limier search` of three words, ten hits with passages, a facet, a timeline' "$out/latency-command.csv" 2)
$(row '— of that, processor time' "$out/latency-command.csv" 3)
$(row 'a process that only starts: `limier --version`' "$out/latency-version.csv" 2)
$(row "a headline, ten hits with passages, in a process that runs" "$out/latency-headlines.csv" 2)

Processes: $runs of each, one after the other, from the call until they are gone, in
[latency-command.csv](../$out/latency-command.csv) and [latency-version.csv](../$out/latency-version.csv); the three words meet
$(head -n 1 "$work/answer"). The headlines are the titles of $headlines articles that are drawn with a fixed seed; their words are
alternatives, which meet $total articles on average, and for $found of them their own article is among the ten. Each is asked
twice, the second time counts: [latency-headlines.csv](../$out/latency-headlines.csv).

To reach: the process under 60 ms, $(awk -v median="$(percentile "$out/latency-command.csv" 2 0.5)" 'BEGIN { print median < 60 ? "reached" : "**not reached**" }').
PAGE
echo "search_latency.sh: wrote docs/latency.md and $out" >&2
