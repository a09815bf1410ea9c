#!/usr/bin/env bash
# Measures what Limier, trafilatura and Readability take for the articles of the same pages, and how fast.
#   benchmarks/extraction.sh DATA             DATA/extract/{news-site,snippets,whole}; the peers have to be there
#   benchmarks/extraction.sh --install DATA   gets them first, by pip and npm
# RUNS=5 passes of each in turns, on one core; the median counts. Writes benchmarks/runs/DATE-MACHINE/extraction.md.
set -euo pipefail

install=no
[ "${1:-}" = --install ] && { install=yes; shift; }
[ $# = 1 ] || { echo "usage: benchmarks/extraction.sh [--install] DATA" >&2; exit 2; }
data=$(realpath -e "$1")/extract
runs=${RUNS:-5}
cd "$(dirname "$0")/.."
. benchmarks/machine.sh
peers=build/peers
limier=build/release/bin/limier
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "extraction.sh: $*" >&2; exit 2; }

if [ $install = yes ]; then
  python3 -m venv $peers/trafilatura
  $peers/trafilatura/bin/pip install --quiet -r benchmarks/peers/trafilatura/requirements.txt
  mkdir -p $peers/readability
  cp benchmarks/peers/readability/* $peers/readability
  (cd $peers/readability && npm install --silent --no-audit --no-fund)
fi
[ -x $peers/trafilatura/bin/python ] || fail "trafilatura is missing: --install gets it"
[ -d $peers/readability/node_modules ] || fail "Readability is missing: --install gets it"
[ -x $limier ] || fail "build the release first: cmake --preset release && cmake --build --preset release"

# The same pages for all, and no others.
pages=$work/pages
mkdir "$pages"
cp -r "$data"/news-site/html "$data"/snippets "$data"/whole "$pages"
find "$pages" -type f ! -name '*.html' -delete
rm "$pages"/whole/*/expected.html
html=("$pages"/html/*.html "$pages"/snippets/*.html "$pages"/whole/*/source.html)
core=$(($(nproc) - 1))
on_core() { taskset -c $core "$@"; }

# Limier reads folders. Its time is that of the whole process: its start, walking the folders, reading the files, learning
# what repeats, printing. That of the others is the work on pages that are in memory, with all modules loaded.
limier_run() {
  local out=$1 times
  shift
  times=$({ TIMEFORMAT='%U %S'; time on_core "$limier" extract "$@" > "$out"; } 2>&1 | tail -n 1)
  awk -v pages="$(wc -l < "$out")" '{ printf "{\"seconds\": %s, \"pages\": %d}\n", $1 + $2, pages }' <<< "$times" >> "$out"
}
measure() {
  local name=$1 run=$2
  case $name in
    limier) limier_run "$work/limier.$run" "$pages"/html "$pages"/snippets "$pages"/whole ;;
    limier-dumps) limier_run "$work/limier-dumps.$run" "$data"/news-site/dump ;;
    trafilatura) on_core $peers/trafilatura/bin/python benchmarks/peers/trafilatura/extract.py "${html[@]}" > "$work/$name.$run" ;;
    readability) on_core node $peers/readability/extract.js "${html[@]}" > "$work/$name.$run" ;;
  esac
}
passes() { paste -s -d , <(printf '%s\n' "$work/$1".[0-9]*); }

for ((run = 1; run <= runs; ++run)); do
  for name in limier limier-dumps trafilatura readability; do
    echo "extraction.sh: pass $run of $runs: $name" >&2
    measure $name "$run"
  done
done

out=benchmarks/runs/$(date +%F)-$(machine_name)
mkdir -p "$out"
{
  printf '# Articles of web pages, %s\n\n' "$(date +%F)"
  echo "Written by \`benchmarks/extraction.sh DATA\`: $("$limier" --version | head -n 1), trafilatura" \
    "$($peers/trafilatura/bin/pip show trafilatura | sed -n 's/^Version: //p')," \
    "Readability $(node -p "require('./$peers/readability/node_modules/@mozilla/readability/package.json').version") on jsdom."
  echo
  echo '```'
  describe_machine
  echo '```'
  echo
  echo "Speed: CPU time on core $core, the median of $runs passes, one program after the other in each. Limier's is that of its"
  echo "whole process: start, reading, printing; the others' that of the work on pages in memory, their start and imports not"
  echo "counted. All with their defaults. \`benchmarks/score_extraction.py\` says how the other columns are counted."
  echo
  python3 benchmarks/score_extraction.py "$data" "limier=$(passes limier)" "limier=$(passes limier-dumps)" \
    "trafilatura=$(passes trafilatura)" "readability=$(passes readability)"
} > "$work/extraction.md"
cp "$work/extraction.md" "$out/extraction.md"
echo "extraction.sh: wrote $out/extraction.md" >&2
