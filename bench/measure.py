"""Measures the packaged service, and writes bench/results.md; started by bench/run.

usage: bench/run [--only SECTION]... [--native PATH] [--runs 11] [--warm-up 500] [--results FILE]

With --only a section is measured alone and replaces its old text in the results.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess

import aot_cache
import floors
import functions
import http_clients
import service_tests
import starts
import validation
import warm
from customer import customers
from functions import ROOT, WORK, Function, packaged
from sizes import sizes

RESULTS = ROOT / "bench/results.md"
TITLES = {
    "validation": "Validations",
    "path": "Paths of validations",
    "grants": "Grants and readiness",
    "start": "Cold starts",
    "snapshot": "Starts from a snapshot (SnapStart)",
    "warm": "Warm requests",
    "sweep": "Sweeps",
    "load": "One tenant's flood of failing validations",
    "calls": "Calls to AWS of each operation, and lists of 10,000",
    "clients": "HTTP clients of the SDK",
    "size": "Sizes",
}
LATENCIES = [0, 20, 100]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=TITLES, help="one section; may be given again")
    parser.add_argument("--native", type=pathlib.Path, help="a native function.zip to compare as well")
    parser.add_argument("--runs", type=int, default=11, help="number of runs of each measurement (default 11)")
    parser.add_argument("--warm-up", type=int, default=500, help="requests before a warm one is measured (default 500)")
    parser.add_argument("--results", type=pathlib.Path, default=RESULTS, help="file to write (default bench/results.md)")
    options = parser.parse_args()
    shutil.rmtree(WORK / "tasks", ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    with packaged.local_aws(WORK / "aws", seed="demo") as aws:
        bench = Bench(aws, options.native, options.runs, options.warm_up)
        for section in options.only or TITLES:
            before = os.getloadavg()[0]
            print(f"measuring {section}, load average {before:.1f}", flush=True)
            text = getattr(bench, section)()
            now = datetime.datetime.now(datetime.UTC)
            when = f"{now:%Y-%m-%d %H:%M} UTC, load average {before:.1f} before and {os.getloadavg()[0]:.1f} after"
            write(options.results, section, f"## {TITLES[section]}\n\n{when}; `bench/run --only {section}`.\n\n{text}")
    print(options.results.read_text())


class Bench:
    def __init__(self, aws: str, native: pathlib.Path | None, runs: int, warm_up: int):
        self._aws, self._runs, self._warm_up = aws, runs, warm_up
        self._floor = floors.java()
        self._other_floors: list[Function] | None = None
        self._zips = {"service, JVM": ROOT / "target/function.zip"} | ({"service, native": native} if native else {})
        self._service, *self._more = [functions.service(path, name) for name, path in self._zips.items()]

    def _functions(self) -> dict[Function, object]:
        listing = _event("list-integrations")
        compared = dict.fromkeys([self._floor, *self._others()], "query")
        return compared | dict.fromkeys([self._service, *self._more], listing)

    def _others(self) -> list[Function]:
        """Built only for what measures them: the first time takes minutes."""
        if self._other_floors is None:
            self._other_floors = floors.others()
        return self._other_floors

    def validation(self) -> str:
        made = customers(self._aws)
        event = _event("validate-draft")
        return validation.times(self._service, event, made, self._aws, LATENCIES, self._runs)

    def path(self) -> str:
        return service_tests.measured("PathsOfValidations", "path")

    def grants(self) -> str:
        return service_tests.measured("PathsOfGrants,PathOfReadiness", "grants", "readiness")

    def start(self) -> str:
        cached = aot_cache.cached(self._service, self._aws, _event("list-integrations"))
        compared = self._functions() | {cached: _event("list-integrations")}
        return starts.on_demand(compared, self._aws, self._runs)

    def snapshot(self) -> str:
        jvm = {self._floor: "query", self._service: _event("list-integrations")}
        return starts.from_snapshot(jvm, self._aws, self._runs)

    def warm(self) -> str:
        events = {
            "none": _event("get-settings"),
            "get": _event("get-integration"),
            "query": _event("list-integrations"),
            "transaction": _event("create-integration"),
        }
        services = [self._service, *self._more]
        return warm.latency(
            services, self._floor, self._others(), events, self._aws, 20 * self._runs, self._warm_up
        )

    def sweep(self) -> str:
        return service_tests.measured("SweepThroughput", "sweep")

    def load(self) -> str:
        return service_tests.measured("LoadOfOneTenant", "load")

    def calls(self) -> str:
        return service_tests.measured("CallsOfOperations,ListOfTenThousand", "calls", "list")

    def clients(self) -> str:
        return http_clients.compared(self._runs)

    def size(self) -> str:
        return sizes(self._functions(), self._zips, self._aws)


def write(results: pathlib.Path, section: str, text: str) -> None:
    """Writes the section and keeps the other sections of earlier runs."""
    earlier = results.read_text() if results.exists() else ""
    sections = {title: f"## {title}\n{rest}" for title, rest in re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", earlier, re.M)}
    sections[TITLES[section]] = text
    kept = [sections[title].strip() for title in TITLES.values() if title in sections]
    results.write_text("\n\n".join(["# Measured", _machine(), "Medians, and the middle half in brackets.", *kept]) + "\n")


def _machine() -> str:
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 2**20
    java = subprocess.run([functions.JAVA, "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[1]
    pom = (ROOT / "pom.xml").read_text()
    quarkus = re.search(r"<quarkus.version>(.*)</", pom)[1]
    sdk = re.search(r"<version>(2\.[\d.]+)</version>", (ROOT / "bench/pom.xml").read_text())[1]
    emulator = (packaged.TOOLS / "rie/wanted").read_text().strip()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return (
        f"{os.cpu_count()} cores of {processor[1] if processor else platform.machine()}, {memory:.0f} GB; "
        f"{platform.system()} {platform.release()}; {java}; Quarkus {quarkus}, AWS SDK {sdk}, Runtime Interface Emulator "
        f"{emulator}; commit {commit}."
    )


def _event(name: str) -> dict:
    return json.loads((ROOT / "events" / f"{name}.json").read_text())


if __name__ == "__main__":
    main()
