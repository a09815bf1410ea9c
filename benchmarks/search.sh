#!/usr/bin/env bash
# Measures indexing and searching beside Lucene and tantivy: speed, space, memory, and how long queries take.
#   benchmarks/search.sh DATA             DATA/{large/*.zst,news/*.jsonl} and DATA/ir/*/queries.tsv
#   benchmarks/search.sh --install DATA   gets the peers first, by Maven and Cargo
# SHARE=1 of the documents, TOPICS=1000 titles and as many questions, PASSES=3, ENGINES='limier lucene tantivy'.
# Writes benchmarks/runs/DATE-MACHINE/search-{environment.txt,indexing.csv,queries.csv.zst} and search.md.
set -euo pipefail

install=no
[ "${1:-}" = --install ] && { install=yes; shift; }
[ $# = 1 ] || { echo "usage: benchmarks/search.sh [--install] DATA" >&2; exit 2; }
data=$(realpath -e "$1")
share=${SHARE:-1} topics=${TOPICS:-1000} passes=${PASSES:-3} engines=${ENGINES:-limier lucene tantivy}
cd "$(dirname "$0")/.."
. benchmarks/machine.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { echo "search.sh: $*" >&2; }
has() { [[ " $engines " = *" $1 "* ]]; }

# --- Build -------------------------------------------------------------------------------------------------------------
jdk=$(newest_jdk)
jars=build/peers/lucene/jars
tantivy=build/peers/tantivy/release/tantivy-benchmark
if [ $install = yes ]; then
  JAVA_HOME=$jdk mvn -q -B -f benchmarks/peers/lucene/pom.xml process-classes >&2
  cargo build -q --release --manifest-path benchmarks/peers/tantivy/Cargo.toml --target-dir build/peers/tantivy >&2
fi
if has lucene; then
  "$jdk/bin/javac" -nowarn -d "$work/classes" -cp "$jars/*" benchmarks/peers/lucene/src/main/java/LuceneBenchmark.java 2> "$work/javac.log" ||
    { cat "$work/javac.log" >&2; say "Lucene is missing: --install gets it, for JDK 21 and later"; exit 2; }
fi
! has tantivy || [ -x $tantivy ] || { say "tantivy is missing: --install gets it"; exit 2; }
{ cmake --preset release -DLIMIER_BENCHMARKS=ON && cmake --build --preset release --target limier_search_benchmark; } \
  > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 2; }
limier=build/release/bin/limier_search_benchmark
java=("$jdk/bin/java" -Xms2g -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector
  -cp "$work/classes:$jars/*" LuceneBenchmark)

# --- Measure -----------------------------------------------------------------------------------------------------------
"$limier" texts "$share" "$data"/large/*.zst "$data"/news/*.jsonl > "$work/texts"
"$limier" topics "$work/texts" "$topics" "$data"/ir/*/queries.tsv > "$work/topics"
load_before=$(cut -d ' ' -f 1-3 /proc/loadavg)
for engine in $engines; do
  say "$engine"
  case $engine in
    limier) index=("$limier" index "$work/limier" "$work/texts" 1) ;;
    lucene) index=("${java[@]}" index "$work/lucene" "$work/texts" 1) ;;
    tantivy) index=("$tantivy" index "$work/tantivy" "$work/texts" 1) ;;
  esac
  "${index[@]}" >> "$work/indexing.csv" 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
done
for engine in $engines; do
  say "$engine: topics"
  case $engine in
    limier)
      "$limier" search "$work/limier" "$work/topics" plain "$passes"
      "$limier" search "$work/limier" "$work/topics" default "$passes"
      ;;
    lucene) "${java[@]}" search "$work/lucene" "$work/topics" "$passes" 2> /dev/null ;;
    tantivy) "$tantivy" search "$work/tantivy" "$work/topics" "$passes" ;;
  esac >> "$work/queries.csv"
done
load_after=$(cut -d ' ' -f 1-3 /proc/loadavg)

