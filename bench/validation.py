"""Compares validations with their critical path and with the same checks made one after the other. Each call to AWS gets
added latency. The critical path comes from the local AWS's log of calls."""

from __future__ import annotations

import json
import subprocess
import urllib.request

import figures
from customer import GATEWAY, Customer
from functions import JAVA, ROOT, WARM, WORK, Function, Running, environment

WARM_UP = 15
FIRST = ("AssumeRole", "GetCallerIdentity")
NEED_THE_OBJECT = ("GetObject", "GetObjectTagging", "Encrypt", "GenerateDataKey")


def times(service: Function, event: dict, customers: list[Customer], aws: str, latencies: list[int], runs: int) -> str:
    rows = []
    with Running(service, aws, WARM) as ours, _Peer(aws) as peer:
        for customer in customers:
            for _ in range(WARM_UP):
                _validate(ours, event, customer)
                peer.check(customer)
        try:
            for latency in latencies:
                _control(aws, "POST", "latency", {"ms": latency})
                for customer in customers:
                    measured, paths, peers, counts = [], [], [], []
                    for _ in range(runs):
                        _control(aws, "DELETE", "calls")
                        measured.append(_validate(ours, event, customer))
                        calls = _control(aws, "GET", "calls")
                        paths.append(critical_path(calls))
                        counts.append(len(calls))
                        peers.append(peer.check(customer))
                    rows.append(
                        [
                            f"{latency} ms",
                            customer.name,
                            max(counts),
                            figures.spread(measured),
                            figures.spread(paths),
                            figures.spread(figures.ratios(measured, paths), 2),
                            figures.spread(peers),
                            figures.spread(figures.ratios(peers, measured), 2),
                        ]
                    )
        finally:
            _control(aws, "DELETE", "latency")
    header = ["latency of a call", "access", "calls", "validation, ms", "critical path, ms", "times the path"]
    header += ["one after the other, ms", "times the validation"]
    return f"{runs} validations each, and as many of the peer's, in turns.\n\n" + figures.table(header, rows)


def critical_path(calls: list[dict]) -> float:
    """Milliseconds of the call that gave the credentials, of PutObject, and of the slowest call that needs the object. The
    AssumeRole calls that must be denied run beside the first: they add nothing to the path."""
    credentials = next(c for c in calls if c["operation"] in FIRST and c["status"] == 200)
    put = next(c for c in calls if c["operation"] == "PutObject")
    last = max(_took(c) for c in calls if c["operation"] in NEED_THE_OBJECT)
    return _took(credentials) + _took(put) + last


def _took(call: dict) -> float:
    return call["end"] - call["start"]


def _validate(ours: Running, event: dict, customer: Customer) -> float:
    answer = ours.invoke(event | {"body": json.dumps(customer.draft)})[1]
    report = json.loads(answer["body"])
    if report["status"] != "HEALTHY":
        raise SystemExit(f"{customer.name}: {report}")
    return report["durationMs"]


def _control(aws: str, method: str, name: str, body: dict | None = None) -> list[dict]:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{aws}/_local/{name}", data, method=method)) as answer:
        return json.loads(answer.read())


class _Peer:
    def __init__(self, aws: str):
        command = [JAVA, "-cp", f"{ROOT}/bench/peer/target/lib/*", "dev.sea.bench.Peer", aws, GATEWAY]
        self._log = (WORK / "peer.log").open("wb")
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env=environment(aws),
        )

    def check(self, customer: Customer) -> float:
        print(customer.for_peer, file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def __enter__(self) -> _Peer:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._log.close()
