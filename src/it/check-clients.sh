#!/usr/bin/env bash
# Generates clients from src/main/openapi/openapi.yaml in four languages and compiles them. A small program in each language
# (src/it/clients) then asks the packaged function (./mvnw package): it validates, creates, edits, lists and deletes. All of
# that may take SECONDS_AT_MOST.
set -euo pipefail
source "$(dirname "$0")/rie-tools.sh"
client_tools

document=$root/src/main/openapi/openapi.yaml
clients=$root/src/it/clients
work=$root/target/clients

in_java() { java_client "$work/java" "-Ddocument=$document"; }

in_python() {
  local bin=$tools/python-client/bin
  "$bin/openapi-python-client" generate --path "$document" --config config.yaml --meta none --output-path sea --fail-on-warning
  "$bin/mypy" --strict --follow-imports silent --no-error-summary walk.py
  "$bin/python" walk.py
}

in_typescript() {
  ln -s "$tools/typescript-client/node_modules" node_modules
  npm exec --offline -- openapi-typescript "$document" --output sea.d.ts
  npm exec --offline -- tsc
  node out/walk.js
}

in_go() {
  mkdir sea
  "$tools/oapi-codegen/oapi-codegen" -config oapi-codegen.yaml "$document"
  go vet ./...
  go run .
}

# Within the call below: each client by itself, with what the local AWS's demo has for it.
if [ "${1:-}" = --in ]; then
  cp -r "$clients/$2" "$work/$2"
  cd "$work/$2"
  "in_$2"
  exit
fi

source "$root/src/it/jobs.sh"
if [ "${1:-}" != --against ]; then
  rm -rf "$work"
  mkdir -p "$work"
  # What is checked is the clients: with compilers beside it, a validation may take its time.
  begin timeout --kill-after 10 "${SECONDS_AT_MOST:-300}" \
    python3 "$root/src/it/gateway.py" --work "$work" --java-home "$java_home" --authorize \
    --set SEA_VALIDATION_BUDGET=25s --set SEA_VALIDATION_CALL_TIMEOUT=20s -- "$0" --against "{url}" "{aws}"
  wait "$begun"
  exit
fi

# Within the gateway: all four side by side.
export SEA_URL=$2 SEA_TOKEN=administrator
variables='
import json, shlex, sys
for demo in json.load(sys.stdin):
    draft, access = demo["draft"], demo["draft"]["access"]
    if draft["name"] == "acme-sea-recordings":
        made = {"BUCKET_OF_ROLE": draft["target"]["bucket"], "ROLE_ARN": access["roleArn"], "EXTERNAL_ID": access["externalId"]}
    elif draft["name"] == "acme-sea-stored-key":
        made = {"BUCKET_OF_KEY": draft["target"]["bucket"], "ACCESS_KEY_ID": access["accessKeyId"], "SECRET_ACCESS_KEY": access["secretAccessKey"]}
    else:
        continue
    for name, value in made.items():
        print(f"export {name}={shlex.quote(value)}")
'
eval "$(curl -fsS "$3/_local/demo" | python3 -c "$variables")"
languages=(java python typescript go)
ids=()
for each in "${languages[@]}"; do
  begin "$0" --in "$each" >"$work/$each.log" 2>&1
  ids+=("$begun")
done
status=0
for i in "${!languages[@]}"; do
  if wait "${ids[i]}"; then
    echo "${languages[i]}: generated, compiled, played"
  else
    status=1
    echo "${languages[i]}: FAILED"
    cat "$work/${languages[i]}.log"
  fi
done
exit "$status"
