#!/usr/bin/env bash
# Does what a newcomer does with the README: starts ./mvnw quarkus:dev, opens the page, and sends the README's own curl lines.
# Fails if one of them does not answer what the README says, or if something still runs afterwards. PORT and LOCAL_AWS_PORT
# move the page and the local AWS from 8080 and 4566.
set -euo pipefail
cd "$(dirname "$0")/../.."

SECONDS_TO_START=600 # a fresh machine downloads everything first
SECONDS_TO_STOP=30
page=localhost:${PORT:-8080}
aws=127.0.0.1:${LOCAL_AWS_PORT:-4566}
work=target/try-readme
mkdir -p "$work"
: >"$work/dev.log"
export QUARKUS_LAMBDA_MOCK_EVENT_SERVER_DEV_PORT=${PORT:-8080}

fail() {
  echo "$*" >&2
  tail -n 40 "$work/dev.log" >&2
  exit 1
}
answers() { curl --silent --fail --max-time 10 --output /dev/null "$1"; }
listens() { curl --silent --max-time 10 --output /dev/null "$1"; }

# block PATTERN: the README's block of sh that holds PATTERN, with this run's port.
block() {
  awk -v pattern="$1" '
    /^```sh$/ { inside = 1; text = ""; next }
    /^```$/ { if (inside && index(text, pattern)) { printf "%s", text; exit } inside = 0 }
    inside { text = text $0 "\n" }' README.md | sed "s/localhost:8080/$page/"
}

# expect TEXT FILE: the answer in FILE holds TEXT.
expect() {
  grep -qF "$1" "$2" || fail "no $1 in $(cat "$2")"
  echo "found $1"
}

for each in "$page" "$aws"; do
  ! listens "$each" || fail "something listens on $each already"
done

set -m # a process group of its own, to end Maven with the application that it started
./mvnw quarkus:dev >"$work/dev.log" 2>&1 </dev/null &
maven=$!
set +m
stop() {
  kill -TERM -- "-$maven" 2>/dev/null || true
  wait "$maven" 2>/dev/null || true
}
trap stop EXIT

until answers "$page/" && answers "$page/v1/settings"; do
  kill -0 "$maven" 2>/dev/null || fail "./mvnw quarkus:dev has ended"
  [ "$SECONDS" -lt "$SECONDS_TO_START" ] || fail "no page and API on $page after $SECONDS_TO_START s"
  sleep 1
done
echo "page and API answer after $SECONDS s"

bash -c "$(block '"name": "Plant 7 recordings"')" >"$work/created.json"
expect '"status":"HEALTHY"' "$work/created.json"
id=$(grep -o 'int_[0-9A-Z]*' "$work/created.json" | head -n 1)

bash -c "$(block /activate | sed "s/int_\.\.\./$id/")" >"$work/activated.json"
expect '"state":"ACTIVE"' "$work/activated.json"

bash -c "cd $work; $(block '"purpose": "RECORD"' | sed "s/int_\.\.\./$id/")" >"$work/played.txt"
[ "$(cat "$work/played.txt")" = recorded ] || fail "not played: $(cat "$work/played.txt")"
echo "stored and played"

bash -c "$(block acme-sea-no-put)" >"$work/broken.json"
expect '"code":"IDENTITY_POLICY_MISSING"' "$work/broken.json"
expect '"status":"PROPAGATING"' "$work/broken.json"

answers "$aws/_local/demo" || fail "no customers to try on $aws"
answers "$page/q/swagger-ui/" || fail "no API description on $page"

stop
ending=$SECONDS
while listens "$page" || listens "$aws"; do
  [ $((SECONDS - ending)) -lt "$SECONDS_TO_STOP" ] || fail "still running $SECONDS_TO_STOP s after Maven was stopped"
  sleep 1
done
echo "nothing runs any more"
