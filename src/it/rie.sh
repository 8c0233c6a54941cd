#!/usr/bin/env bash
# Plays events/*.json against target/function.zip (./mvnw package) in AWS's Lambda Runtime Interface Emulator. Needs Go.
set -euo pipefail
source "$(dirname "$0")/rie-tools.sh"

work=$root/target/rie
rm -rf "$work/task"
mkdir -p "$work"
python3 "$root/src/it/play_events.py" --work "$work" --java-home "$java_home"
