#!/usr/bin/env bash
# Compiles and loads the programs of bench/run, and checks their format: no other build does. It measures nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."

./mvnw -B -ntp -q -Pbench test-compile spotless:check -Dlocal-aws.skip=true
./mvnw -B -ntp -q -f bench/pom.xml compile
TOOLS=unused JAVA_HOME=unused PYTHONPATH=bench "${PYTHON:-python3}" src/local-aws/local_aws.py run --state target/local-aws \
  -c 'import measure'
echo "bench compiles, and its format is right"
