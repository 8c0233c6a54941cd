"""What an AOT cache of the JDK (JEP 514) would save. Lambda's Java runtime cannot use one: the cache holds only classes
from jars on the JVM's own class path, and works only with the JVM that created it."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys
import zipfile

from functions import CLIENT, CRAC, JAVA, ON_DEMAND, SIZE, WORK, Function, environment, packaged
from runtime_api import RuntimeApi

STOP_SECONDS = 120


@dataclasses.dataclass(frozen=True)
class Cached(Function):
    cache: pathlib.Path

    def command(self, flags: list[str]) -> list[str]:
        return [*jvm(self.task, flags), f"-XX:AOTCache={self.cache}", CLIENT, self.handler]


def cached(service: Function, aws: str, event: dict) -> Cached:
    """The service with a cache from a training run of one request."""
    task = WORK / "tasks/cached"
    shutil.rmtree(task, ignore_errors=True)
    shutil.copytree(service.task / "lib", task / "lib")
    _jar_of_classes(service.task, task / "lib/service.jar")
    api, cache, log = RuntimeApi(), WORK / "service.aot", WORK / "cached.log"
    cache.unlink(missing_ok=True)
    settings = environment(aws) | {"AWS_LAMBDA_RUNTIME_API": api.address, "AWS_LAMBDA_FUNCTION_NAME": "bench"}
    settings |= {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024"}
    settings |= {f"AWS_LAMBDA_{name}": "1" for name in ("FUNCTION_VERSION", "LOG_GROUP_NAME", "LOG_STREAM_NAME")}
    command = [*jvm(task, ON_DEMAND), f"-XX:AOTCacheOutput={cache}", CLIENT, service.handler]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=task, env=settings, stdout=output, stderr=output)
    api.invoke(json.dumps(event).encode())
    process.terminate()
    process.wait(STOP_SECONDS)
    if not cache.exists():
        sys.exit(f"no cache:\n{log.read_text()[-4000:]}")
    return Cached("service, JVM, AOT cache (not on Lambda)", task, service.handler, cache)


def jvm(task: pathlib.Path, flags: list[str]) -> list[str]:
    jars = sorted(map(str, [*(task / "lib").glob("*.jar"), *(packaged.TOOLS / "java-runtime").glob("*.jar")]))
    return [str(JAVA), *SIZE, *CRAC, *flags, "-cp", ":".join(jars)]


def _jar_of_classes(task: pathlib.Path, jar: pathlib.Path) -> None:
    with zipfile.ZipFile(jar, "w") as archive:
        for path in sorted(task.rglob("*")):
            name = path.relative_to(task)
            if path.is_file() and name.parts[0] != "lib":
                archive.write(path, name)
