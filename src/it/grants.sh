#!/usr/bin/env bash
# Stores and plays by grants with curl, requests, the AWS CLI, boto3 and Chromium, against target/function.zip (./mvnw package)
# in AWS's Lambda Runtime Interface Emulator.
set -euo pipefail
source "$(dirname "$0")/rie-tools.sh"
awscli_tool
s3_client_tools

CHROMIUM=${CHROMIUM:-$(command -v chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome | head -n 1)} ||
  { echo "a Chromium or Chrome is missing: CHROMIUM=/path/to/it names one" >&2; exit 1; }
export CHROMIUM AWS=$tools/awscli/bin/aws
work=$root/target/grants
rm -rf "$work"
mkdir -p "$work"
"$tools/s3-clients/bin/python" "$root/src/it/play_grants.py" --work "$work" --java-home "$java_home"
