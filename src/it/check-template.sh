#!/usr/bin/env bash
# Checks template.yaml with cfn-lint, with SAM's own translation, and with checkov: the template fixes each finding or gives
# the reason why not. Then builds it, if there is a package (./mvnw package).
set -euo pipefail
source "$(dirname "$0")/tools.sh"

sam_tools
checkov_tool

cd "$root"
"$tools/sam/bin/cfn-lint" template.yaml
"$tools/sam/bin/sam" validate --lint --template template.yaml
# Does not download checkov's web pages: otherwise this check would fail whenever that server does.
"$tools/checkov/bin/checkov" --file template.yaml --framework cloudformation --compact --quiet --skip-download
if [ -f target/function.zip ]; then
  "$tools/sam/bin/sam" build --template template.yaml --build-dir target/sam | grep -v '^$' | head -3
fi
