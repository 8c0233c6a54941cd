#!/usr/bin/env bash
# Lints src/main/openapi/openapi.yaml, then lets Schemathesis ask the packaged function (./mvnw package) whatever the
# document allows and much that it forbids: no 5xx, and every answer as documented. Needs Node and Go.
set -euo pipefail
source "$(dirname "$0")/rie-tools.sh"

schemathesis_tool
redocly_tool

document=$root/src/main/openapi/openapi.yaml
"$tools/redocly/node_modules/.bin/redocly" lint "$document"

work=$root/target/schemathesis
rm -rf "$work"
mkdir -p "$work"
cd "$work" # where Schemathesis leaves its notes
# Left out: that what the document takes is accepted, since no schema can say which prefix a role has here; and other methods,
# for which the gateway has no routes.
python3 "$root/src/it/gateway.py" --work "$work" --java-home "$java_home" -- \
  "$tools/schemathesis/bin/schemathesis" --config-file "$root/src/it/schemathesis.toml" run "$document" \
  --url "{url}" --header "Authorization: Bearer administrator" --checks all --exclude-checks positive_data_acceptance,unsupported_method,allow_header_conformance \
  --max-examples "${EXAMPLES:-20}" --generation-deterministic --max-time "${SECONDS_AT_MOST:-60}"
