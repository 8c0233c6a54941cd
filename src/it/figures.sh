#!/usr/bin/env bash
# Measures cold starts and warm requests of target/function.zip, and of other packages that the arguments name (bench/run
# --help), into target/figures.md, and in GitHub Actions into the run's summary.
set -euo pipefail
cd "$(dirname "$0")/../.."

rm -f target/figures.md
bench/run --only start --only warm --results target/figures.md "$@"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat target/figures.md >>"$GITHUB_STEP_SUMMARY"; fi
