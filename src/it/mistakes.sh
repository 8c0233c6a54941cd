#!/usr/bin/env bash
# Plays all mistake cases (src/test/resources/real-mistakes) against target/function.zip in AWS's Lambda Runtime Interface
# Emulator.
set -euo pipefail
source "$(dirname "$0")/rie-tools.sh"

cd "$root"
[ -d target/test-classes/dev ] || ./mvnw -B -ntp -q test-compile -Dlocal-aws.skip=true
work=$root/target/mistakes
rm -rf "$work/task"
mkdir -p "$work"
python3 src/it/play_mistakes.py --work "$work" --java-home "$java_home"
