#!/usr/bin/env bash
# Checks .github: the workflows with actionlint, that they pin each action to a commit, and dependabot.yml against its schema.
set -euo pipefail
source "$(dirname "$0")/tools.sh"

actionlint_tool
check_jsonschema_tool

cd "$root"
"$tools/actionlint/actionlint"
# Whoever owns an action can move its tag to other code, but not its commit. Dependabot reads the version in the comment. A
# workflow of this project comes with the commit itself.
if grep -nE '^[ -]*uses:' .github/workflows/*.yml | grep -vE 'uses: (\./[^ ]+|[^@ ]+@[0-9a-f]{40} # v[0-9]+(\.[0-9]+){2})$'; then
  echo "pin these actions: uses: OWNER/NAME@COMMIT # vMAJOR.MINOR.PATCH" >&2
  exit 1
fi
"$tools/check-jsonschema/bin/check-jsonschema" --builtin-schema vendor.dependabot .github/dependabot.yml
