#!/usr/bin/env bash
# Indexes ten million small documents of its own making within 4 GB of memory, and searches them in new processes.
#   benchmarks/many_documents.sh
# COUNT=10000000 documents, MEMORY=256 MiB for those that are not written yet, THREADS=2, RUNS=11 processes a query.
# Writes docs/many-documents.md, and benchmarks/runs/DATE-MACHINE/many-documents-{environment.txt,steps.csv,queries.csv}.
set -euo pipefail

[ $# = 0 ] || { echo "usage: benchmarks/many_documents.sh" >&2; exit 2; }
count=${COUNT:-10000000} memory=${MEMORY:-256} threads=${THREADS:-$(nproc)} runs=${RUNS:-11}
limit=4000000  # KB
cd "$(dirname "$0")/.."
. benchmarks/machine.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { echo "many_documents.sh: $*" >&2; }

{ cmake --preset release -DLIMIER_BENCHMARKS=ON && cmake --build --preset release --target limier_tool limier_many_documents_benchmark; } \
  > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 2; }
limier=build/release/bin/limier
benchmark=build/release/bin/limier_many_documents_benchmark
index=$work/index
out=benchmarks/runs/$(date +%F)-$(machine_name)
mkdir -p "$out"
steps=$out/many-documents-steps.csv queries=$out/many-documents-queries.csv

# measure NAME COMMAND...: a row of steps. A process gets no more memory of its own than the limit; with what it maps of files,
# it is looked at afterwards.
measure() {
  local name=$1
  shift
  say "$name"
  (ulimit -d $((limit * 1000 / 1024)) && exec /usr/bin/time -o "$work/time" -f '%e,%U,%S,%M' "$@") > "$work/log" 2>&1 ||
    { cat "$work/log" "$work/time" >&2; exit 1; }
  echo "$name,$(awk -F , '{ printf "%s,%.2f,%.0f", $1, $2 + $3, $4 * 1.024 }' "$work/time"),$(du -sB 1 "$index" | cut -f 1)" >> "$steps"
  awk -F , -v limit=$limit '$4 * 1.024 > limit { print "many_documents.sh: more than 4 GB" > "/dev/stderr"; exit 1 }' "$work/time"
}

describe_machine > "$out/many-documents-environment.txt"
echo "step,seconds,processor_seconds,peak_kilobytes,bytes_of_index" > "$steps"
measure index "$limier" index --memory "$memory" --threads "$threads" "$index" - < <("$benchmark" generate "$count" 1 | tee >(wc -c > "$work/bytes"))
measure optimize "$limier" optimize "$index"
measure check "$limier" check "$index"

# ask NAME FACET QUERY: rows of queries
ask() {
  say "$1"
  for ((run = 0; run < runs; ++run)); do
    echo "$1,\"${3//\"/\"\"}\",$("$benchmark" ask "$index" "$3" ${2:+"$2"})"
  done >> "$queries"
}
echo "name,query,milliseconds,processor_milliseconds,own_megabytes,mapped_megabytes,hits,matches" > "$queries"
ask "a rare word" "" trobodabé
ask "any word" "" "fuga janma sudo méba"
ask "all words" "" "+fuga +pas +dans"
ask "a phrase" "" '"ca ba"'
ask "a phrase of words of grammar" "" '"dans le"'
ask "a beginning" "" "janm*"
ask "any word within eight years with a facet" section "+(fuga janma sudo méba) +date:2008..2015"
ask "a frequent word and a facet" section plus
echo "load then: $(cut -d ' ' -f 1-3 /proc/loadavg)" >> "$out/many-documents-environment.txt"

# median NAME COLUMN, counted from the last one, which may stand behind a query with commas
median() { grep "^$1," "$queries" | awk -F , -v column="$2" '{ print $(NF - column) }' | sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
{
  echo "# Many documents"
  echo
  echo "Written by \`benchmarks/many_documents.sh\`: $count documents that it makes up, of 23 to 67 words by Zipf's law, with a title, a date, a section and"
  echo "an author, $(awk '{ printf "%.1f", $1 / 1e9 }' "$work/bytes") GB of JSON Lines, on a [machine](../$out/many-documents-environment.txt) of $(nproc) cores."
  echo "No process gets more than 4 GB of memory, those pages of files included that it reads in place."
  echo
  echo "| | seconds | of processor time | peak memory: MB | index behind it: GB |"
  echo "| --- | ---: | ---: | ---: | ---: |"
  while IFS=, read -r name seconds processor peak bytes; do
    case $name in
      index) command="zcat DOCUMENTS.jsonl.gz \\| limier index --memory $memory --threads $threads INDEX -" ;;
      *) command="limier $name INDEX" ;;
    esac
    awk -v command="$command" -v s="$seconds" -v p="$processor" -v m="$peak" -v b="$bytes" \
      'BEGIN { printf "| `%s` | %.0f | %.0f | %.0f | %.2f |\n", command, s, p, m / 1e3, b / 1e9 }'
  done < <(tail -n +2 "$steps")
  echo
  echo "Then each question in $runs new processes, the index in the page cache: from opening it to ten hits with their documents, ranked by default,"
  echo "every match counted. The medians, on a machine with a load of $(sed -n 's/^load now: *\([0-9.]*\).*/\1/p' "$out/many-documents-environment.txt") before and $(cut -d ' ' -f 1 /proc/loadavg) behind all of it:"
  echo
  echo "| question | milliseconds | own memory: MB | of files read in place: MB | matches |"
  echo "| --- | ---: | ---: | ---: | ---: |"
  tail -n +2 "$queries" | cut -d , -f 1 | uniq | while read -r name; do
    echo "| $name: \`$(grep -m 1 "^$name," "$queries" | sed 's/^[^"]*"\(.*\)",[^"]*$/\1/; s/""/"/g')\` | $(median "$name" 5) | $(median "$name" 3) | $(median "$name" 2) | $(median "$name" 0) |"
  done
  echo
  echo "Every row: [steps](../$steps), [questions](../$queries)."
} > docs/many-documents.md
say "wrote docs/many-documents.md and $out"
