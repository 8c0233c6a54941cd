"""Listens on a port, or says which process has it. Standard library only."""

from __future__ import annotations

import contextlib
import errno
import pathlib
import subprocess
import time
import urllib.error
from collections.abc import Callable
from typing import TypeVar

import launch
from server import ADDRESS, alive

PATIENCE_SECONDS = 5.0
Bound = TypeVar("Bound")


class Taken(Exception):
    pass


def listen_patiently(port: int, listen: Callable[[int], Bound]) -> Bound:
    """Listens. Waits a little if a local AWS whose owner has ended still has the port: it is about to end, too."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return listen(port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            if not _ending(port) or time.monotonic() > deadline:
                raise Taken(
                    f"port {port} is taken by {holder(port)}. End that process, or choose another port: "
                    "--port N, LOCAL_AWS_PORT=N, or --port 0 for a free one."
                ) from None
            time.sleep(0.1)


def _ending(port: int) -> bool:
    try:
        return not alive(launch.health(f"http://{ADDRESS}:{port}", seconds=1)["owner"])
    except (ConnectionError, TimeoutError):
        return True  # it ended after our attempt, or has no time to answer
    except urllib.error.URLError as error:
        return isinstance(error.reason, (ConnectionError, TimeoutError))  # the same, before it took the connection
    except (OSError, ValueError, KeyError):
        return False


def holder(port: int) -> str:
    """Name and ID of the process that listens on the port, if this user may see it."""
    pid = _from_proc(port) or _from_lsof(port)
    if pid is None:
        return "another program"
    try:
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        name = " ".join(words[:3]).strip()
    except OSError:
        name = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return f"process {pid} ({name or 'unknown'})"


def _from_proc(port: int) -> int | None:
    listening, inodes = "0A", set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = pathlib.Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            if fields[3] == listening and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    for process in pathlib.Path("/proc").iterdir() if inodes else ():
        if process.name.isdigit() and not inodes.isdisjoint(_opened(process)):
            return int(process.name)
    return None


def _opened(process: pathlib.Path) -> list[str]:
    """What the process has open, such as socket:[4711]; nothing if it has ended or is another user's."""
    opened = []
    with contextlib.suppress(OSError):
        for descriptor in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                opened.append(str(descriptor.readlink()))
    return opened


def _from_lsof(port: int) -> int | None:
    try:
        found = subprocess.run(
            ["lsof", "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-t"], capture_output=True, text=True
        ).stdout.split()
    except OSError:
        return None
    return int(found[0]) if found else None
