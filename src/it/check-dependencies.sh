#!/usr/bin/env bash
# Fails when what is built has a version that src/it/advisories.json names: the jars of function.zip, by the list that the
# build writes of them (./mvnw package), and the Python packages of the local AWS, by their lock. Accepted advisories are
# shown each time. "src/it/check-dependencies.sh FILE" checks that list in place of the build's.
set -euo pipefail
here=$(dirname "$0")

python3 "$here/test_check_dependencies.py" --quiet
python3 "$here/check_dependencies.py" "$@"
