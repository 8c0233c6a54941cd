"""IAM's eventual consistency on demand: a change takes effect only after a while (10 to 60 seconds in AWS)."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timezone
from typing import Any

from accounts import SERVICE, Identity

_lock = threading.Lock()
_refused: dict[tuple[str, str], float] = {}  # (what, ARN or key) -> until when
_from_creation: dict[str, tuple[float, set[str]]] = {}  # role ARN or "*" -> seconds, what


def configure(request: dict[str, Any]) -> dict[str, Any]:
    """Takes {"roleArn": ARN or "*", "seconds": N, "from": "now" | "creation", "what": "trust" | "permissions" | "both"},
    or {"userArn": ..., "seconds": N} for a user's permissions, or {"accessKeyId": ..., "seconds": N} for a key."""
    seconds = float(request["seconds"])
    what = request.get("what", "trust")
    kinds = {"trust", "permissions"} if what == "both" else {what}
    subject = request.get("roleArn") or request.get("userArn") or request.get("accessKeyId")
    if not subject or not kinds <= {"trust", "permissions"}:
        raise ValueError("roleArn, userArn or accessKeyId is needed, and what must be trust, permissions or both")
    if "accessKeyId" in request:
        kinds = {"key"}
    elif "userArn" in request:
        kinds = {"permissions"}
    with _lock:
        if request.get("from", "now") == "creation":
            _from_creation[subject] = (seconds, kinds)
        else:
            for kind in kinds:
                _refused[kind, subject] = time.time() + seconds
    return {"refused": subject, "seconds": seconds, "what": sorted(kinds)}


def clear() -> None:
    with _lock:
        _refused.clear()
        _from_creation.clear()


def trust_pending(role: Any) -> bool:
    return _pending("trust", role.arn, role.create_date)


def key_pending(access_key: str) -> bool:
    return _refused.get(("key", access_key), 0) > time.time()


def permissions_pending(identity: Identity) -> bool:
    holder = identity.holder
    return holder is not None and _pending("permissions", holder.arn, holder.create_date)


def _pending(kind: str, arn: str, created: datetime) -> bool:
    now, born = time.time(), created.replace(tzinfo=timezone.utc).timestamp()  # moto's times are UTC without a time zone
    if _refused.get((kind, arn), 0) > now:
        return True
    for subject in (arn, "*") if f":{SERVICE}:" not in arn else (arn,):  # "*" means customers' roles
        seconds, kinds = _from_creation.get(subject, (0, set()))
        if kind in kinds and born + seconds > now:
            return True
    return False
