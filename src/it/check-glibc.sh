#!/usr/bin/env bash
# Fails when the image in target/function.zip needs a newer glibc than provided.al2023 has: it would not start there. A JVM
# package contains no image and passes. "src/it/check-glibc.sh FILE" checks that package in place of the build's. Needs objdump.
set -euo pipefail
package=${1:-$(dirname "$0")/../../target/function.zip}
MOST=2.34
SINCE_2_36=GLIBC_ABI_DT_RELR # has no number of its own

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -f "$package" ] || { echo "$package is missing: ./mvnw package" >&2; exit 1; }
if ! unzip -q "$package" bootstrap -d "$work" 2>/dev/null; then
  echo "no image in the package, so no glibc is needed"
  exit 0
fi
named=$(objdump -p "$work/bootstrap" | grep -oE 'GLIBC_[0-9A-Z_.]+' || true)
needed=$({ grep -oE '[0-9.]+$' <<<"$named" || true; } | sort -uV | tail -1)
[ -n "$needed" ] || { echo "the image names no version of glibc" >&2; exit 1; }
! grep -q "$SINCE_2_36" <<<"$named" || needed=2.36
echo "the image needs glibc $needed; provided.al2023 has $MOST"
[ "$(printf '%s\n' "$needed" "$MOST" | sort -V | tail -1)" = "$MOST" ]
