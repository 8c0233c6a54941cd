#!/usr/bin/env bash
# Compiles and loads the programs of bench/run, and checks their format: no other build does. It measures nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."

./mvnw -B -ntp -q -Pbench test-compile spotless:check -Dlocal-aws.skip=true
./mvnw -B -ntp -q -f bench/pom.xml compile
PYTHONPATH=bench "${PYTHON:-python3}" src/local-aws/local_aws.py run \
  -c 'import os; os.environ.update(TOOLS="unused", JAVA_HOME="unused"); import measure'
# The floors in other languages, where their tools are; Rust's takes minutes to compile.
if command -v go >/dev/null; then
  (cd bench/floor-go && go vet . && [ -z "$(gofmt -l .)" ])
fi
if command -v rustfmt >/dev/null; then
  rustfmt --check --edition 2024 bench/floor-rust/src/main.rs
fi
echo "bench compiles, and its format is right"
