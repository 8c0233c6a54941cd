"""Faults and delays on demand. Each names the calls that it hits, so that it does not disturb other tests."""

from __future__ import annotations

import dataclasses
import fnmatch
import html
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import errors
import hostile
import wire
from errors import AwsError
from wire import Answer, Call

KINDS = {"throttle", "500", "503", "error", "reset", "hang", "no-http", "truncate", "html", "empty", "lost-answer", "delay"}
KINDS |= hostile.KINDS
DEFAULT_HANG_SECONDS = 30.0


@dataclass
class Fault:
    """What to do, to which calls, and how often. Patterns are shell patterns such as Put*; the default matches all."""

    kind: str
    service: str = "*"
    operation: str = "*"
    times: int | None = 1  # None: until deleted
    delaySeconds: float = 0.0
    #: Facts of the call, named as in the log of calls: bucket, key, roleArn, accessKeyId, tableName, secretId, region ...
    match: dict[str, str] = field(default_factory=dict)
    #: Text that the request's body must contain, such as a DynamoDB key.
    bodyContains: str = ""
    # For the kinds error and html.
    status: int = 0
    code: str = ""
    message: str = ""
    id: int = 0
    used: int = 0

    def hits(self, call: Call) -> bool:
        facts = call.facts
        wanted = {"service": self.service, "operation": self.operation, **self.match}
        return all(fnmatch.fnmatchcase(facts.get(name, ""), pattern) for name, pattern in wanted.items()) and (
            self.bodyContains.encode() in call.body
        )


_lock = threading.Lock()
_faults: list[Fault] = []
_ids = itertools.count(1)
#: By the fault's ID: set when it is deleted, so that the calls it holds go on.
_deleted: dict[int, threading.Event] = {}
_latency: list[tuple[str, str, float]] = []  # service, operation, seconds


def add(request: dict[str, Any]) -> dict[str, Any]:
    known = {f.name for f in dataclasses.fields(Fault)} - {"id", "used"}
    unknown = (request.keys() - known) | (request.get("match", {}).keys() - wire.FACTS)
    if unknown or request.get("kind") not in KINDS:
        raise ValueError(f"unknown {sorted(unknown)}" if unknown else f"kind must be one of {sorted(KINDS)}")
    fault = Fault(**request)
    with _lock:
        fault.id = next(_ids)
        _faults.append(fault)
        _deleted[fault.id] = threading.Event()
    return dataclasses.asdict(fault)


def remove(number: int | None = None) -> int:
    with _lock:
        gone = [f for f in _faults if number in (None, f.id)]
        _faults[:] = [f for f in _faults if f not in gone]
        for fault in gone:
            _deleted.pop(fault.id).set()
    return len(gone)


def current() -> list[dict[str, Any]]:
    with _lock:
        return [dataclasses.asdict(fault) for fault in _faults]


def set_latency(request: dict[str, Any]) -> dict[str, Any]:
    """{"ms": N, "service": pattern, "operation": pattern}: added to each call. The last entry that matches counts."""
    entry = (request.get("service", "*"), request.get("operation", "*"), float(request["ms"]) / 1000)
    with _lock:
        _latency[:] = [e for e in _latency if e[:2] != entry[:2]] + [entry]
    return {"latency": [{"service": s, "operation": o, "ms": seconds * 1000} for s, o, seconds in _latency]}


def clear_latency() -> None:
    with _lock:
        _latency.clear()


def wait(call: Call) -> None:
    matching = [
        seconds
        for service, operation, seconds in list(_latency)
        if fnmatch.fnmatchcase(call.service, service) and fnmatch.fnmatchcase(call.operation, operation)
    ]
    if matching:
        time.sleep(matching[-1])


def take(call: Call) -> Fault | None:
    """The first fault that matches the call; its use is counted."""
    if not _faults:
        return None
    with _lock:
        for fault in _faults:
            if (fault.times is None or fault.used < fault.times) and fault.hits(call):
                fault.used += 1
                return fault
    return None


def _hold(fault: Fault, seconds: float) -> None:
    """So long, or until the fault is deleted."""
    with _lock:
        deleted = _deleted.get(fault.id)
    if deleted and seconds:
        deleted.wait(seconds)


def apply(fault: Fault, call: Call, carry_out: Callable[[], Answer]) -> Answer:
    """The answer that replaces the proper one. Only some kinds carry out the call."""
    _hold(fault, fault.delaySeconds or (DEFAULT_HANG_SECONDS if fault.kind == "hang" else 0))
    if fault.kind == "throttle":
        raise errors.throttled(call)
    if fault.kind in ("500", "503"):
        raise errors.internal(call, int(fault.kind))
    if fault.kind == "error":
        raise AwsError(fault.status or 400, fault.code, fault.message)
    if fault.kind in ("reset", "hang"):
        return Answer(0, wire="reset")
    if fault.kind == "no-http":
        return Answer(0, wire="no-http")
    if fault.kind == "lost-answer":
        carry_out()
        return Answer(0, wire="reset")
    if fault.kind == "html":
        text = (
            f"<!DOCTYPE html><html><head><title>Proxy</title></head><body>{html.escape(fault.message or 'Sign in')}</body></html>"
        )
        return Answer(fault.status or 200, (("Content-Type", "text/html"),), text.encode())
    if fault.kind == "empty":
        return Answer(fault.status or 200)
    answer = carry_out()
    on_the_wire = fault.kind == "truncate" or fault.kind in hostile.KINDS
    return dataclasses.replace(answer, wire=fault.kind) if on_the_wire else answer
