"""Starting and stopping the server, as the build and developers do."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from typing import Any

import launch
import local_aws
import ports
import pytest
from conftest import LOCAL_AWS

Owner = subprocess.Popen

#: Far longer than anything takes, even on a busy machine.
PATIENCE_SECONDS = 120


@pytest.fixture
def owner() -> Iterator[Owner]:
    """Stands for Maven."""
    process = subprocess.Popen(["sleep", "600"])
    yield process
    process.kill()
    process.wait()


def start(state: pathlib.Path, owner: Owner, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if k not in ("AWS_ENDPOINT_URL", "LOCAL_AWS_PORT")}
    command = [sys.executable, str(LOCAL_AWS), "start", "--state", str(state), "--owner", str(owner.pid), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=inherited | environment, timeout=PATIENCE_SECONDS)


def health(url: str) -> Any:
    try:
        with urllib.request.urlopen(f"{url}/_local/health", timeout=PATIENCE_SECONDS) as answer:
            return json.load(answer)
    except OSError:
        return None


def test_a_started_server_is_ready_and_ends_with_its_owner(tmp_path: pathlib.Path, owner: Owner) -> None:
    done = start(tmp_path, owner, "--port", "0")
    url = (tmp_path / "endpoint").read_text()
    assert done.returncode == 0 and url in done.stdout and health(url)["owner"] == owner.pid
    owner.kill()  # without wait(): the process stays a zombie, as it does if its parent is busy
    deadline = time.monotonic() + PATIENCE_SECONDS
    while health(url) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert health(url) is None


def test_a_second_start_for_the_same_owner_finds_the_running_server(tmp_path: pathlib.Path, owner: Owner) -> None:
    start(tmp_path, owner, "--port", "0")
    first = health((tmp_path / "endpoint").read_text())
    assert start(tmp_path, owner, "--port", "0").returncode == 0
    assert health((tmp_path / "endpoint").read_text()) == first


def test_a_taken_port_is_reported_with_the_process_that_has_it(tmp_path: pathlib.Path, owner: Owner) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        for arguments, environment in ((["--port", port], {}), ([], {"LOCAL_AWS_PORT": port})):
            done = start(tmp_path, owner, *arguments, **environment)
            assert done.returncode == 1
            assert f"port {port} is taken by" in done.stderr and "Traceback" not in done.stderr
            if pathlib.Path("/proc/net/tcp").exists():
                assert f"process {os.getpid()} (" in done.stderr


def test_a_start_waits_for_the_port_of_a_server_whose_owner_has_just_ended(tmp_path: pathlib.Path, owner: Owner) -> None:
    start(tmp_path / "first", owner, "--port", "0")
    port = (tmp_path / "first" / "endpoint").read_text().rpartition(":")[2]
    owner.kill()
    new_owner = subprocess.Popen(["sleep", "600"])
    try:
        done = start(tmp_path / "second", new_owner, "--port", port)
        assert done.returncode == 0, done.stderr
        assert health(f"http://127.0.0.1:{port}")["owner"] == new_owner.pid
    finally:
        new_owner.kill()
        new_owner.wait()


def test_a_port_that_nobody_has_any_more_is_tried_again() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    tries = []

    def listen(port: int) -> int:
        tries.append(port)
        if len(tries) == 1:
            raise OSError(errno.EADDRINUSE, "a server had it a moment ago")
        return port

    assert ports.listen_patiently(free, listen) == free


def test_with_another_endpoint_in_the_environment_nothing_is_started(tmp_path: pathlib.Path, owner: Owner) -> None:
    done = start(tmp_path, owner, AWS_ENDPOINT_URL="http://127.0.0.1:9")
    assert done.returncode == 0 and "http://127.0.0.1:9" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["endpoint"]
    assert (tmp_path / "endpoint").read_text() == "http://127.0.0.1:9"


def test_the_server_listens_on_this_machine_only(tmp_path: pathlib.Path, owner: Owner) -> None:
    start(tmp_path, owner, "--port", "0")
    port = int((tmp_path / "endpoint").read_text().rpartition(":")[2])
    # All of 127.0.0.0/8 is this machine: a server that listens on every address would answer here, too.
    with socket.socket() as probe:
        probe.settimeout(1)
        assert probe.connect_ex(("127.0.0.2", port)) != 0


def test_a_package_without_a_hash_is_not_installed(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moto_from(tmp_path, monkeypatch)
    (tmp_path / "requirements.txt").write_text("moto==0\n")
    with pytest.raises(SystemExit, match="Hashes are required"):
        launch.interpreter()


def test_only_the_program_that_is_run_writes_to_stdout(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    wheel = moto_from(tmp_path, monkeypatch)
    (tmp_path / "requirements.txt").write_text(f"moto==0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    assert local_aws.run(["-c", "import moto; print('the program')"]) == 0
    captured = capfd.readouterr()
    assert captured.out == "the program\n" and "installing moto" in captured.err
    # Once for all: the next start finds it, and one with other requirements has its own.
    assert local_aws.run(["-c", "print('again')"]) == 0
    captured = capfd.readouterr()
    assert captured.out == "again\n" and not captured.err
    # A Python that the machine no longer has is installed anew.
    for link in (tmp_path / "tools").glob("local-aws-*/bin/python*"):
        link.unlink()
        link.symlink_to(tmp_path / "removed")
    assert local_aws.run(["-c", "print('anew')"]) == 0
    captured = capfd.readouterr()
    assert captured.out == "anew\n" and "installing moto" in captured.err
    with launch.REQUIREMENTS.open("a") as requirements:
        requirements.write("# another version\n")
    assert local_aws.run(["-c", "print('another')"]) == 0
    assert "installing moto" in capfd.readouterr().err
    assert len(list((tmp_path / "tools").glob("local-aws-*/installed"))) == 2


def moto_from(directory: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """Makes an empty moto 0 the only package that pip finds, and requirements.txt in this directory the launcher's lock."""
    made = directory / "moto-0-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as wheel:
        wheel.writestr("moto.py", "")
        wheel.writestr("moto-0.dist-info/METADATA", "Metadata-Version: 2.1\nName: moto\nVersion: 0\n")
        wheel.writestr("moto-0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("moto-0.dist-info/RECORD", "moto.py,,\n")
    monkeypatch.setattr(launch, "REQUIREMENTS", directory / "requirements.txt")
    monkeypatch.setenv("TOOLS", str(directory / "tools"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(directory))
    return made
