#!/usr/bin/env bash
# Fetches the tools that the scripts beside it need, in their pinned versions, in parallel: one after the other takes minutes.
set -euo pipefail
source "$(dirname "$0")/tools.sh"

# Before the rest, which needs them.
with_go
with_node

fetching=()
fetch() {
  "$@" &
  fetching+=($!)
}
fetch sam_tools
fetch checkov_tool
fetch awscli_tool
fetch s3_client_tools
fetch check_jsonschema_tool
fetch actionlint_tool
fetch emulator
fetch schemathesis_tool
fetch redocly_tool
fetch client_tools
status=0
for each in "${fetching[@]}"; do
  wait "$each" || status=$?
done
exit "$status"
