"""Functions to compare, run as Lambda runs them: the packaged service and the floors."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src/it"))
import lambda_function as packaged  # noqa: E402
from runtime_api import RuntimeApi  # noqa: E402

WORK = ROOT / "target/bench"
JAVA = pathlib.Path(os.environ["JAVA_HOME"]) / "bin/java"
#: The options of Lambda's Java runtime at 1024 MB that other vendors' JVMs accept.
SIZE = ["-XX:MaxRAM=1g", "-XX:MaxHeapSize=890m", "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true"]
CRAC = ["-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"]
#: Without SnapStart the runtime compiles with C1 only. With SnapStart it keeps the JVM's defaults.
ON_DEMAND = ["-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1"]
#: Makes warm functions run like those restored from a snapshot.
WARM = ["-XX:TieredStopAtLevel=4"]
CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
SETTINGS = {
    "SEA_FUNCTION": "api",
    "SEA_LIMITS_DRAFT_VALIDATIONS_PER_MINUTE": "0",
    "SEA_LIMITS_INTEGRATIONS": "1000000",
}


@dataclasses.dataclass(frozen=True)
class Function:
    name: str
    task: pathlib.Path
    handler: str

    @property
    def log(self) -> pathlib.Path:
        return WORK / f"{self.task.name}.log"

    @property
    def is_native(self) -> bool:
        return (self.task / "bootstrap").exists()

    def command(self, flags: list[str]) -> list[str]:
        if self.is_native:
            return [str(self.task / "bootstrap"), "bootstrap"]
        # Only the runtime's own jars: as in Lambda, its own class loader loads the task's jars.
        options = [*SIZE, *CRAC, *packaged.java_runtime_options(), *flags]
        return [str(JAVA), *options, "-cp", f"{packaged.TOOLS}/java-runtime/*", CLIENT, self.handler]


def service(zip_file: pathlib.Path, name: str) -> Function:
    task = WORK / "tasks" / re.sub(r"\W+", "-", name)  # Quarkus cannot read a path with spaces
    shutil.rmtree(task, ignore_errors=True)
    with zipfile.ZipFile(zip_file) as archive:
        archive.extractall(task)
    if (task / "bootstrap").exists():
        (task / "bootstrap").chmod(0o755)
    return Function(name, task, packaged.HANDLER)


class Running:
    """Runs a function in AWS's Runtime Interface Emulator from before its first event until it is closed."""

    def __init__(self, function: Function, aws: str, flags: list[str] | None = None):
        port, internal = _free_port(), _free_port()
        emulator = [f"{packaged.TOOLS}/rie/aws-lambda-rie"]
        emulator += ["--runtime-interface-emulator-address", f"127.0.0.1:{port}"]
        emulator += ["--runtime-api-address", f"127.0.0.1:{internal}"]
        self._url = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"
        self.log = function.log
        command = [*emulator, *function.command(ON_DEMAND + (flags or []))]
        self._process = _start(command, function, self.log, environment(aws))
        while not _listens(port):
            time.sleep(0.01)

    def invoke(self, event: object) -> tuple[float, dict]:
        """The milliseconds and the answer. The first call starts the runtime."""
        request = urllib.request.Request(self._url, json.dumps(event).encode())
        start = time.perf_counter()
        with urllib.request.urlopen(request, timeout=60) as answer:
            body = answer.read()
        took = (time.perf_counter() - start) * 1000
        return took, checked(json.loads(body), self.log)

    def processor_ms(self) -> float:
        """The processor time that the runtime has used so far."""
        fields = pathlib.Path(f"/proc/{self._runtime()}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def resident_mb(self) -> float:
        status = pathlib.Path(f"/proc/{self._runtime()}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def _runtime(self) -> int:
        children = pathlib.Path(f"/proc/{self._process.pid}/task").glob("*/children")
        return int(" ".join(child.read_text() for child in children).split()[0])

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        packaged.end_session(self._process.pid)
        self._process.wait()


def first_after_restore(function: Function, aws: str, event: object, idle_seconds: float) -> float:
    """Milliseconds from the restore to the first answer. There is no real snapshot: the process waits instead."""
    api, log = RuntimeApi(), function.log
    settings = environment(aws) | {"AWS_LAMBDA_RUNTIME_API": api.address, "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}
    settings |= {f"AWS_LAMBDA_{name}": "1" for name in ("FUNCTION_VERSION", "LOG_GROUP_NAME", "LOG_STREAM_NAME")}
    settings |= {"AWS_LAMBDA_FUNCTION_NAME": "bench", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024"}
    process = _start(function.command([]), function, log, settings)
    try:
        while not api.snapshot_taken.wait(0.1):
            if process.poll() is not None:
                sys.exit(f"no snapshot:\n{log.read_text()[-4000:]}")
        time.sleep(idle_seconds)
        start = time.perf_counter()
        api.restored.set()
        answer = api.invoke(json.dumps(event).encode())
        took = (time.perf_counter() - start) * 1000
        checked(json.loads(answer), log)
        return took
    finally:
        process.kill()
        process.wait()
        api.shutdown()


def environment(aws: str) -> dict[str, str]:
    system = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
    return system | packaged.ENVIRONMENT | SETTINGS | {"AWS_ENDPOINT_URL": aws}


def checked(answer: dict, log: pathlib.Path) -> dict:
    if not isinstance(answer, dict) or answer.get("statusCode", 500) >= 300:
        sys.exit(f"{answer}\n{log.read_text(errors='replace')[-4000:]}")
    return answer


def _start(
    command: list[str], function: Function, log: pathlib.Path, settings: dict[str, str]
) -> subprocess.Popen[bytes]:
    if function.is_native:
        settings = settings | {"DISABLE_SIGNAL_HANDLERS": "true"}
    with log.open("wb") as output:
        return subprocess.Popen(
            command, cwd=function.task, env=settings, stdout=output, stderr=output, start_new_session=True
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
