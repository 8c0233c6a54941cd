#!/usr/bin/env bash
# Packages without a Python: the production build, with tests skipped, runs nothing but the packaging. Nothing is installed
# from PyPI and no local AWS starts. It leaves out the function's own build, which needs no Python and takes most of the time.
set -euo pipefail
cd "$(dirname "$0")/../.."

for skip in -DskipTests -Dmaven.test.skip=true; do
  ./mvnw -B -ntp -q package "$skip" -Dpython=/no/python -Dquarkus.build.skip=true -Dcyclonedx.skip=true
  echo "packaged without a Python: $skip"
done
