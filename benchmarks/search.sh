#!/usr/bin/env bash
# Measures indexing and searching beside other engines: speed, space, memory, and how long queries take.
#   benchmarks/search.sh DATA             DATA/{large/*.zst,news/*.jsonl} and DATA/ir/*/queries.tsv
#   benchmarks/search.sh --install DATA   gets the peers first, by Maven, Cargo and apt
# SHARE=1 of the documents, TOPICS=1000 titles and as many questions, PASSES=3, ENGINES='limier limier-reordered lucene lucene-8.7
# tantivy xapian sqlite', THREADS='1 2', MEMORY=256 MiB for what is not written yet, COLD=500000 documents of the index that new
# processes open, SAMPLE=10: of what takes long every tenth topic, that is of Xapian, of SQLite, and of comparing with every match.
# Writes benchmarks/runs/DATE-MACHINE/search-{environment.txt,indexing.csv,queries.csv.zst,memory.csv,opening.csv} and search.md.
set -euo pipefail

install=no
[ "${1:-}" = --install ] && { install=yes; shift; }
[ $# = 1 ] || { echo "usage: benchmarks/search.sh [--install] DATA" >&2; exit 2; }
data=$(realpath -e "$1")
share=${SHARE:-1} topics=${TOPICS:-1000} passes=${PASSES:-3} memory=${MEMORY:-256} cold=${COLD:-500000} sample=${SAMPLE:-10}
read -ra engines <<< "${ENGINES:-limier limier-reordered lucene lucene-8.7 tantivy xapian sqlite}"
read -ra threads <<< "${THREADS:-1 2}"
cd "$(dirname "$0")/.."
. benchmarks/machine.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { echo "search.sh: $*" >&2; }
has() { [[ " ${engines[*]} " = *" $1 "* ]]; }

# --- Build -------------------------------------------------------------------------------------------------------------
jdk=$(newest_jdk)
bin=build/release/bin
tantivy=build/peers/tantivy/release/tantivy-benchmark
declare -A jars=([lucene]=build/peers/lucene/jars [lucene-8.7]=build/peers/lucene/jars-8.7)
declare -A calls=([lucene]=main [lucene-8.7]=8.7)  # where each has its LuceneCalls
if [ $install = yes ]; then
  pom=benchmarks/peers/lucene/pom.xml
  ! has lucene || JAVA_HOME=$jdk mvn -q -B -f $pom process-classes >&2
  ! has lucene-8.7 || JAVA_HOME=$jdk mvn -q -B -f $pom -P 8.7 dependency:copy-dependencies@jars >&2
  ! has tantivy || cargo build -q --release --manifest-path benchmarks/peers/tantivy/Cargo.toml --target-dir build/peers/tantivy >&2
  ! has sqlite || dpkg -s libsqlite3-dev > /dev/null 2>&1 || apt-get install -y libsqlite3-dev >&2
fi
{ cmake --preset release -DLIMIER_BENCHMARKS=ON && cmake --build --preset release --target limier_tool benchmarks/all; } \
  > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 2; }
for engine in "${!jars[@]}"; do
  has "$engine" || continue
  sources=benchmarks/peers/lucene/src
  "$jdk/bin/javac" -nowarn -d "$work/$engine-classes" -cp "${jars[$engine]}/*" \
    $sources/main/java/LuceneBenchmark.java $sources/"${calls[$engine]}"/java/LuceneCalls.java 2> "$work/javac.log" ||
    { cat "$work/javac.log" >&2; say "$engine is missing: --install gets it, for JDK 21 and later"; exit 2; }
done
! has tantivy || [ -x $tantivy ] || { say "tantivy is missing: --install gets it"; exit 2; }
! has sqlite || [ -x $bin/limier_sqlite_benchmark ] || { say "SQLite is missing: --install gets it"; exit 2; }

# run ENGINE ARGUMENTS...: its program
java_options=(-Xms2g -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector)
run() {
  local engine=$1
  shift
  case $engine in
    limier-reordered) $bin/limier_search_benchmark "$@" $([ "$1" != index ] || echo reorder) ;;
    limier) $bin/limier_search_benchmark "$@" ;;
    lucene*) "$jdk/bin/java" "${java_options[@]}" -cp "$work/$engine-classes:${jars[$engine]}/*" LuceneBenchmark "$@" ;;
    tantivy) $tantivy "$@" ;;
    xapian | sqlite) "$bin/limier_${engine}_benchmark" "$@" ;;
  esac 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
}

