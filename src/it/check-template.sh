#!/usr/bin/env bash
# Checks template.yaml with cfn-lint, with SAM's own translation, and with checkov: the template fixes each finding or gives
# the reason why not. Plays how what a stack leaves behind is removed, or imported with retained.yaml. Then builds the
# template with sam, if there is a JVM package (./mvnw package).
set -euo pipefail
source "$(dirname "$0")/tools.sh"

sam_tools
checkov_tool
awscli_tool

cd "$root"
"$tools/sam/bin/cfn-lint" template.yaml retained.yaml
"$tools/sam/bin/sam" validate --lint --template template.yaml
# Does not download checkov's web pages: otherwise this check would fail whenever that server does.
"$tools/checkov/bin/checkov" --file template.yaml --framework cloudformation --compact --quiet --skip-download
AWS=$tools/awscli/bin/aws "$tools/sam/bin/python" src/it/rehearse_import.py

work=target/check-template
rm -rf "$work"
mkdir -p "$work/no-container"
build() { "$tools/sam/bin/sam" build --template template.yaml --build-dir "$work/$1" --parameter-overrides "${@:2}" >"$work/$1.log" 2>&1; }

if [ -f target/function.zip ] && ! unzip -qql target/function.zip bootstrap >/dev/null 2>&1; then
  build jvm Runtime=jvm || { cat "$work/jvm.log" >&2; exit 1; }
  mkdir "$work/package"
  unzip -q target/function.zip -d "$work/package"
  for each in ApiFunction SweepFunction; do
    diff -r "$work/package" "$work/jvm/$each"
  done
  echo "sam build makes what target/function.zip contains"

  # Neither a GraalVM nor a container: whoever builds the default is told so in one sentence.
  for each in docker podman; do
    printf '#!/bin/sh\nexit 1\n' >"$work/no-container/$each"
    chmod +x "$work/no-container/$each"
  done
  machine=$(uname -m | sed 's/aarch64/arm64/')
  if PATH=$PWD/$work/no-container:$PATH GRAALVM_HOME='' build native "Architecture=$machine"; then
    echo "sam build made an image without any means to do so" >&2
    exit 1
  fi
  grep 'Runtime=native needs' "$work/native.log" || { cat "$work/native.log" >&2; exit 1; }
fi
