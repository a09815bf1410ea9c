#!/usr/bin/env bash
# Installs those packages of packages.txt that are missing. Where none is, it needs neither rights nor a network.
set -euo pipefail
cd "$(dirname "$0")"

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

missing=()
while read -r package; do
  is_installed "$package" || missing+=("$package")
done < <(grep -v '^#' packages.txt)

if [ ${#missing[@]} -eq 0 ]; then
  echo "install-packages: nothing to do"
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi

echo "install-packages: installing ${missing[*]}"
"${as_root[@]}" apt-get update --quiet
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install --yes --quiet --no-install-recommends "${missing[@]}"
