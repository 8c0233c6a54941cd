#!/bin/sh
# Counts the calls to AWS of each operation, and times the list of a tenant with 10,000 integrations, against the local
# AWS: target/bench/*.md. Takes two minutes, and is no part of ./mvnw verify. More arguments go to Maven.
set -eu
cd "$(dirname "$0")/.."
mkdir -p target/bench
./mvnw -B -ntp test -Dtest='CallsOfOperations,ListOfTenThousand' "$@" > target/bench/build.log 2>&1 ||
    { tail -n 50 target/bench/build.log; exit 1; }
cat target/bench/calls.md target/bench/list.md
