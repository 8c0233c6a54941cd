"""The callers: users with their access keys and roles with their sessions, from moto's IAM, and the policies of each."""

from __future__ import annotations

import functools
import secrets
import string
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.iam.models import ManagedPolicy, Role, User, iam_backends

import grammar
from policy import Caller, Policies

SERVICE, CUSTOMER, OTHER = "111122223333", "222233334444", "333344445555"
ADMIN_KEY, ADMIN_SECRET = "AKIALOCALADMIN000000", "local-admin-secret"
FUNCTION_KEY, FUNCTION_SECRET = "AKIALOCALGATEWAY0000", "local-gateway-secret"
GATEWAY_ROLE = "sea-gateway"


@dataclass
class Session:
    """Temporary credentials of a role."""

    role: Role
    name: str
    access_key: str
    secret: str
    token: str
    expires: float
    policies: tuple[dict, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    issued: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Identity:
    """The caller behind an access key."""

    caller: Caller
    secret: str
    holder: Role | User | None = None
    session: Session | None = None
    key_created: datetime | None = None  # of a user's access key


#: Who sends a request without a signature.
ANYBODY = Identity(Caller("", "anonymous", "anonymous", "anonymous"), "")

_sessions: dict[str, Session] = {}
_role_keys: dict[str, tuple[str, Role]] = {}  # long-term key -> its secret and the role that it acts as
_lock = threading.Lock()


def iam(account: str) -> Any:
    return iam_backends[account]["aws"]


def known_accounts() -> list[str]:
    return list(iam_backends)


# Other threads change moto's dictionaries, and a loop over a dictionary that grows fails: copy it first, in one step.


def role_named(account: str, name: str) -> Role | None:
    return next((role for role in list(iam(account).roles.values()) if role.name == name), None)


def user_by_arn(account: str, arn: str) -> User | None:
    return next((user for user in list(iam(account).users.values()) if user.arn == arn), None)


def role_by_arn(arn: str) -> Role | None:
    """The role with exactly this ARN: account, path and case must match."""
    account = arn.split(":")[4] if arn.count(":") >= 5 else ""
    if account not in iam_backends:
        return None
    return next((role for role in list(iam(account).roles.values()) if role.arn == arn), None)


def act_as(access_key: str, secret: str, role: Role) -> None:
    """Lets a long-term key act as a session of the role: no Lambda gives the function a session here."""
    _role_keys[access_key] = (secret, role)


def open_session(
    role: Role, name: str, seconds: int, policies: tuple[dict, ...] = (), tags: dict[str, str] | None = None
) -> Session:
    alphabet = string.ascii_letters + string.digits + "+/"
    text = lambda length, letters=alphabet: "".join(secrets.choice(letters) for _ in range(length))
    session = Session(
        role,
        name,
        "ASIA" + text(16, string.ascii_uppercase + "234567"),
        text(40),
        "FwoG" + text(180),
        time.time() + seconds,
        policies,
        tags or {},
    )
    with _lock:
        _sessions[session.access_key] = session
        for key in [k for k, s in _sessions.items() if s.expires < time.time() - 3600]:
            del _sessions[key]  # nobody asks for it an hour later
    return session


def expire(role_arn: str) -> int:
    """Ends the role's open sessions now and returns their number."""
    with _lock:
        ended = [s for s in _sessions.values() if s.role.arn == role_arn and s.expires > time.time()]
        for session in ended:
            session.expires = time.time() - 1
    return len(ended)


def find(access_key: str) -> Identity | None:
    """The owner of this key; None if the key is unknown or inactive, or if its role has been deleted."""
    if access_key in _role_keys:
        secret, role = _role_keys[access_key]
        return Identity(_assumed(role, "local"), secret, role, Session(role, "local", access_key, secret, "", float("inf")))
    with _lock:
        session = _sessions.get(access_key)
    if session is not None:
        exists = iam(session.role.account_id).roles.get(session.role.id) is session.role
        return Identity(_assumed(session.role, session.name), session.secret, session.role, session) if exists else None
    for account in known_accounts():
        key = iam(account).access_keys.get(access_key)
        if key is not None and key.status == "Active" and key.user_name in iam(account).users:
            user = iam(account).users[key.user_name]
            return Identity(Caller(account, user.arn, "user", user.id), key.secret_access_key, user, key_created=key.create_date)
    return None


def _assumed(role: Role, session_name: str) -> Caller:
    arn = f"arn:aws:sts::{role.account_id}:assumed-role/{role.name}/{session_name}"
    return Caller(role.account_id, arn, "assumed-role", f"{role.id}:{session_name}", role.arn, session_name)


@functools.lru_cache(maxsize=4096)
def parsed(document: str) -> dict:
    return grammar.parse(document)


def policies_of(identity: Identity) -> Policies:
    """The caller's own policies: identity policies, permissions boundary, session policies."""
    holder = identity.holder
    if holder is None:
        return Policies()
    attached = list(holder.managed_policies.values())
    inline = list(holder.policies.values())
    if isinstance(holder, User):
        for group in list(iam(holder.account_id).groups.values()):
            if holder in group.users:
                attached += list(group.managed_policies.values())
                inline += list(group.policies.values())
    documents = [parsed(text) for text in inline] + [default_version(p) for p in attached]
    return Policies(identity=documents, boundary=_boundary(holder), session=identity.session.policies if identity.session else ())


def default_version(managed: ManagedPolicy) -> dict:
    return parsed(next(v.document for v in managed.versions if v.version_id == managed.default_version_id))


def managed_policy(account: str, arn: str) -> ManagedPolicy | None:
    return iam(account).managed_policies.get(arn)


def _boundary(holder: Role | User) -> dict | None:
    arn = getattr(holder, "permissions_boundary_arn", None)
    if not arn:
        return None
    managed = managed_policy(holder.account_id, arn)
    # A deleted boundary allows nothing: AWS treats it like one without statements.
    return default_version(managed) if managed else {"Version": "2012-10-17", "Statement": []}
