#!/usr/bin/env bash
# What `sam build` runs for each function: makes target/function.zip, unless it is up to date, and unpacks it into ARTIFACTS_DIR.
# "src/sam/build.sh jvm" makes the JVM's, "src/sam/build.sh native arm64|x86_64" an image for that processor: with the GraalVM or
# Mandrel 25 in GRAALVM_HOME, else in a container of Docker's or Podman's.
set -euo pipefail
cd "$(dirname "$0")/../.."
runtime=$1 architecture=${2:-}
package=target/function.zip

fail() {
  echo "$*" >&2
  exit 1
}

# What the package contains, in the words of the arguments. In an ELF file the 19th octet says for which processor it is.
contained() {
  unzip -qql "$package" bootstrap >/dev/null 2>&1 || { echo jvm; return; }
  case $({ unzip -p "$package" bootstrap 2>/dev/null || true; } | head -c 20 | od -An -tx1 -j18 -N1 | tr -d ' ') in
    3e) echo native x86_64 ;;
    b7) echo native arm64 ;;
    *) echo native for another system ;;
  esac
}

up_to_date() {
  [ -f "$package" ] && [ "$(contained)" = "$*" ] && [ -z "$(find pom.xml .mvn src/main -newer "$package" -print -quit)" ]
}

# The first container runtime whose daemon or machine answers.
container() {
  local each
  for each in docker podman; do
    if "$each" info >/dev/null 2>&1; then
      echo "$each"
      return
    fi
  done
}

build() {
  ./mvnw -B -ntp package -Dmaven.test.skip=true "$@"
}

build_native() {
  local machine runtime
  machine=$(uname -m | sed 's/aarch64/arm64/')
  [ "$machine" = "$architecture" ] ||
    fail "This machine is $machine, so its image would not run with Architecture=$architecture: build on such a machine, or set Architecture=$machine."
  if [ -n "${GRAALVM_HOME:-}" ]; then
    [ -x "$GRAALVM_HOME/bin/native-image" ] || fail "GRAALVM_HOME is $GRAALVM_HOME, which has no bin/native-image."
    [ "$(uname -s)" = Linux ] || fail "A GraalVM makes images for Lambda on Linux only: unset GRAALVM_HOME to build in a container."
    build -Dnative
    # This machine's glibc may be newer than Lambda's.
    src/it/check-glibc.sh "$package"
    return
  fi
  runtime=$(container)
  [ -n "$runtime" ] ||
    fail "Runtime=native needs a GraalVM or Mandrel 25 in GRAALVM_HOME, or a running Docker or Podman; Runtime=jvm needs none of them."
  build -Dnative -Dquarkus.native.container-build=true "-Dquarkus.native.container-runtime=$runtime"
}

if ! up_to_date "$runtime" ${architecture:+"$architecture"}; then
  if [ "$runtime" = native ]; then build_native; else build; fi
  up_to_date "$runtime" ${architecture:+"$architecture"} || fail "The build has left a $package of another kind: $(contained)."
fi
mkdir -p "${ARTIFACTS_DIR:?where SAM wants the function}"
unzip -q -o "$package" -d "$ARTIFACTS_DIR"
