"""Runs the packaged function as Lambda does: target/function.zip in AWS's Runtime Interface Emulator, with its own local
AWS. JVM packages run in the client of Lambda's Java runtime; native ones contain their own bootstrap. Needs the tools
that rie-tools.sh fetches. Standard library only."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import platform
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = pathlib.Path(os.environ["TOOLS"])
START_SECONDS = 120
HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest"
#: The variables that template.yaml sets for the functions, with the local AWS's names for the stage `local`.
ENVIRONMENT = {
    "AWS_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "AKIALOCALGATEWAY0000",
    "AWS_SECRET_ACCESS_KEY": "local-gateway-secret",
    "SEA_STAGE": "local",
    "SEA_TABLE": "local-sea-external-integrations",
    "SEA_SECRETS_PREFIX": "local/sea-external-integrations",
    "SEA_EVENT_BUS": "local-sea-external-integrations",
    "SEA_GATEWAY_ROLE_ARN": "arn:aws:iam::111122223333:role/sea-gateway",
}


# On SIGTERM, exit in order, so that the processes started here end as well.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


class Function:
    """A running function. It answers one event at a time, as in Lambda."""

    def __init__(self, url: str, process: subprocess.Popen[bytes], log: pathlib.Path):
        self.url, self.process, self.log = url, process, log

    def invoke(self, event: dict) -> dict:
        request = urllib.request.Request(self.url, json.dumps(event).encode())
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(request, timeout=START_SECONDS) as answer:
                    return json.loads(answer.read() or b"null")
            except urllib.error.URLError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"the function does not answer:\n{self.log.read_text(errors='replace')[-4000:]}")
                time.sleep(0.1)


def java_runtime_options() -> list[str]:
    """Where the runtime's client finds its native library. By itself each client unpacks it to the same file in /tmp, removes it
    again, and does not start where another one does so at that moment."""
    client = TOOLS / "java-runtime"
    library = client / "libaws-lambda-jni.so"
    if not library.exists():
        libc = "linux" if platform.libc_ver()[0] == "glibc" else "linux_musl"
        machine = {"aarch64": "aarch_64"}.get(platform.machine(), platform.machine())
        [jar] = client.glob("aws-lambda-java-runtime-interface-client-*.jar")
        with zipfile.ZipFile(jar) as archive:
            unpacked = archive.read(f"jni/libaws-lambda-jni.{libc}-{machine}.so")
        part = client / f"jni.{os.getpid()}"
        part.write_bytes(unpacked)
        part.replace(library)
    return [f"-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI={library}"]


@contextlib.contextmanager
def local_aws(state: pathlib.Path, seed: str = "demo") -> Iterator[str]:
    """Starts a local AWS that ends with this process, and yields its URL."""
    launcher = ROOT / "src/local-aws/local_aws.py"
    start = [os.environ.get("PYTHON", sys.executable), launcher, "start", "--state", state, "--port", "0", "--seed", seed]
    subprocess.run([*start, "--owner", str(os.getpid())], check=True, env=os.environ | {"AWS_ENDPOINT_URL": ""})
    yield (state / "endpoint").read_text().strip()


@contextlib.contextmanager
def running(
    serves: str, aws: str, work: pathlib.Path, java_home: str, settings: dict[str, str] | None = None
) -> Iterator[Function]:
    """serves: the value of SEA_FUNCTION, api or sweep. settings: more of the function's environment."""
    task = work / "task"
    if not task.exists():
        with zipfile.ZipFile(ROOT / "target/function.zip") as archive:
            archive.extractall(task)
    native = task / "bootstrap"
    if native.exists():
        native.chmod(0o755)
        command = [str(native), "bootstrap"]
    else:
        jars = f"{task}:{task}/lib/*:{TOOLS}/java-runtime/*"
        client = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
        command = [f"{java_home}/bin/java", *java_runtime_options(), "-cp", jars, client, HANDLER]
    port, internal = _free_port(), _free_port()
    emulator = [
        f"{TOOLS}/rie/aws-lambda-rie",
        "--runtime-interface-emulator-address",
        f"127.0.0.1:{port}",
        "--runtime-api-address",
        f"127.0.0.1:{internal}",
    ]
    log = work / f"{serves}.log"
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
    with urllib.request.urlopen(f"{aws}/_local/stack") as stack:
        key = json.load(stack)["Key"]["Arn"]
    environment |= ENVIRONMENT | {"SEA_FUNCTION": serves, "SEA_SECRETS_KEY": key, "AWS_ENDPOINT_URL": aws}
    environment |= settings or {}
    environment |= {"DISABLE_SIGNAL_HANDLERS": "true"} if native.exists() else {}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*emulator, *command], cwd=task, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield Function(f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations", process, log)
    finally:
        end_session(process.pid)
        process.wait()


def end_session(leader: int) -> None:
    """Kills the emulator and the runtime. The runtime has its own process group and would outlive the emulator."""
    listed = subprocess.run(["ps", "-A", "-o", "pid="], capture_output=True, text=True, check=True)
    for pid in map(int, listed.stdout.split()):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getsid(pid) == leader:
                os.kill(pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
