"""What the build lets run beside itself: its result counts, and it never outlives the build."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

BESIDE = pathlib.Path(__file__).resolve().parents[2] / "it" / "beside.py"
PATIENCE_SECONDS = 60
SLEEPER = "import os, pathlib, subprocess, sys; s = subprocess.Popen(['sleep', '600']); pathlib.Path(sys.argv[1]).write_text(str(s.pid)); s.wait()"


@pytest.fixture
def build() -> Iterator[subprocess.Popen[bytes]]:
    """Stands for Maven."""
    process = subprocess.Popen(["sleep", "600"])
    yield process
    process.kill()
    process.wait()


def start(jobs: pathlib.Path, build: subprocess.Popen[bytes], code: str, *arguments: str, goals: str = "[verify]") -> None:
    this = [sys.executable, str(BESIDE), "start", "--jobs", str(jobs), "--owner", str(build.pid), "--goals", goals, "job"]
    subprocess.run([*this, sys.executable, "-c", code, *arguments], check=True)


def awaited(jobs: pathlib.Path, *options: str) -> tuple[int, str]:
    this = [sys.executable, str(BESIDE), "await", "--jobs", str(jobs), *options, "job"]
    done = subprocess.run(this, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    return done.returncode, done.stdout


def eventually(condition: object) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_it_writes_and_that_it_succeeded_is_told(tmp_path: pathlib.Path, build: subprocess.Popen[bytes]) -> None:
    start(tmp_path, build, "print('all is well')")
    code, output = awaited(tmp_path)
    assert code == 0 and "all is well" in output


def test_its_failure_is_the_builds(tmp_path: pathlib.Path, build: subprocess.Popen[bytes]) -> None:
    start(tmp_path, build, "import sys; sys.exit('no good')")
    code, output = awaited(tmp_path)
    assert code == 1 and "no good" in output and "job failed (1)" in output


def test_one_that_was_killed_has_failed(tmp_path: pathlib.Path, build: subprocess.Popen[bytes]) -> None:
    start(tmp_path, build, SLEEPER, str(tmp_path / "sleeper"))
    eventually(lambda: (tmp_path / "sleeper").exists() and (tmp_path / "sleeper").read_text())
    os.kill(int((tmp_path / "job.pid").read_text()), 9)
    code, output = awaited(tmp_path)
    os.kill(int((tmp_path / "sleeper").read_text()), 9)
    assert code == 1 and "without a result" in output


def test_it_ends_with_the_build_and_all_that_it_started(tmp_path: pathlib.Path, build: subprocess.Popen[bytes]) -> None:
    start(tmp_path, build, SLEEPER, str(tmp_path / "sleeper"))
    eventually(lambda: (tmp_path / "sleeper").exists() and (tmp_path / "sleeper").read_text())
    sleeper, watcher = int((tmp_path / "sleeper").read_text()), int((tmp_path / "job.pid").read_text())
    assert lives(sleeper) and lives(watcher)
    build.kill()  # not waited for: the dead process stays a zombie, as one whose parent is busy would
    eventually(lambda: not lives(sleeper) and not lives(watcher))


@pytest.mark.parametrize("goals", ["[process-test-classes]", "[quarkus:dev]", "[clean, compile]"])
def test_a_build_without_tests_starts_nothing(tmp_path: pathlib.Path, build: subprocess.Popen[bytes], goals: str) -> None:
    start(tmp_path, build, "", goals=goals)
    assert not list(tmp_path.iterdir())
    code, output = awaited(tmp_path)
    assert code == 1 and "was never started" in output


def test_a_failure_in_surefires_reports_is_the_builds(tmp_path: pathlib.Path, build: subprocess.Popen[bytes]) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, failures, errors in (("A", 0, 0), ("B", 1, 0), ("C", 0, 2)):
        (reports / f"TEST-{name}.xml").write_text(
            f'<?xml version="1.0"?><testsuite name="{name}" tests="5" errors="{errors}" skipped="1" failures="{failures}"/>'
        )
    start(tmp_path, build, "")
    code, output = awaited(tmp_path, "--reports", str(reports))
    assert code == 1 and "Tests run: 15, Failures: 1, Errors: 2, Skipped: 3" in output


@pytest.mark.parametrize(
    ("goals", "phase"), [("[test]", "test"), ("[package]", "test"), ("[test, verify]", "test"), ("[clean, verify]", "verify"), ("[install]", "verify")]
)
def test_results_are_awaited_once_and_beside_packaging_where_they_can(
    tmp_path: pathlib.Path, build: subprocess.Popen[bytes], goals: str, phase: str
) -> None:
    start(tmp_path, build, "import sys; sys.exit('no good')")
    other = "verify" if phase == "test" else "test"
    assert awaited(tmp_path, "--goals", goals, "--phase", other) == (0, "")
    code, output = awaited(tmp_path, "--goals", goals, "--phase", phase)
    assert code == 1 and "job failed (1)" in output
