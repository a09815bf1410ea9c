#!/usr/bin/env bash
# The shared library shows the world what the public headers declare, and nothing else.
# Usage: exports.sh LIBRARY
set -euo pipefail

exported=$(nm --dynamic --demangle --defined-only "$1" | cut -d' ' -f3-)

strangers=$(grep -Ev '^((non-virtual thunk to|vtable for|typeinfo for|typeinfo name for|VTT for) )?limier::' <<<"$exported" || true)
if [ -n "$strangers" ]; then
  printf 'exported, though not of the public headers:\n%s\n' "$strangers"
  exit 1
fi

for name in 'limier::Analyzer::analyze(' 'limier::parse_query(' 'limier::IndexWriter::commit(' 'typeinfo for limier::Error'; do
  grep -qF "$name" <<<"$exported" || { echo "not exported: $name"; exit 1; }
done
echo "$(wc -l <<<"$exported") names exported, all of limier"
