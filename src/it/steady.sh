#!/usr/bin/env bash
# Runs the tests N times in a row while another build keeps the machine busy, and lists each run's result and every test that
# failed. Exit code 1 if any did. What else is given goes to Maven, as -Dtest=... does. Leaves the logs in target/steady.
#
# usage: src/it/steady.sh N [Maven's arguments]
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=${1:-}
case $runs in
  '' | *[!0-9]*) echo "usage: $0 N [Maven's arguments]" >&2; exit 2 ;;
esac
shift

logs=$PWD/target/steady
rm -rf "$logs"
mkdir -p "$logs"
other=$(mktemp -d)

# A local AWS has a session of its own, and ends by itself when its build has.
at_the_end() {
  local server tries
  for server in $(sed -n 's/.*(process \([0-9]*\), log .*/\1/p' "$logs"/run-*.log 2>/dev/null); do
    for tries in {1..100}; do
      kill -0 "$server" 2>/dev/null || break
      sleep 0.1
    done
  done
  rm -rf "$other"
}
source src/it/jobs.sh

other_build() {
  cd "$other/clone"
  while ./mvnw -q clean test-compile -Dlocal-aws.skip=true; do :; done
  echo "the build beside the tests has failed"
}

# The names of the tests that failed: Surefire's, then pytest's.
failed() {
  cat target/surefire-reports/TEST-*.xml 2>/dev/null | awk '
    function attribute(name) {
      if (!match($0, " " name "=\"[^\"]*")) return ""
      return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
    }
    /<testcase / { test = attribute("classname") "." attribute("name") }
    /<(failure|error)[ >]/ && test != "" { print test; test = "" }
  '
  sed -n 's/^FAILED \([^ ]*\).*/\1/p; s/^ERROR \([^ ]*::[^ ]*\).*/\1/p' "$1"
}

git clone -q . "$other/clone"
begin other_build >"$logs/load.log" 2>&1
load=$begun

status=0
results=()
for ((run = 1; run <= runs; run++)); do
  rm -rf target/surefire-reports
  log=$logs/run-$run.log
  started=$SECONDS
  begin ./mvnw test "$@" >"$log" 2>&1
  if wait "$begun"; then
    result=passed
  else
    result=FAILED
    status=1
  fi
  sum=$(sed -n 's/^\(\[[A-Z]*\] \)\{0,1\}\(Tests run: .*, Skipped: [0-9]*\)$/\2/p' "$log" | tail -1)
  results+=("run $run: $result after $((SECONDS - started)) s, log $log. $sum")
  while read -r each; do
    results+=("  $each")
  done < <([ "$result" = passed ] || failed "$log")
  echo "run $run of $runs: $result"
  kill -0 "$load" 2>/dev/null || { cat "$logs/load.log" >&2; exit 1; }
done

printf '%s\n' "${results[@]}"
exit "$status"
