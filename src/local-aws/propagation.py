"""IAM's eventual consistency on demand: a change takes effect only after a while (10 to 60 seconds in AWS), and not
everywhere at once.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from accounts import SERVICE, Identity
from wire import Call

#: Who a delay is about -> what of it can be late, and what is late unless the request says so.
SUBJECTS = {
    "roleArn": ({"trust", "permissions"}, "trust"),
    "userArn": ({"keys", "permissions"}, "permissions"),
    "accessKeyId": ({"keys"}, "keys"),
}


@dataclass(frozen=True)
class _Delay:
    seconds: float
    since: float | None  # epoch seconds; None: since the creation of whatever is late
    known_in: frozenset[str]  # the Regions that have the change already

    def lasts(self, created: float, region: str) -> bool:
        begin = created if self.since is None else self.since
        return region not in self.known_in and time.time() < begin + self.seconds


_lock = threading.Lock()
_delays: dict[tuple[str, str, str], _Delay] = {}  # (what, ARN, access key or "*", "now" or "creation")


def configure(request: dict[str, Any]) -> dict[str, Any]:
    """Takes {"roleArn": ARN or "*", "seconds": N, "from": "now" | "creation", "what": "trust" | "permissions" | "both",
    "knownIn": [Regions]}; or {"userArn": ...} with "what": "permissions" | "keys"; or {"accessKeyId": key or "*"}."""
    named = [name for name in SUBJECTS if request.get(name)]
    if len(named) != 1:
        raise ValueError("one of roleArn, userArn and accessKeyId is needed")
    subject, (possible, usual) = request[named[0]], SUBJECTS[named[0]]
    what = request.get("what", usual)
    kinds = possible if what == "both" else {what}
    start = request.get("from", "now")
    if not kinds <= possible or start not in ("now", "creation"):
        raise ValueError(f"what must be one of {sorted(possible)} or both, from must be now or creation")
    seconds = float(request["seconds"])
    delay = _Delay(seconds, None if start == "creation" else time.time(), frozenset(request.get("knownIn", ())))
    with _lock:
        for kind in kinds:
            _delays[kind, subject, start] = delay
    return {"refused": subject, "seconds": seconds, "what": sorted(kinds)}


def clear() -> None:
    with _lock:
        _delays.clear()


def trust_pending(call: Call, role: Any) -> bool:
    return _pending("trust", [role.arn], role.account_id, role.create_date, call.region)


def key_pending(call: Call, identity: Identity) -> bool:
    """Whether this Region does not know the access key yet. A session's key is known at once."""
    holder, created = identity.holder, identity.key_created
    if holder is None or created is None:
        return False
    return _pending("keys", [call.access_key, holder.arn], holder.account_id, created, call.region)


def permissions_pending(call: Call, identity: Identity) -> bool:
    holder = identity.holder
    return holder is not None and _pending(
        "permissions", [holder.arn], holder.account_id, holder.create_date, call.region
    )


def _pending(kind: str, subjects: list[str], account: str, created: datetime, region: str) -> bool:
    born = created.replace(tzinfo=timezone.utc).timestamp()  # moto's times are UTC without a time zone
    everybody = ["*"] if account != SERVICE else []  # "*" means customers
    delays = (_delays.get((kind, subject, start)) for subject in [*subjects, *everybody] for start in ("now", "creation"))
    return any(delay is not None and delay.lasts(born, region) for delay in delays)