# --- Measure -----------------------------------------------------------------------------------------------------------
run limier texts "$share" "$data"/large/*.zst "$data"/news/*.jsonl > "$work/texts"
run limier topics "$work/texts" "$topics" "$data"/ir/*/queries.tsv > "$work/topics"
awk -v sample="$sample" 'NR % sample == 1 || sample == 1' "$work/topics" > "$work/some-topics"
load_before=$(cut -d ' ' -f 1-3 /proc/loadavg)

# The index of one thread is searched later; Xapian and SQLite have no more.
for engine in "${engines[@]}"; do
  for count in "${threads[@]}"; do
    if [ "$count" != 1 ] && [[ $engine = xapian || $engine = sqlite ]]; then continue; fi
    say "$engine: indexing, threads: $count"
    run "$engine" index "$work/$engine-$count" "$work/texts" "$count" "$memory" | sed "s/^/$engine,$count,/" >> "$work/indexing.csv"
    [ "$count" = 1 ] || rm -r "${work:?}/$engine-$count"
  done
done

search() {  # ENGINE NAME TOPICS ARGUMENTS...: rows of queries
  say "$2: topics"
  run "$1" search "$work/$1-1" "$3" "$passes" "${@:4}" | sed "s/^/$2,/" > "$work/rows"
  grep -v "^$2,memory," "$work/rows" >> "$work/queries.csv"
  sed -n "s/^$2,memory,/$2,/p" "$work/rows" >> "$work/memory.csv"
}
names=()
for engine in "${engines[@]}"; do
  names+=("$engine")
  case $engine in
    limier | limier-reordered)
      search "$engine" "$engine" "$work/topics" plain
      search "$engine" "$engine-default" "$work/topics" default
      names+=("$engine-default")
      ;;
    xapian | sqlite) search "$engine" "$engine" "$work/some-topics" ;;
    *) search "$engine" "$engine" "$work/topics" ;;
  esac
done

agreeing=0
if has limier; then
  for ranking in plain default; do
    say "limier: every match, $ranking"
    compared=$(run limier compare "$work/limier-1" "$work/some-topics" $ranking)
    agreeing=$((agreeing + compared))
  done
fi

say "limier: new processes"
$bin/limier_many_documents_benchmark generate "$cold" 1 | $bin/limier index "$work/cold" - > "$work/log"
$bin/limier optimize "$work/cold" > "$work/log"
for ((i = 0; i < 101; ++i)); do $bin/limier_many_documents_benchmark ask "$work/cold" "fuga janma sudo méba"; done > "$work/opening.csv"
load_after=$(cut -d ' ' -f 1-3 /proc/loadavg)

# --- Write -------------------------------------------------------------------------------------------------------------
out=benchmarks/runs/$(date +%F)-$(machine_name)
mkdir -p "$out"
{
  echo "engine,threads,documents,bytes,seconds_to_commit,seconds,cpu_seconds,postings,stored,rest,peak_megabytes"
  cat "$work/indexing.csv"
} > "$out/search-indexing.csv"
{ echo "engine,kind,topic,hits,total,microseconds,best_score"; cat "$work/queries.csv"; } | zstd -q -19 -f -o "$out/search-queries.csv.zst"
{ echo "engine,own_megabytes,mapped_megabytes"; cat "$work/memory.csv"; } > "$out/search-memory.csv"
{ echo "milliseconds,processor_milliseconds,own_megabytes,mapped_megabytes,hits,matches"; cat "$work/opening.csv"; } > "$out/search-opening.csv"
{
  describe_machine
  for engine in "${!jars[@]}"; do
    ! has "$engine" || printf '%-10s %s\n' "$engine:" "$(basename "${jars[$engine]}"/lucene-core-*.jar .jar), Java $(java_version "$jdk"), ${java_options[*]}"
  done
  ! has tantivy || echo "tantivy:   $(sed -n 's/^tantivy = "=\(.*\)"/\1/p' benchmarks/peers/tantivy/Cargo.toml)"
  ! has xapian || echo "xapian:    $(pkg-config --modversion xapian-core)"
  ! has sqlite || echo "sqlite:    $(pkg-config --modversion sqlite3)"
  echo "load:      $load_before before, $load_after after"
  echo "texts:     $share of the documents of $(cd "$data" && echo large/*.zst news/*.jsonl)"
} > "$out/search-environment.txt"

