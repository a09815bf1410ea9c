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
question=(--facet section --histogram month "$work/index" accord climmat gouvernement)  # a letter too many: another spelling is proposed
"$limier" search "${question[@]}" > "$work/answer"  # From here on, what is read lies in the page cache.
{
  describe_machine
  echo "articles:  $(basename "$articles"), $(wc -l < "$articles") lines, sha256 $(sha256sum < "$articles" | cut -d ' ' -f 1)"
} > "$out/latency-environment.txt"
# Where the system lets us, before other work: somebody who waits seldom does so on a machine that is busy elsewhere.
first=()
chrt --fifo 1 true 2> /dev/null && first=(chrt --fifo 1)
"${first[@]}" "$benchmark" command "$runs" "$limier" --version > "$out/latency-version.csv"
"${first[@]}" "$benchmark" command "$runs" "$limier" search "${question[@]}" > "$out/latency-command.csv"
"${first[@]}" "$benchmark" headlines "$work/index" $headlines > "$out/latency-headlines.csv"
echo "load then: $(cut -d ' ' -f 1-3 /proc/loadavg); measured ${first[*]:-with the usual priority}" >> "$out/latency-environment.txt"

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
column() { tail -n +2 "$out/latency-headlines.csv" | cut -d , -f "$1"; }
found=$(column 5 | grep -vcx 0)
met=$(column 4 | awk '{ sum += $1 } END { printf "%.0f", sum / NR }')
load() { sed -n "s/^load $1: *\([0-9.]*\).*/\1/p" "$out/latency-environment.txt"; }
median=$(percentile "$out/latency-command.csv" 2 0.5)

cat > docs/latency.md << PAGE
# How long a search takes

Written by \`benchmarks/search_latency.sh ARTICLES.jsonl\`: $(wc -l < "$articles") articles ($(basename "$articles")), whose index lies in the
page cache, on a [machine](../$out/latency-environment.txt) of $(nproc) cores with a load of $(load now) before and $(load then) behind${first:+; what is
measured went before the other work}. Milliseconds:

| | median | 95 % are below | 99 % |
| --- | ---: | ---: | ---: |
$(row '`limier search`: three words, one of them misspelt: ten hits with passages, another spelling, a facet and a timeline' "$out/latency-command.csv" 2)
$(row 'its processor time' "$out/latency-command.csv" 3)
$(row '`limier --version`: a process that only starts' "$out/latency-version.csv" 2)
$(row 'its processor time' "$out/latency-version.csv" 3)
$(row 'a headline, ten hits with passages, in a process that runs' "$out/latency-headlines.csv" 2)
$(row 'its processor time' "$out/latency-headlines.csv" 3)

Of each process $runs runs, from the call until it is gone: [search](../$out/latency-command.csv),
[start](../$out/latency-version.csv). The headlines are the titles of $headlines articles drawn with a fixed seed, their words
alternatives, which meet $met articles on average; for $found of them their own article is among the ten. Each is asked twice, and
[the second time](../$out/latency-headlines.csv) counts.

To reach: the process under 60 ms, $(awk -v median="$median" 'BEGIN { print median < 60 ? "reached" : "**not reached**" }').
PAGE
echo "search_latency.sh: wrote docs/latency.md and $out" >&2
