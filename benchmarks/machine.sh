# Read by the benchmarks' scripts, from the top of the repository.

machine_model() { lscpu | sed -n 's/^Model name: *//p' | head -n 1; }

# "Intel(R) Xeon(R) Processor @ 2.80GHz", 2 cores -> intel-xeon-2.80ghz-2-cores
machine_name() {
  echo "$(machine_model) $(nproc) cores" | sed -E 's/\((R|TM)\)|CPU|Processor|@//gi; s/[^A-Za-z0-9.]+/-/g; s/^-|-$//g' |
    tr '[:upper:]' '[:lower:]'
}

cached() { sed -n "s/^$1:[A-Z]*=//p" build/release/CMakeCache.txt; }

# What the figures of a release build depend on, a line each.
describe_machine() {
  local changes
  changes=$(git status --porcelain -- . ':!benchmarks/runs' | wc -l)
  echo "date:      $(date -u +%FT%TZ)"
  echo "cpu:       $(machine_model), $(nproc) cores$(lscpu | sed -n 's/^Hypervisor vendor: */, virtual machine on /p')"
  echo "caches:    $(lscpu | sed -n 's/^\(L[0-9][di]*\) cache: */\1 /p' | paste -s -d , | sed 's/,/, /g')"
  awk '/^MemTotal/ { printf "memory:    %.0f GiB\n", $2 / 1048576 }' /proc/meminfo
  echo "system:    $(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)"
  echo "compiler:  $("$(cached CMAKE_CXX_COMPILER)" --version | head -n 1), $(cached CMAKE_CXX_FLAGS_RELEASE)"
  echo "revision:  $(git rev-parse HEAD)$([ "$changes" = 0 ] || echo ", $changes files changed")"
  echo "load now:  $(cut -d ' ' -f 1-3 /proc/loadavg)"
}

# java_version HOME: 21
java_version() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p'; }

# The home of the newest JDK; nothing where there is none.
newest_jdk() {
  local home newest=
  for home in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] || continue
    if [ -z "$newest" ] || [ "$(java_version "$home")" -gt "$(java_version "$newest")" ]; then newest=$home; fi
  done
  echo "$newest"
}
