# Sourced by the scripts that run the packaged function: finds its emulator, the JDK, and a Python for the local AWS.
source "$(dirname "${BASH_SOURCE[0]}")/tools.sh"

[ -f "$root/target/function.zip" ] || { echo "target/function.zip is missing: ./mvnw package" >&2; exit 1; }
emulator
java_home=$("$root/mvnw" -v | sed -n 's/.*runtime: //p')
export TOOLS=$tools
# Uses the Python of the build's own local AWS, if there was one: it has moto.
if [ -z "${PYTHON:-}" ] && [ -x "$(cat "$root/target/local-aws/python" 2>/dev/null)" ]; then
  PYTHON=$(cat "$root/target/local-aws/python")
  export PYTHON
fi
