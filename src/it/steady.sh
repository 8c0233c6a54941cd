#!/usr/bin/env bash
# Runs the tests N times (one more if that is odd), always two runs side by side, so that each keeps the machine busy for the
# other. Lists each run's result and every test that failed; exit code 1 if any did. What else is given goes to Maven, as
# -Dtest=... does. They run in two copies of what is here, committed or not. Leaves the logs, and the reports of what failed, in
# target/steady.
#
# usage: src/it/steady.sh N [Maven's arguments]
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=${1:-}
case $runs in
  '' | 0 | *[!0-9]*) echo "usage: $0 N [Maven's arguments]" >&2; exit 2 ;;
esac
shift
rounds=$(((runs + 1) / 2))

logs=$PWD/target/steady
rm -rf "$logs"
mkdir -p "$logs"
copies=$(mktemp -d)

# A local AWS has a session of its own, and ends by itself when its build has.
at_the_end() {
  local server tries
  for server in $(sed -n 's/.*(process \([0-9]*\), log .*/\1/p' "$logs"/*.log 2>/dev/null); do
    for tries in {1..100}; do
      kill -0 "$server" 2>/dev/null || break
      sleep 0.1
    done
  done
  rm -rf "$copies"
}
source src/it/jobs.sh

# What is here, with what is not committed yet.
copy() {
  git clone -q . "$1"
  git diff --binary HEAD | git -C "$1" apply --allow-empty
  git ls-files -z --others --exclude-standard | xargs -0 -r cp --parents -t "$1"
}

# lane NAME [Maven's arguments]: one run after the other.
lane() {
  local name=$1 round started sum result log
  shift
  cd "$copies/$name"
  for ((round = 1; round <= rounds; round++)); do
    rm -rf target/surefire-reports
    log=$logs/$name$round.log
    started=$SECONDS
    result=passed
    ./mvnw test "$@" >"$log" 2>&1 || result=FAILED
    sum=$(sed -n 's/^\(\[[A-Z]*\] \)\{0,1\}\(Tests run: .*, Skipped: [0-9]*\)$/\2/p' "$log" | tail -1)
    {
      echo "$name$round: $result after $((SECONDS - started)) s. $sum"
      if [ "$result" = FAILED ]; then
        failed "$log" | sed 's/^/  /'
        cp -r target/surefire-reports "$logs/$name$round" 2>/dev/null || true
      fi
    } | tee "$logs/$name$round.result"
  done
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

lanes=()
for name in a b; do
  copy "$copies/$name"
  begin lane "$name" "$@"
  lanes+=("$begun")
done
for each in "${lanes[@]}"; do
  wait "$each"
done

echo "$(cat "$logs"/*.result | grep -c ': passed ') of $((2 * rounds)) passed; logs in $logs"
! grep -q ': FAILED ' "$logs"/*.result
