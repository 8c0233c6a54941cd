#!/usr/bin/env bash
# Shows the size of target/function.zip and of the largest files in it, in MB as packed.
set -euo pipefail
python3 - "$(dirname "$0")/../../target/function.zip" <<'PYTHON'
import os, sys, zipfile

files = sorted(((f.compress_size, f.filename) for f in zipfile.ZipFile(sys.argv[1]).infolist()), reverse=True)
print(f"{os.path.getsize(sys.argv[1]) / 1e6:.1f} MB in {len(files)} files")
for size, name in files[:15]:
    print(f"{size / 1e6:6.1f}  {name}")
PYTHON
