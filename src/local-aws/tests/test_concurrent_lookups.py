"""Looks up roles and users while another thread creates some."""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

import accounts


@pytest.fixture
def growing(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """An account whose roles and users another thread keeps changing."""
    found = SimpleNamespace(roles={}, users={})
    monkeypatch.setattr(accounts, "iam", lambda _account: found)
    monkeypatch.setattr(accounts, "iam_backends", {"222233334444": {}})
    ended = threading.Event()

    def grow() -> None:
        for number in itertools.count():
            if ended.is_set():
                return
            for kind in (found.roles, found.users):
                kind[number] = SimpleNamespace(name=f"n{number}", arn=f"arn:{number}")
                kind.pop(number - 1000, None)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    thread = threading.Thread(target=grow)
    thread.start()
    yield found
    ended.set()
    thread.join()
    sys.setswitchinterval(interval)


@pytest.mark.parametrize(
    "look",
    [
        lambda: accounts.role_named("222233334444", "nobody"),
        lambda: accounts.role_by_arn("arn:aws:iam::222233334444:role/nobody"),
        lambda: accounts.user_by_arn("222233334444", "nobody"),
    ],
    ids=["a role by name", "a role by ARN", "a user by ARN"],
)
def test_a_lookup_of_a_missing_name_returns_none_and_does_not_fail(growing: Any, look: Callable[[], Any]) -> None:
    assert [look() for _ in range(500)] == [None] * 500
