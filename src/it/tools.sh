# Sourced by the scripts beside it: each tool in its own pinned version, kept where TOOLS says or in the user's cache.
# Nothing has to be installed beforehand, and nothing is twice: fetching them all takes minutes.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sea-external-integrations}
export SAM_CLI_TELEMETRY=0 REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
export AWS_DEFAULT_REGION=us-east-1 PIP_DISABLE_PIP_VERSION_CHECK=1

# python_tool NAME PACKAGE==VERSION...: makes the virtual environment $tools/NAME.
# Each tool has one of its own, since they ask for versions of boto3 that exclude each other.
python_tool() {
  local name=$1 wanted=${*:2}
  [ "$(cat "$tools/$name/wanted" 2>/dev/null)" = "$wanted" ] && return
  rm -rf "${tools:?}/$name"
  python3 -m venv "$tools/$name"
  "$tools/$name/bin/pip" install --quiet "${@:2}"
  echo "$wanted" >"$tools/$name/wanted"
}

# npm_tool NAME PACKAGE@VERSION: installs below $tools/NAME.
npm_tool() {
  local name=$1 wanted=$2
  [ "$(cat "$tools/$name/wanted" 2>/dev/null)" = "$wanted" ] && return
  rm -rf "${tools:?}/$name"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools/$name" "$wanted"
  echo "$wanted" >"$tools/$name/wanted"
}

sam_tools() { python_tool sam aws-sam-cli==1.170.0 cfn-lint==1.58.0; }
checkov_tool() { python_tool checkov checkov==3.3.30; }
openapi_tools() {
  npm_tool redocly @redocly/cli@2.77.0
  python_tool schemathesis schemathesis==4.32.5
}
