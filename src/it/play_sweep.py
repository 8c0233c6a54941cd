"""Lets the packaged function sweep: the API's function makes an integration and activates it, the sweep's validates it when it
is due. Then the bucket denies uploads, and the next sweep must change its health and send the event."""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
import time
import urllib.request
from collections.abc import Callable

import lambda_function as packaged

EVENTS = packaged.ROOT / "events"
SAMPLE_ID = "int_01JD9ZQ4M8C2V7T5K3W6X1Y0AB"
#: Due a second after each check, and a denial is a failure at once.
SETTINGS = {"SEA_SCHEDULE_HEALTHY_INTERVAL": "1s", "SEA_VALIDATION_PROPAGATION_WINDOW": "0s"}
PATIENCE_SECONDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--java-home", required=True)
    options = parser.parse_args()
    with (
        packaged.local_aws(options.work / "aws") as aws,
        packaged.running("api", aws, options.work, options.java_home, SETTINGS) as api,
        packaged.running("sweep", aws, options.work, options.java_home, SETTINGS) as sweep,
    ):
        made = answer(api, "create-integration")
        identity, bucket = made["id"], made["target"]["bucket"]
        answer(api, "activate-integration", identity)

        until("a sweep validates it", lambda: swept(sweep)["validated"] == 1)
        health = answer(api, "get-integration", identity)["health"]["status"]
        if health != "HEALTHY":
            sys.exit(f"after a sweep its health is {health}")

        denial = {"kind": "error", "status": 403, "code": "AccessDenied", "service": "s3", "operation": "PutObject"}
        control(aws, "faults", denial | {"match": {"bucket": bucket}, "times": None})
        until("its bucket denies uploads, so a sweep validates it", lambda: swept(sweep)["validated"] == 1)
        health = answer(api, "get-integration", identity)["health"]["status"]
        events = control(aws, f"events?integration={identity}")
        told = [event["detail"]["to"] for event in events if event["detailType"] == "Integration Health Changed"]
        if health != "DEGRADED" or told[-1:] != ["DEGRADED"]:
            sys.exit(f"its bucket denies uploads, and its health is {health}; told was {json.dumps(told)}")
        errors = [line for f in (api, sweep) for line in f.log.read_text(errors="replace").splitlines() if '"level":"ERROR"' in line]
        if errors:
            sys.exit(f"{len(errors)} errors logged, the first: {errors[0][:3000]}")
    print("sweeps validate what is due, and tell of a change")


def answer(function: packaged.Function, event: str, identity: str = SAMPLE_ID) -> dict:
    text = (EVENTS / f"{event}.json").read_text().replace(SAMPLE_ID, identity)
    got = function.invoke(json.loads(text))
    if got.get("statusCode", 500) >= 300:
        sys.exit(f"{event}: {json.dumps(got)[:3000]}")
    return json.loads(got["body"])


def swept(function: packaged.Function) -> dict:
    report = answer(function, "sweep")
    if report["failed"] or report["unreadable"] or not report["complete"]:
        sys.exit(f"a sweep failed: {json.dumps(report)}")
    return report


def until(what: str, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            sys.exit(f"not within {PATIENCE_SECONDS} s: {what}")
        time.sleep(0.2)


def control(aws: str, path: str, body: dict | None = None) -> list | dict:
    request = urllib.request.Request(f"{aws}/_local/{path}", json.dumps(body).encode() if body else None)
    with urllib.request.urlopen(request) as got:
        return json.load(got)


if __name__ == "__main__":
    main()
