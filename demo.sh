#!/usr/bin/env bash
# From a fresh checkout to a search: builds the command, indexes the corpus, shows what French search means.
set -euo pipefail
cd "$(dirname "$0")"

./install-packages.sh
cmake --preset release
cmake --build --preset release --target limier_tool

export PATH="$PWD/build/release/bin:$PATH"
rm -rf build/demo-index

# Shows a command, then runs it.
demo() {
  printf '\n$ %s\n' "$1"
  eval "$1"
}

demo 'limier index build/demo-index corpus'
demo 'limier info build/demo-index'

# Words typed without accents meet every accented spelling.
demo 'limier search build/demo-index --top 3 cholera a douala'
# An elision does not hide the word behind it.
demo 'limier search build/demo-index titre:or'
# A phrase is exact, and a number is one word however its digits are grouped.
demo "limier search build/demo-index '\"grande muraille verte\"'"
demo "limier search build/demo-index '\"1500 francs\"'"
# Fields, dates, and all of it together.
demo 'limier search build/demo-index --top 3 prix du coton +date:2022..2024'
demo "limier search build/demo-index '(cacao OU coton) SAUF rubrique:économie'"
demo "limier analyze \"Aujourd'hui, l'œuvre des pêcheurs de Guinée-Bissau\""
