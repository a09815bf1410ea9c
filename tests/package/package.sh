#!/usr/bin/env bash
# Installs a built tree into a folder of its own, builds the project beside this script against it, and runs that.
# Usage: package.sh BUILD_DIR CXX_FLAGS
set -euo pipefail
project=$(cd "$(dirname "$0")" && pwd)
build=$1
flags=$2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >"$work/install.log"
cmake -S "$project" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CXX_FLAGS="$flags"
cmake --build "$work/build"

cd "$work"
build/press | tee found.txt
diff - found.txt <<'EXPECTED'
1 Moscou livre des armes à Bamako: L’accord a été signé jeudi.
EXPECTED

for file in man/man1/limier-search.1 man/fr/man1/limier-search.1 man/man7/limier-query.7 \
  bash-completion/completions/limier zsh/site-functions/_limier fish/vendor_completions.d/limier.fish; do
  test -s "prefix/share/$file"
done

# The installed command finds its library where it was put.
prefix/bin/limier search press.idx pêcheur | grep 'La pêche reprend'
