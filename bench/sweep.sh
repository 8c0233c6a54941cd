#!/bin/sh
# Throughput of a sweep by concurrency, memory, requests, and cost by what is due: target/bench/sweep.md. AWS is a stub with
# a latency of choice. Takes some minutes, and is no part of ./mvnw verify. More arguments go to Maven, among them
# -Dbench.due=2000 -Dbench.latency=50 -Dbench.concurrency=1,8,32,64.
set -eu
cd "$(dirname "$0")/.."
rm -f target/bench/sweep.md
./mvnw -B -ntp -q test -Dtest=SweepThroughput "$@"
cat target/bench/sweep.md
