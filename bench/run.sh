#!/bin/sh
# Counts the calls to AWS of each operation, and times the list of a tenant with 10,000 integrations, against the local
# AWS: target/bench/*.md. Takes some minutes, and is no part of ./mvnw verify. More arguments go to Maven.
set -eu
cd "$(dirname "$0")/.."
./mvnw -B -ntp -q test -Dtest='CallsOfOperations,ListOfTenThousand' "$@"
cat target/bench/*.md
