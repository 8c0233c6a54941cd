"""Runs the measurements that are classes among the service's tests. No build runs those."""

from __future__ import annotations

import os
import subprocess

from functions import ROOT, WORK


def measured(classes: str, *reports: str) -> str:
    """classes: as in Maven's -Dtest; reports: names of the reports that they write to target/bench."""
    paths = [WORK / f"{report}.md" for report in reports]
    for path in paths:
        path.unlink(missing_ok=True)
    command = [ROOT / "mvnw", "-B", "-ntp", "-q", "test", f"-Dtest={classes}", *os.environ.get("MAVEN_MORE", "").split()]
    with (WORK / "maven.log").open("wb") as log:
        subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=True)
    return "\n".join(path.read_text() for path in paths)