# quantiles COLUMN FORMAT: of csv rows the mean, then what 50, 95 and 99 % do not exceed
quantiles() {
  cut -d , -f "$1" | sort -g | awk -v format="$2" '
    { value[NR] = $1; sum += $1 }
    function at(share,   i) { i = int(NR * share); i += i < NR * share; return value[i < 1 ? 1 : i] }
    END { printf format " | " format " | " format " | " format, sum / NR, at(0.5), at(0.95), at(0.99) }'
}
rows_of() { awk -F , -v engine="$1" -v kind="$2" '$1 == engine && $2 == kind' "$work/queries.csv"; }
sums() { awk -F , '{ hits += $4; matches += $5 } END { printf "%d | %d", hits, matches }'; }
{
  echo "# Indexing and searching, $(date +%F), $(machine_name)"
  echo
  echo "Written by \`benchmarks/search.sh\`: $(wc -l < "$work/topics") topics. The machine: [search-environment.txt](search-environment.txt);"
  echo "every row: [indexing](search-indexing.csv), [queries](search-queries.csv.zst), [memory](search-memory.csv), [opening](search-opening.csv)."
  echo
  echo "## Indexing"
  echo
  echo "Positions and stored text, one segment at the end. MB are 10^6 bytes; those of a second are of titles and texts in UTF-8, by the clock"
  echo "and by processor time (of all threads: it says more where there is other work on the machine). Peak memory is that of the process up"
  echo "to the commit; what is not written yet may take $memory MiB of it, where an engine has such a bound (Xapian has none). Xapian and SQLite"
  echo "index on one thread. SQLite stems nothing and stores texts as they are."
  echo
  echo "| engine | threads | documents | MB of text | MB/s | MB/s of processor time | postings, positions, terms: MB | stored text: MB | all else: MB | peak memory: MB |"
  echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
  awk -F , '{
    printf "| %s | %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f |\n",
      $1, $2, $3, $4 / 1e6, $4 / 1e6 / $6, $4 / 1e6 / $7, $8 / 1e6, $9 / 1e6, $10 / 1e6, $11 }' "$work/indexing.csv"
  echo
  echo "## Queries"
  echo
  echo "Microseconds, one thread, the index in memory, the least of $passes passes after warming up: from the words of the query to the ids and"
  echo "scores of ten hits. \`limier\` ranks by plain BM25 as the others do, \`limier-default\` as it does by itself; \`limier-reordered\` is the same"
  echo "index behind \`limier optimize --reorder\`. Hits and matches are sums over"
  echo "all topics, of Xapian and SQLite over every ${sample}th, to which alone they were put; how many match is counted to the end in *count* and"
  echo "*filter* alone, else up to 1,000 by Limier and Lucene, about so by Xapian, not by the others. Xapian looks for phrases of words as they"
  echo "stand; SQLite stems nothing, so it finds less."
  ! has limier || echo "That Limier's ten hits are those of all matches, each scored, was seen in $agreeing queries: every ${sample}th topic, each kind, the first stage of both rankings."
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
    for name in "${names[@]}"; do echo "| $name | $(rows_of "$name" $kind | quantiles 6 %.0f) | $(rows_of "$name" $kind | sums) |"; done
  done
  echo
  echo "## Memory while searching"
  echo
  echo "Behind the last topic, MB: the process's own, and pages of files that it reads in place. Of Lucene, most is Java's heap."
  echo
  echo "| engine | own | files' |"
  echo "| --- | ---: | ---: |"
  awk -F , '{ printf "| %s | %.1f | %.1f |\n", $1, $2, $3 }' "$work/memory.csv"
  echo
  echo "## Opening an index"
  echo
  echo "Limier alone: $(wc -l < "$work/opening.csv") new processes that open an index of $cold documents (made up by \`many_documents.cc\`, one segment, in the page"
  echo "cache), answer one query of four words by the default ranking, and end. Milliseconds:"
  echo
  echo "| | mean | 50 % are below | 95 % | 99 % |"
  echo "| --- | ---: | ---: | ---: | ---: |"
  echo "| from opening to ten hits with their documents | $(quantiles 1 %.1f < "$work/opening.csv") |"
  echo "| processor time of the process, its start too | $(quantiles 2 %.1f < "$work/opening.csv") |"
} > "$out/search.md"
say "wrote $out"
