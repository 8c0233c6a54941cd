#!/usr/bin/env python3
"""Lets a part of the build run beside the rest of it. Standard library only.

usage: beside.py start --jobs DIR [--goals GOALS] NAME COMMAND...   returns at once; the job ends with the build, if not before
       beside.py await --jobs DIR [--goals GOALS --phase PHASE] [--reports DIR] NAME,...
                                                          until they have ended, with what they wrote and their result

GOALS are the build's: a build that stops before the tests starts nothing, and one that goes on to verify awaits in that phase,
so that packaging is beside the last tests. With reports of Surefire, await sums them up, and a failure in them is one of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "local-aws"))

import server  # noqa: E402 - from there

#: From the phase of the tests on, in Maven's order.
WITH_TESTS = {"test", "prepare-package", "package", "pre-integration-test", "integration-test"} | {
    "post-integration-test",
    "verify",
    "install",
    "deploy",
}
#: Those with which the results can wait until the phase verify.
WITH_VERIFY = {"verify", "install", "deploy"}
GRACE_SECONDS = 10
PAUSE_SECONDS = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["start", "watch", "await"])
    parser.add_argument("--jobs", type=pathlib.Path, required=True, help="where the jobs' logs and results are")
    parser.add_argument("--owner", type=int, default=os.getppid(), help="process with which the job ends; default: who started it")
    parser.add_argument("--goals", default="test", help="the build's goals")
    parser.add_argument("--phase", choices=["test", "verify"], help="the one that the build is in")
    parser.add_argument("--reports", help="directory of Surefire's reports; empty: none")
    parser.add_argument("--fresh-reports", type=pathlib.Path, help="the same, to be emptied of an earlier build's")
    parser.add_argument("name", help="the job's; with await all of them, with commas between")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="the command")
    options = parser.parse_args()
    goals = set(options.goals.replace(",", " ").strip("[] ").split())
    if options.action == "start":
        if WITH_TESTS & goals:
            start(options)
    elif options.action == "watch":
        watch(Job(options.jobs, options.name), options.rest, options.owner)
    elif options.phase in (None, "verify" if WITH_TESTS & goals <= WITH_VERIFY else "test"):
        reports = pathlib.Path(options.reports) if options.reports else None
        sys.exit(wait([Job(options.jobs, name) for name in options.name.split(",")], reports))


class Job:
    def __init__(self, directory: pathlib.Path, name: str):
        self.name = name
        self.log, self.result, self.watcher = (directory / f"{name}.{end}" for end in ("log", "result", "pid"))


def start(options: argparse.Namespace) -> None:
    job = Job(options.jobs, options.name)
    options.jobs.mkdir(parents=True, exist_ok=True)
    job.result.unlink(missing_ok=True)
    job.log.write_bytes(b"")
    for report in options.fresh_reports.glob("TEST-*.xml") if options.fresh_reports else ():
        report.unlink()
    this = [sys.executable, __file__, "watch", "--jobs", str(options.jobs), "--owner", str(options.owner), options.name]
    with job.log.open("ab") as log:
        # In a session of its own: what ends the build at the terminal must not end the one who cleans up.
        watcher = subprocess.Popen([*this, *options.rest], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    job.watcher.write_text(str(watcher.pid))
    print(f"beside: {job.name} (log {job.log})")


def watch(job: Job, command: list[str], owner: int) -> None:
    """Runs the command; ends it, and all that it started, when the owner is gone."""
    born = server.started(owner)
    program = shutil.which(command[0]) or command[0]
    process = subprocess.Popen([program, *command[1:]], stdin=subprocess.DEVNULL, start_new_session=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        while server.alive(owner) and server.started(owner) == born:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = process.wait(PAUSE_SECONDS)
                part = job.result.with_suffix(".part")
                part.write_text(str(code))
                part.replace(job.result)
                return
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The command's whole process group; what is left of it after its own end too."""
    deadline = time.monotonic() + GRACE_SECONDS
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGTERM)
        while time.monotonic() < deadline:
            process.poll()
            os.killpg(process.pid, 0)
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait(jobs: list[Job], reports: pathlib.Path | None) -> int:
    results = {job.name: _follow(job) for job in jobs}
    if reports:
        results["the tests"] = _sum(reports)
    for name, result in results.items():
        if result:
            print(f"beside: {name} failed ({result})")
    sys.stdout.flush()
    return 1 if any(results.values()) else 0


def _follow(job: Job) -> int:
    """Copies what the job writes until it has ended, and returns its exit code."""
    try:
        watcher = int(job.watcher.read_text())
    except OSError:
        print(f"beside: {job.name} was never started")
        return 1
    print(f"--- {job.name}", flush=True)
    with job.log.open("rb") as log:
        while True:
            over = job.result.exists() or not server.alive(watcher)
            shutil.copyfileobj(log, sys.stdout.buffer)
            sys.stdout.flush()
            if over:
                break
            time.sleep(PAUSE_SECONDS)
    try:
        return int(job.result.read_text())
    except OSError:
        print(f"beside: {job.name} ended without a result")
        return 1
    finally:
        job.watcher.unlink()


def _sum(reports: pathlib.Path) -> int:
    """Surefire's last line, over all its runs."""
    sums = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for report in reports.glob("TEST-*.xml"):
        for _, suite in xml.iterparse(report, events=["start"]):
            for each in sums:
                sums[each] += int(suite.get(each, 0))
            break  # the rest of the file is its tests
    print("Tests run: {tests}, Failures: {failures}, Errors: {errors}, Skipped: {skipped}".format(**sums))
    return sums["failures"] + sums["errors"]


if __name__ == "__main__":
    main()
