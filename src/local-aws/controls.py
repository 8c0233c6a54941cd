"""The controls for tests: plain JSON over HTTP under /_local/. README.md lists them."""

from __future__ import annotations

import itertools
import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import accounts
import demo
import faults
import hostile
import propagation
import seed
from wire import Answer, Call

PREFIX = "/_local/"
_calls: deque[dict[str, Any]] = deque(maxlen=20_000)
_events: deque[dict[str, Any]] = deque(maxlen=20_000)
_lock = threading.Lock()
_owner = 0


def started(owner: int) -> None:
    global _owner
    _owner = owner


def record(call: Call, answer: Answer, error: str) -> None:
    entry = call.facts | {
        "status": answer.status,
        "error": error or None,
        "wire": answer.wire or None,
        "start": round(call.started * 1000, 3),
    }
    with _lock:
        entry["end"] = round(time.time() * 1000, 3)
        _calls.append(entry)
        if call.operation == "PutEvents" and answer.status == 200:
            _events.extend(_accepted(call, answer))


def _accepted(call: Call, answer: Answer) -> list[dict[str, Any]]:
    results = json.loads(answer.body)["Entries"]
    entries = json.loads(call.body)["Entries"]
    return [
        {
            "bus": e.get("EventBusName"),
            "source": e["Source"],
            "detailType": e["DetailType"],
            "detail": json.loads(e["Detail"]),
            "invocation": call.headers.get("amz-sdk-invocation-id"),
        }
        for e, result in zip(entries, results)
        if "ErrorCode" not in result
    ]


def answer(call: Call) -> Answer:
    name = call.path.removeprefix(PREFIX).strip("/")
    handler = _ROUTES.get((call.method, name.split("/")[0]))
    if handler is None:
        return _json(
            404, {"error": f"no control {call.method} {call.path}", "controls": sorted(f"{m} {PREFIX}{n}" for m, n in _ROUTES)}
        )
    try:
        return _json(200, handler(call, name, json.loads(call.body or b"{}")))
    except (ValueError, KeyError, TypeError) as error:
        return _json(400, {"error": f"{type(error).__name__}: {error}"})


def _json(status: int, value: Any) -> Answer:
    return Answer(status, (("Content-Type", "application/json"),), (json.dumps(value, indent=1) + "\n").encode())


def _read_calls(call: Call, _name: str, _body: Any) -> list[dict[str, Any]]:
    """Oldest first. Each parameter is a fact that the call must have, except since (epoch milliseconds)."""
    wanted = dict(call.arguments)
    since = float(wanted.pop("since", 0))
    with _lock:
        # Calls stand in the order in which they ended, so none before the first that ended too early is wanted.
        found = list(itertools.takewhile(lambda known: known["end"] >= since, reversed(_calls)))
    return [c for c in reversed(found) if c["start"] >= since and _has(c, wanted)]


def _read_events(call: Call, _name: str, _body: Any) -> list[dict[str, Any]]:
    """The events that buses accepted, oldest first. Each parameter is a member that the event's detail must have."""
    with _lock:
        found = list(_events)
    return [event for event in found if _has(event["detail"], call.arguments)]


def _has(facts: dict[str, Any], wanted: dict[str, str]) -> bool:
    return all(str(facts.get(name)) == value for name, value in wanted.items())


def _clear_calls(_call: Call, _name: str, _body: Any) -> dict[str, Any]:
    with _lock:
        count = len(_calls)
        _calls.clear()
    return {"removed": count}


def _done(action: Callable[[], object]) -> dict[str, Any]:
    action()
    return {}


_ROUTES: dict[tuple[str, str], Callable[[Call, str, Any], Any]] = {
    ("GET", "health"): lambda _call, _name, _body: {"pid": os.getpid(), "owner": _owner},
    ("GET", "demo"): lambda _call, _name, _body: demo.TABLE,
    ("GET", "sent"): lambda _call, _name, _body: {"most": hostile.most_sent},
    ("GET", "stack"): lambda _call, _name, _body: seed.RETURN_VALUES,
    ("GET", "events"): _read_events,
    ("GET", "calls"): _read_calls,
    ("DELETE", "calls"): _clear_calls,
    ("GET", "faults"): lambda _call, _name, _body: faults.current(),
    ("POST", "faults"): lambda _call, _name, body: faults.add(body),
    ("DELETE", "faults"): lambda _call, name, _body: {"removed": faults.remove(int(name.split("/")[1]) if "/" in name else None)},
    ("POST", "latency"): lambda _call, _name, body: faults.set_latency(body),
    ("DELETE", "latency"): lambda _call, _name, _body: _done(faults.clear_latency),
    ("POST", "propagation"): lambda _call, _name, body: propagation.configure(body),
    ("DELETE", "propagation"): lambda _call, _name, _body: _done(propagation.clear),
    ("POST", "expire"): lambda _call, _name, body: {"expired": accounts.expire(body["roleArn"])},
}
