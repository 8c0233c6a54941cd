# Sourced: fetches the Runtime Interface Emulator (needs Go) and what Lambda's Java runtime has of its own.
source "$(dirname "${BASH_SOURCE[0]}")/tools.sh"

rie=v0.0.0-20261030222936-bef5c4ba774d
if [ "$(cat "$tools/rie/wanted" 2>/dev/null)" != "$rie" ]; then
  GOBIN=$tools/rie go install "github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie@$rie"
  echo "$rie" >"$tools/rie/wanted"
fi
if ! cmp -s "$root/src/it/java-runtime/pom.xml" "$tools/java-runtime/pom.xml"; then
  rm -rf "$tools/java-runtime"
  "$root/mvnw" -B -ntp -q -f "$root/src/it/java-runtime/pom.xml" \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies "-DoutputDirectory=$tools/java-runtime"
  cp "$root/src/it/java-runtime/pom.xml" "$tools/java-runtime/"
fi
java_home=$("$root/mvnw" -v | sed -n 's/.*runtime: //p')
export TOOLS=$tools
# The build has a virtual environment for the local AWS already.
[ ! -x "$root/target/local-aws/venv/bin/python" ] || export PYTHON=$root/target/local-aws/venv/bin/python
