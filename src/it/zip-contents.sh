#!/usr/bin/env bash
# Shows the size of target/function.zip and of the largest files in it, in MB as packed. Fails above 38 MB in all, because each
# start loads it.
set -euo pipefail
python3 - "$(dirname "$0")/../../target/function.zip" <<'PYTHON'
import os, sys, zipfile

MOST = 38e6
files = sorted(((f.compress_size, f.filename) for f in zipfile.ZipFile(sys.argv[1]).infolist()), reverse=True)
print(f"{os.path.getsize(sys.argv[1]) / 1e6:.1f} MB in {len(files)} files")
for size, name in files[:15]:
    print(f"{size / 1e6:6.1f}  {name}")
if os.path.getsize(sys.argv[1]) > MOST:
    sys.exit(f"more than {MOST / 1e6:.0f} MB")
PYTHON
