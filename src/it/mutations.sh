#!/usr/bin/env bash
# Breaks the service in one place after the other, each time in a copy of one class, and expects the simulation to find it within
# 2,000 seeds. Needs compiled tests (./mvnw test-compile).
#
#   src/it/mutations.sh             all of src/it/mutations.tsv
#   src/it/mutations.sh lease       those whose first column has this word
set -euo pipefail
cd "$(dirname "$0")/../.."

seeds=${SEEDS:-2000}
work=target/mutations
rm -rf "$work"
mkdir -p "$work"
./mvnw -q dependency:build-classpath -Dmdep.outputFile="$PWD/$work/classpath" -Dmdep.includeScope=test
classpath=target/classes:target/test-classes:$(cat "$work/classpath")
# The JDK that the wrapper finds.
java=$(./mvnw --version | sed -n 's/.*runtime: //p')/bin/java

missed=0
while IFS=$'\t' read -r what file old new; do
  [[ $what == \#* || $what != *"${1:-}"* ]] && continue
  rm -rf "$work/sources" "$work/classes"
  mkdir -p "$work/sources" "$work/classes"
  python3 - "src/main/java/dev/sea/integrations/$file" "$old" "$new" "$work/sources/$(basename "$file")" <<'PYTHON'
import sys
source, old, new, target = sys.argv[1:]
text = open(source).read()
old, new = (part.replace("\\n", "\n") for part in (old, new))
if text.count(old) != 1:
    sys.exit(f"{source} has this {text.count(old)} times: {old}")
open(target, "w").write(text.replace(old, new))
PYTHON
  "${java}c" -proc:none -nowarn -parameters -d "$work/classes" -cp "$classpath" "$work/sources/$(basename "$file")"
  found=$("$java" --enable-native-access=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED -XX:TieredStopAtLevel=1 \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "$work/classes:$classpath" \
    dev.sea.integrations.simulation.Campaign "$seeds" 2>/dev/null | grep -P '^(seed|none)')
  if [[ $found == none* ]]; then
    missed=$((missed + 1))
  fi
  printf '%s: %s\n' "$what" "${found%% int_*}"
done <src/it/mutations.tsv

if ((missed > 0)); then
  echo "$missed mutations were not found" >&2
  exit 1
fi
