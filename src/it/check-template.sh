#!/usr/bin/env bash
# Checks template.yaml with cfn-lint, with SAM's own translation, and with checkov, each finding of which is mended or
# has its reason in the template; then builds it, where there is a package (./mvnw package).
set -euo pipefail
source "$(dirname "$0")/tools.sh"

sam_tools
checkov_tool

cd "$root"
"$tools/sam/bin/cfn-lint" template.yaml
"$tools/sam/bin/sam" validate --lint --template template.yaml
# Without the download of checkov's web pages: a check that needs somebody else's server fails with it.
"$tools/checkov/bin/checkov" --file template.yaml --framework cloudformation --compact --quiet --skip-download
if [ -f target/function.zip ]; then
  "$tools/sam/bin/sam" build --template template.yaml --build-dir target/sam | grep -v '^$' | head -3
fi
