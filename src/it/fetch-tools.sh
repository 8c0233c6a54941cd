#!/usr/bin/env bash
# Fetches what the scripts beside it need, in their pinned versions.
set -euo pipefail
source "$(dirname "$0")/tools.sh"

sam_tools
checkov_tool
if command -v go >/dev/null; then
  source "$(dirname "$0")/rie-tools.sh"
  openapi_tools
fi
