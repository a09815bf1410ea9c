#!/usr/bin/env bash
# Measures French analysis in memory on one core: Limier beside Lucene, Xapian and Snowball, their passes alternating.
#   benchmarks/analysis.sh TEXTS.jsonl             the peers have to be there: what is missing is named
#   benchmarks/analysis.sh --install TEXTS.jsonl   gets them first, by Maven and apt
# RUNS=7 measured passes of each. Writes benchmarks/runs/DATE-MACHINE/{environment.txt,analysis.csv,analysis.md}.
set -euo pipefail

install=no
[ "${1:-}" = --install ] && { install=yes; shift; }
[ $# = 1 ] || { echo "usage: benchmarks/analysis.sh [--install] TEXTS.jsonl" >&2; exit 2; }
data=$(realpath -e "$1")
runs=${RUNS:-7}
cd "$(dirname "$0")/.."
. benchmarks/machine.sh
peer=benchmarks/peers/lucene
current_lucene=build/peers/lucene/jars
current_lucene_needs_java=21
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { echo "analysis.sh: $*" >&2; }
fail() { say "$@"; exit 2; }

# --- The peers ---------------------------------------------------------------------------------------------------------
jdk=$(newest_jdk)
[ -n "$jdk" ] || fail "no JDK is installed: apt-get install default-jdk-headless"
has_current_lucene() { [ "$(java_version "$jdk")" -ge $current_lucene_needs_java ] && compgen -G "$current_lucene/*.jar" > /dev/null; }
debian_lucene() { for jar in /usr/share/java/lucene-{core,analyzers-common}-8.*.jar; do [ -e "$jar" ] && printf '%s:' "$jar"; done; }
has_libstemmer() { [ -e /usr/include/libstemmer.h ]; }

if [ $install = yes ]; then
  has_libstemmer || apt-get install -y libstemmer-dev >&2
  if [ "$(java_version "$jdk")" -ge $current_lucene_needs_java ]; then
    JAVA_HOME=$jdk mvn -q -B -f $peer/pom.xml process-classes >&2 || say "Maven failed: Debian's Lucene will do"
  fi
  has_current_lucene || apt-get install -y liblucene8-java >&2
fi
has_libstemmer || fail "libstemmer-dev is missing: --install gets it"
if has_current_lucene; then
  lucene=$current_lucene/*
else
  lucene=$(debian_lucene || true)
  [ -n "$lucene" ] || fail "Lucene is missing: --install gets it, by Maven (for JDK $current_lucene_needs_java and later) or as liblucene8-java"
  say "the current Lucene needs --install and JDK $current_lucene_needs_java: Debian's is measured"
fi

# --- Build -------------------------------------------------------------------------------------------------------------
"$jdk/bin/javac" -d "$work/classes" -cp "$lucene" $peer/src/main/java/LuceneAnalysis.java
{ cmake --preset release -DLIMIER_BENCHMARKS=ON && cmake --build --preset release --target limier_analysis_benchmark; } \
  > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; fail "the build failed"; }
benchmark=build/release/bin/limier_analysis_benchmark
"$benchmark" texts "$data" > "$work/texts"

# --- Measure: each engine warms up alone, then their passes alternate, all on one core ----------------------------------
one_core=()
if command -v taskset > /dev/null; then
  core=$(taskset -cp $$ | sed 's/.*[ ,-]//')  # the last that is allowed: interrupts prefer the first
  one_core=(taskset -c "$core")
fi
header=engine,run,seconds,cpu_seconds,bytes,tokens,words,checksum
java_options="-Xms1g -Xmx1g -XX:+UseSerialGC"  # one core has no use for another collector
engines=(limier lucene xapian snowball)
declare -A to from

start() {
  local engine=$1 line
  shift
  mkfifo "$work/$engine.to" "$work/$engine.from"
  "${one_core[@]}" "$@" < "$work/$engine.to" > "$work/$engine.from" &
  exec {to[$engine]}> "$work/$engine.to" {from[$engine]}< "$work/$engine.from"
  read -r line <&"${from[$engine]}" || fail "$engine did not start"
  echo "${line#\# }" > "$work/$engine.version"
  say "${line#\# }: warming up"
  { read -r line <&"${from[$engine]}" && [ "$line" = $header ]; } || fail "$engine stopped while warming up"
}

load_before=$(cut -d ' ' -f 1-3 /proc/loadavg)
for engine in "${engines[@]}"; do
  case $engine in
    # Lucene's passes become steady after five or six.
    lucene) start lucene "$jdk/bin/java" $java_options -cp "$work/classes:$lucene" LuceneAnalysis "$work/texts" 10 ;;
    xapian) start xapian "$benchmark" xapian "$data" --runs "$runs" --warm-up 1 --paced ;;
    *) start "$engine" "$benchmark" "$engine" "$data" --runs "$runs" --warm-up 3 --paced ;;
  esac
done
echo $header > "$work/analysis.csv"
for ((run = 1; run <= runs; ++run)); do
  say "pass $run of $runs"
  for engine in "${engines[@]}"; do
    echo go >&"${to[$engine]}"
    read -r row <&"${from[$engine]}" || fail "$engine stopped in pass $run"
    echo "$row" >> "$work/analysis.csv"
  done
done
for engine in "${engines[@]}"; do exec {to[$engine]}>&-; done
wait
load_after=$(cut -d ' ' -f 1-3 /proc/loadavg)

# --- Write -------------------------------------------------------------------------------------------------------------
version() { cat "$work/$1.version"; }
package_version() { dpkg-query -W -f '${Version}' "$1" 2> /dev/null || echo "of unknown version"; }
sed -i "s/\$/ $(package_version libstemmer0d)/" "$work/snowball.version"
count=$(tr -dc '\0' < "$work/texts" | wc -c)
out=benchmarks/runs/$(date +%F)-$(machine_name)
mkdir -p "$out"
cp "$work/analysis.csv" "$out/analysis.csv"

{
  describe_machine
  for engine in "${engines[@]}"; do printf '%-10s %s\n' "$engine:" "$(version "$engine")"; done
  echo "java:      $java_options"
  echo "core:      ${core:-any: taskset is missing}"
  echo "load:      $load_before before, $load_after after"
  echo "texts:     $(basename "$data"), $count texts, sha256 $(sha256sum < "$data" | cut -d ' ' -f 1)"
} > "$out/environment.txt"

cat > "$work/delivers.md" <<END
| engine | version | delivers | does not |
| --- | --- | --- | --- |
| limier | $(version limier) | stem, exact and folded term, byte offsets, position, stop words marked | |
| lucene | $(version lucene) | light stem, offsets in UTF-16 units, position | exact term, stop words; it is given UTF-16, not UTF-8 |
| xapian | $(version xapian) | exact terms with positions and Snowball stems, gathered in a document that is thrown away | offsets, folding, elision |
| snowball | $(version snowball) | Snowball stems of words that Limier split and folded to lower case before the clock started | all else |
END

# Seconds to figures; the lines are sorted by speed, so that who loses shows.
awk -F , -v title="$(date +%F), $(machine_name)" -v name="$(basename "$data")" -v count="$count" -v delivers="$work/delivers.md" '
  function sort(values, count,   i, j, t) {
    for (i = 2; i <= count; ++i)
      for (j = i; j > 1 && values[j] < values[j - 1]; --j) { t = values[j]; values[j] = values[j - 1]; values[j - 1] = t }
  }
  function goal(text, value, wanted) { printf "* %s: %.1f, %s.\n", text, value, (value >= wanted ? "reached" : "**not reached**") }
  NR == 1 { next }
  {
    if (!passes[$1]++) { order[++engines] = $1; tokens[$1] = $6; words[$1] = $7; checksum[$1] = $8 }
    if (!bytes) bytes = $5
    if ($5 != bytes) wrong = wrong "* " $1 " read " $5 " bytes, the first engine " bytes ".\n"
    if ($6 != tokens[$1] || $7 != words[$1] || $8 "" != checksum[$1] "") wrong = wrong "* " $1 ", pass " $2 ": not what its first pass gave.\n"
    seconds[$1, passes[$1]] = $4
    wall[$1] += $3; cpu[$1] += $4
  }
  END {
    for (i = 1; i <= engines; ++i) {
      e = order[i]; n = passes[e]
      for (j = 1; j <= n; ++j) values[j] = seconds[e, j]
      sort(values, n)
      fastest[e] = values[1]; slowest[e] = values[n]
      middle[e] = (values[int((n + 1) / 2)] + values[int(n / 2) + 1]) / 2
      speed[e] = bytes / middle[e] / 1e6
    }
    for (i = 2; i <= engines; ++i)
      for (j = i; j > 1 && speed[order[j]] > speed[order[j - 1]]; --j) { e = order[j]; order[j] = order[j - 1]; order[j - 1] = e }
    printf "# French analysis in memory, %s\n\n", title
    printf "Written by `benchmarks/analysis.sh`. %s: %d texts, %.1f MB (10^6 bytes) of UTF-8, one thread, one core. After warming up,\n", \
      name, count, bytes / 1e6
    printf "%d passes of each engine, alternating: the median, with the slowest and the fastest beside it. Times are CPU time of the\n", n
    print "process, all its threads together, so that other work on the machine weighs less; a ratio of wall to CPU time far above 1"
    print "says how much of it there was. A word is a position that the engine counts, a token what it hands over."
    print "The machine: [environment.txt](environment.txt); every pass: [analysis.csv](analysis.csv).\n"
    print "| engine | MB/s | slowest–fastest | ratio to Lucene | ns per token | ns per word | tokens | words | checksum | wall / CPU |"
    print "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |"
    for (i = 1; i <= engines; ++i) {
      e = order[i]
      printf "| %s | %.1f | %.1f–%.1f | %.2f | %.0f | %.0f | %d | %d | %s | %.2f |\n", e, speed[e], bytes / slowest[e] / 1e6, \
        bytes / fastest[e] / 1e6, speed[e] / speed["lucene"], middle[e] / tokens[e] * 1e9, middle[e] / words[e] * 1e9, \
        tokens[e], words[e], checksum[e], wall[e] / cpu[e]
    }
    print "\n## To reach\n"
    goal("At least 5 times the MB/s of Lucene", speed["limier"] / speed["lucene"], 5)
    goal("At least 100 MB/s", speed["limier"], 100)
    print "\n## What was measured\n"
    while ((getline line < delivers) > 0) print line
    print "\n## Why the counts differ\n"
    print "A checksum (of each term'\''s length, first and last character, of offsets and positions) says that the passes of one engine"
    print "gave the same; it cannot be compared between engines.\n"
    printf "* lucene drops stop words, %d of them, after counting them as words; `jeudi.Le`, without the space, is one word to it.\n", \
      words["lucene"] - tokens["lucene"]
    print "* xapian takes `590 000` and `a-t-il` apart, as lucene does, and `impots.gouv.fr` too; its tokens are its positions."
    print "* limier makes one word of `590 000` and of an address, none of the `t` in `a-t-il`, and two of `jeudi.Le`."
    print "* snowball is given the words of limier."
    if (wrong) printf "\n## Wrong\n\n%s", wrong
    exit wrong != ""
  }' "$out/analysis.csv" > "$out/analysis.md" || { say "the engines disagree with themselves: see the end of $out/analysis.md"; exit 1; }
say "wrote $out"
