#!/usr/bin/env bash
# From a fresh checkout to a search: builds the command, indexes the corpus, shows what French search means.
set -euo pipefail
cd "$(dirname "$0")"

./install-packages.sh
cmake --preset release
cmake --build --preset release

export PATH="$PWD/build/release/bin:$PATH"
rm -rf build/demo-index

# Shows a command, then runs it.
demo() {
  printf '\n$ %s\n' "$1"
  eval "$1"
}

demo "limier index build/demo-index corpus"
demo "limier info build/demo-index"
