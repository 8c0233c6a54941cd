"""Starts the local AWS on a free port for the tests.

With LOCAL_AWS_STOCK=1 the tests run against moto's own server, and each test marked with a point of ../README.md's list must
fail there: on an assertion, or on moto's HTML page for a crash. A test that passes on stock moto proves nothing about the
local AWS.
"""

from __future__ import annotations

import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from botocore.parsers import ResponseParserError

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))

from world import ADMIN, GATEWAY, SERVICE, World, trust  # noqa: E402

for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE"):  # the developer's own
    os.environ.pop(name, None)
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
LOCAL_AWS = HERE.parent / "local_aws.py"
STOCK = os.environ.get("LOCAL_AWS_STOCK") == "1"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "point(number): point of the list in ../README.md that the test proves")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items if STOCK else []:
        if item.get_closest_marker("point"):
            item.add_marker(pytest.mark.xfail(strict=True, raises=(AssertionError, ResponseParserError), reason="stock moto"))
        else:
            item.add_marker(pytest.mark.skip(reason="says nothing about moto"))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    if STOCK:
        yield from _stock()
        return
    state = tmp_path_factory.mktemp("local-aws")
    environment = {k: v for k, v in os.environ.items() if k != "AWS_ENDPOINT_URL"}
    command = [
        sys.executable,
        str(LOCAL_AWS),
        "serve",
        "--state",
        str(state),
        "--port",
        "0",
        "--owner",
        str(os.getpid()),
        "--seed",
        "demo",
    ]
    server = subprocess.Popen(command, env=environment)
    endpoint = state / "endpoint"
    while not endpoint.exists():
        assert server.poll() is None, "the server did not start"
        time.sleep(0.02)
    yield World(endpoint.read_text())
    server.terminate()
    server.wait(5)


def _stock() -> Iterator[World]:
    """Unchanged moto, with the gateway role that our server has from the start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", "from moto.server import main; main()", "-p", str(port)], stderr=subprocess.DEVNULL
    )
    world = World(f"http://127.0.0.1:{port}")
    for _ in range(200):
        try:
            urllib.request.urlopen(world.url + "/moto-api/data.json", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    for keys in (world.keys_of(world.client("sts", ADMIN).assume_role(RoleArn=GATEWAY, RoleSessionName="stock")),):
        world.client("iam", keys).create_role(
            RoleName="sea-gateway", AssumeRolePolicyDocument=json.dumps(trust({"AWS": SERVICE}))
        )
    yield world
    server.terminate()
    server.wait(5)
