"""Latency of a warm function, minus that of a function that only makes the same calls to DynamoDB."""

from __future__ import annotations

import json
import statistics
import uuid
from collections.abc import Iterator

import figures
from functions import WARM, Function, Running

#: The ID in the events that stands for an existing integration.
SAMPLE = "int_01JD9ZQ4M8C2V7T5K3W6X1Y0AB"


def latency(
    services: list[Function],
    floor: Function,
    others: list[Function],
    events: dict[str, dict],
    aws: str,
    runs: int,
    warm_up: int,
) -> str:
    """events: the services' events by the name of the floor's call; others: floors in other languages."""
    with Running(floor, aws, WARM) as least:
        rows = [row for service in services for row in _rows(service, least, events, aws, runs, warm_up)]
        rows += [row for other in others for row in _calls(other, least, list(events), aws, runs, warm_up)]
    header = ["function", "request", "through the emulator, ms", "the floor's, ms", "more than the floor's, ms"]
    return f"{runs} requests each, in turns.\n\n" + figures.table(header, rows)


def _rows(
    service: Function, least: Running, events: dict[str, dict], aws: str, runs: int, warm_up: int
) -> Iterator[list[str]]:
    with Running(service, aws, WARM) as ours:
        stored = json.loads(ours.invoke(_create(events["transaction"]))[1]["body"])
        for call, event in events.items():
            ours_ms, least_ms = [], []
            for run in range(warm_up + runs):
                if call == "transaction":
                    event = _create(event)
                text = json.dumps(event).replace(SAMPLE, stored["id"])
                pair = ours.invoke(json.loads(text))[0], least.invoke(call)[0]
                if run >= warm_up:
                    ours_ms.append(pair[0])
                    least_ms.append(pair[1])
            request = f"{event['requestContext']['http']['method']} {event['rawPath']}".replace(SAMPLE, "{id}")
            yield [service.name, request, *_compared(ours_ms, least_ms)]


def _calls(
    other: Function, least: Running, calls: list[str], aws: str, runs: int, warm_up: int
) -> Iterator[list[str]]:
    with Running(other, aws) as theirs:
        for call in calls:
            pairs = [(theirs.invoke(call)[0], least.invoke(call)[0]) for _ in range(warm_up + runs)][warm_up:]
            others_ms, least_ms = map(list, zip(*pairs, strict=True))
            yield [other.name, f"call: {call}", *_compared(others_ms, least_ms)]


def _compared(ms: list[float], least_ms: list[float]) -> list[str]:
    more = [mine - theirs for mine, theirs in zip(ms, least_ms, strict=True)]
    return [figures.spread(ms, 1), f"{statistics.median(least_ms):.1f}", figures.spread(more, 1)]


def _create(event: dict) -> dict:
    """The event with a new name and without the validation, which is measured separately."""
    body = json.loads(event["body"]) | {"name": f"Bench {uuid.uuid4()}"}
    headers = {name: value for name, value in event["headers"].items() if name != "idempotency-key"}
    return event | {"body": json.dumps(body), "headers": headers, "rawQueryString": "validate=false"}
