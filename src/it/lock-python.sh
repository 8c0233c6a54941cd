#!/usr/bin/env bash
# Writes each requirements.txt anew from the requirements.in beside it: every package with its version and the hashes of its
# files, for Python 3.10 and newer on any platform. With --upgrade to the newest versions, otherwise with what it has.
set -euo pipefail
source "$(dirname "$0")/tools.sh"

uv_tool
for folder in src/local-aws src/it/clients/python; do
  cd "$root/$folder"
  UV_CUSTOM_COMPILE_COMMAND=src/it/lock-python.sh "$tools/uv/bin/uv" pip compile --quiet --universal --python-version 3.10 \
    --generate-hashes --no-emit-index-url --no-emit-find-links --annotation-style line \
    requirements.in --output-file requirements.txt "$@"
done