# --- Write -------------------------------------------------------------------------------------------------------------
out=benchmarks/runs/$(date +%F)-$(machine_name)
mkdir -p "$out"
{ echo "engine,documents,bytes,seconds_to_commit,seconds,cpu_seconds,postings,stored,rest,peak_megabytes"; cat "$work/indexing.csv"; } > "$out/search-indexing.csv"
{ echo "engine,kind,topic,hits,total,microseconds,best_score"; cat "$work/queries.csv"; } | zstd -q -19 -f -o "$out/search-queries.csv.zst"
{
  describe_machine
  has lucene && echo "lucene:    $(basename $jars/lucene-core-*.jar .jar), Java $(java_version "$jdk"), ${java[*]:1:5}"
  has tantivy && echo "tantivy:   $(sed -n 's/^tantivy = "=\(.*\)"/\1/p' benchmarks/peers/tantivy/Cargo.toml)"
  echo "load:      $load_before before, $load_after after"
  echo "texts:     $share of the documents of $(cd "$data" && echo large/*.zst news/*.jsonl)"
} > "$out/search-environment.txt"

percentiles() {  # ENGINE KIND: mean, 50 %, 95 %, 99 %, sums of hits and of matches
  awk -F , -v engine="$1" -v kind="$2" '$1 == engine && $2 == kind { print $6, $4, $5 }' "$work/queries.csv" | sort -g | awk '
    { time[NR] = $1; sum += $1; hits += $2; total += $3 }
    function at(share,   i) { i = int(NR * share); i += i < NR * share; return time[i < 1 ? 1 : i] }
    END { printf "%.0f | %.0f | %.0f | %.0f | %d | %d\n", sum / NR, at(0.5), at(0.95), at(0.99), hits, total }'
}
names=${engines/limier/limier limier-default}
{
  echo "# Indexing and searching, $(date +%F), $(machine_name)"
  echo
  echo "Written by \`benchmarks/search.sh\`: $(wc -l < "$work/topics") topics. The machine: [search-environment.txt](search-environment.txt);"
  echo "every row: [search-indexing.csv](search-indexing.csv) and [search-queries.csv.zst](search-queries.csv.zst)."
  echo
  echo "## Indexing"
  echo
  echo "One thread, positions and stored text, one segment at the end. MB are 10^6 bytes; those of a second are of titles and texts in"
  echo "UTF-8, by the clock and by processor time (of all threads: it says more where there is other work on the machine). Peak memory"
  echo "is that of the process up to the commit."
  echo
  echo "| engine | documents | MB of text | MB/s | MB/s of processor time | postings, positions, terms: MB | stored text: MB | all else: MB | peak memory: MB |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
  awk -F , '{ printf "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f |\n", $1, $2, $3 / 1e6, $3 / 1e6 / $5, $3 / 1e6 / $6, $7 / 1e6, $8 / 1e6, $9 / 1e6, $10 }' "$work/indexing.csv"
  echo
  echo "## Queries"
  echo
  echo "Microseconds, one thread, the index in memory, the least of $passes passes after warming up: from the words of the query to the ids and"
  echo "scores of ten hits. \`limier\` ranks by plain BM25 as the others do, \`limier-default\` as it does by itself. Hits and matches are sums over"
  echo "all topics; how many match is counted to the end in *count* and *filter* alone, else up to 1,000 by Limier and Lucene, not by tantivy."
  for kind in any all phrase prefix count filter; do
    echo
    case $kind in
      any) echo "### Any word" ;;
      all) echo "### All words, those of grammar left out" ;;
      phrase) echo "### A phrase of two words" ;;
      prefix) echo "### Words that begin so (tantivy does not rank these)" ;;
      count) echo "### Any word, and how many match" ;;
      filter) echo "### Any word, within eight years, with a facet" ;;
    esac
    echo
    echo "| engine | mean | 50 % are below | 95 % | 99 % | hits | matches |"
    echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for engine in $names; do echo "| $engine | $(percentiles "$engine" $kind) |"; done
  done
} > "$out/search.md"
say "wrote $out"
