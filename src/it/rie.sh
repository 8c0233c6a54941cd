#!/usr/bin/env bash
# Plays events/*.json, sweeps over what is due, and a start that must fail, against target/function.zip (./mvnw package) in AWS's
# Lambda Runtime Interface Emulator.
set -euo pipefail
source "$(dirname "$0")/rie-tools.sh"

work=$root/target/rie
rm -rf "$work/task"
mkdir -p "$work"
for played in play_events play_sweep play_failed_start; do
  python3 "$root/src/it/$played.py" --work "$work" --java-home "$java_home"
done
