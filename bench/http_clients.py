"""Compares the SDK's HTTP clients on the calls of a light validation, against a stub of AWS that takes almost no time."""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import urllib.request
from collections.abc import Iterator

import figures
import service_tests
from functions import JAVA, ROOT, WORK

LATENCY_MS = 50
AT_A_TIME = 32
COUNT = 400
#: The first validation and those that warm up the JVM.
BEFORE = 201
CLIENTS = {"url": [], "url, 64 kept for each host": ["-Dhttp.maxConnections=64"], "apache5": [], "crt": []}


def compared(runs: int) -> str:
    measured: dict[str, list[dict]] = {client: [] for client in CLIENTS}
    with _stub() as stub:
        for _ in range(runs):
            for client, flags in CLIENTS.items():
                measured[client].append(_once(client, flags, stub))
    url = [run["cpu"] for run in measured["url"]]
    rows = []
    for client, all_runs in measured.items():
        of = {name: [run[name] for run in all_runs] for name in all_runs[0]}
        rows.append(
            [
                client,
                figures.spread([COUNT / seconds for seconds in of["seconds"]]),
                figures.spread(of["cpu"], 2),
                figures.spread(figures.ratios(of["cpu"], url), 2),
                figures.spread(of["allocated"]),
                f"{statistics.median(of['connections']) / (COUNT + BEFORE):.2f}",
                figures.spread(of["first"]),
            ]
        )
    header = ["client", "checks/s", "processor time of one, ms", "times url", "allocated by one, kB"]
    header += ["new connections for one", "clients made and first check, ms"]
    how = f"{runs} runs each, in turns; a check is the six calls of a light validation, {LATENCY_MS} ms each"
    return f"{how}, {AT_A_TIME} checks at a time.\n\n" + figures.table(header, rows)


@contextlib.contextmanager
def _stub() -> Iterator[str]:
    service_tests.compiled()
    task = WORK / "tasks/service-JVM"
    classes = f"{ROOT}/target/test-classes:{task}:{task}/lib/*"
    command = [JAVA, "-Xmx1g", "-cp", classes, "dev.sea.integrations.schedule.StubAws"]
    with (WORK / "stub.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()
            process.wait()


def _once(client: str, flags: list[str], stub: str) -> dict:
    _control(stub, "seed", {"total": 0, "due": 0, "latencyMillis": LATENCY_MS, "template": {}})
    jvm = [JAVA, "-Xmx890m", "-XX:+UseSerialGC", *flags, "-cp", f"{ROOT}/bench/peer/target/lib/*"]
    arguments = [client.split(",")[0], stub, str(AT_A_TIME), str(COUNT)]
    with (WORK / "clients.log").open("wb") as log:
        out = subprocess.run(
            [*jvm, "dev.sea.bench.HttpClients", *arguments], stdout=subprocess.PIPE, stderr=log, check=True, timeout=300
        ).stdout
    return json.loads(out.splitlines()[-1]) | {"connections": _control(stub, "calls", {})["connections"]}


def _control(stub: str, name: str, body: dict) -> dict:
    with urllib.request.urlopen(f"{stub}/_bench/{name}", json.dumps(body).encode()) as answer:
        return json.loads(answer.read())
