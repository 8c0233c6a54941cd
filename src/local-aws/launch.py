"""What the launcher needs before the server runs: a Python with moto, a lock, atomic files. Standard library only."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.request
import venv
from collections.abc import Iterator

#: The lock: every package with its version and its hashes. src/it/lock-python.sh makes it from requirements.in.
REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")


def interpreter() -> str:
    """The running Python if it has all requirements; otherwise that of our virtual environment, created if missing."""
    return sys.executable if _complete() else _environment()


def _complete() -> bool:
    pinned = re.search(r"^moto==(\S+)", REQUIREMENTS.read_text(), re.MULTILINE)
    assert pinned is not None
    try:
        found = importlib.metadata.version("moto")
    except importlib.metadata.PackageNotFoundError:
        return False
    return found == pinned[1] and all(
        importlib.util.find_spec(name) for name in ("flask", "yaml", "boto3", "pytest", "cfnlint", "awscli", "hcl2")
    )


def _environment() -> str:
    # Named after its contents, so that another version of the requirements or of Python has one of its own.
    name = "local-aws-" + hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:16]
    path = _tools() / name
    python = path / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    with locked(path):  # two builds would install into it at once
        # A link to a Python that has since been removed does not exist.
        if not ((path / "installed").exists() and python.exists()):
            _install(path, python)
    return str(python)


def _tools() -> pathlib.Path:
    """Where src/it/tools.sh keeps its tools as well: no checkout installs what another has installed."""
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(os.environ.get("TOOLS") or pathlib.Path(cache, "sea-external-integrations")).resolve()


def _install(path: pathlib.Path, python: pathlib.Path) -> None:
    # stdout belongs to the program that the caller runs with this Python.
    print(f"local AWS: installing moto and test tools into {path} (once)", file=sys.stderr, flush=True)
    venv.create(path, clear=True, with_pip=True)
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "-q",
        # The file names every package there is to install, and most modules are never imported.
        "--no-deps",
        "--no-compile",
        "--require-hashes",
        "-r",
        str(REQUIREMENTS),
    ]
    installed = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if installed.returncode:
        sys.exit(f"local AWS: pip could not install {REQUIREMENTS}:\n{installed.stdout}")
    (path / "installed").touch()


@contextlib.contextmanager
def locked(path: pathlib.Path) -> Iterator[None]:
    """Lets one process at a time work on this path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as file:
        try:
            import fcntl
        except ImportError:  # Windows: no lock, and two starts at once are unlikely
            yield
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def serves(endpoint: pathlib.Path, owner: int) -> bool:
    """Whether the server that this file names is running for this owner."""
    try:
        return health(endpoint.read_text())["owner"] == owner
    except (OSError, ValueError, KeyError):
        return False


def health(url: str, seconds: float = 10) -> dict[str, int]:
    """The health of the local AWS at this URL, which may be busy for so long. Ignores the environment's proxies."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url + "/_local/health", timeout=seconds) as answer:
        return json.load(answer)


def write(path: pathlib.Path, text: str) -> None:
    """Atomic, since readers wait for the file to appear."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(text)
    part.replace(path)
