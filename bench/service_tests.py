"""Runs bench/service: programs that need the service's own classes, and those with which its tests run it."""

from __future__ import annotations

import os
import subprocess

from functions import ROOT, WORK


def measured(classes: str, *reports: str) -> str:
    """classes: as in Maven's -Dtest; reports: names of the reports that they write to target/bench."""
    paths = [WORK / f"{report}.md" for report in reports]
    for path in paths:
        path.unlink(missing_ok=True)
    _maven("test", f"-Dtest={classes}")
    return "\n".join(path.read_text() for path in paths)


def compiled() -> None:
    """Leaves the classes of bench/service in target/test-classes."""
    _maven("test-compile", "-Dlocal-aws.skip=true")


def _maven(*arguments: str) -> None:
    command = [ROOT / "mvnw", "-B", "-ntp", "-q", "-Pbench", *arguments, *os.environ.get("MAVEN_MORE", "").split()]
    with (WORK / "maven.log").open("wb") as log:
        subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=True)
