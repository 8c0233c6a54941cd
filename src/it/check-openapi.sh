#!/usr/bin/env bash
# Lints src/main/openapi/openapi.yaml. Then Schemathesis sends the packaged function (./mvnw package) what the document allows
# and much that it forbids: no answer may be a 5xx, and each must be as documented.
set -euo pipefail
source "$(dirname "$0")/rie-tools.sh"

schemathesis_tool
redocly_tool

document=$root/src/main/openapi/openapi.yaml
"$tools/redocly/node_modules/.bin/redocly" lint "$document"

work=$root/target/schemathesis
rm -rf "$work"
mkdir -p "$work"
cd "$work" # Schemathesis writes its cache into the current folder
# An answer may take as long as API Gateway waits for one: the first comes from a function that has just been started.
# Three checks are excluded. No schema can say which prefix a role has here, so not everything that the schema allows is
# accepted. And the gateway has no routes for other methods, so it answers those itself.
python3 "$root/src/it/gateway.py" --work "$work" --java-home "$java_home" -- \
  "$tools/schemathesis/bin/schemathesis" --config-file "$root/src/it/schemathesis.toml" run "$document" \
  --url "{url}" --request-timeout 30 --max-response-time 30 --header "Authorization: Bearer administrator" --checks all --exclude-checks positive_data_acceptance,unsupported_method,allow_header_conformance \
  --max-examples "${EXAMPLES:-20}" --generation-deterministic --max-time "${SECONDS_AT_MOST:-60}"
