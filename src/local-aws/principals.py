"""AWS stores the unique ID of each role or user in a Principal element: a new role with an old name is another principal.

So each policy is stored together with the unique IDs that its principals had at that time.
"""

from __future__ import annotations

import json
import weakref
from typing import Any

import accounts

_pinned: weakref.WeakKeyDictionary[Any, dict[str, str]] = weakref.WeakKeyDictionary()


def pin(holder: Any, document: dict) -> None:
    """Records the unique IDs of the principals in a policy that the holder (moto's bucket, key or role) has just stored."""
    _pinned[holder] = {arn: unique for arn in _names(document) if (unique := _unique_id(arn))}


def effective(holder: Any, document: str | bytes | None) -> dict | None:
    """The stored policy. A principal that has been deleted since, or created again, is replaced by its unique ID."""
    if not document:
        return None
    parsed = json.loads(document)
    changed = {arn: unique for arn, unique in _pinned.get(holder, {}).items() if _unique_id(arn) != unique}
    if changed:
        for statement in _statements(parsed):
            for element in ("Principal", "NotPrincipal"):
                named = statement.get(element)
                if isinstance(named, dict) and "AWS" in named:
                    named["AWS"] = [changed.get(name, name) for name in _list(named["AWS"])]
    return parsed


def _statements(document: dict) -> list[dict]:
    return _list(document.get("Statement", []))


def _names(document: dict) -> list[str]:
    found: list[str] = []
    for statement in _statements(document):
        for element in ("Principal", "NotPrincipal"):
            named = statement.get(element)
            found += _list(named.get("AWS", [])) if isinstance(named, dict) else []
    return [name for name in found if name.startswith("arn:")]


def _unique_id(arn: str) -> str:
    account, _, path = arn.partition("::")[2].partition(":")
    if path.startswith("role/"):
        role = accounts.role_by_arn(arn)
        return role.id if role else ""
    if path.startswith("user/") and account in accounts.known_accounts():
        user = accounts.user_by_arn(account, arn)
        return user.id if user else ""
    return ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
