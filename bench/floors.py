"""The floors: functions that only make the service's calls to DynamoDB, each with AWS's own runtime library and SDK."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess

from functions import ROOT, WORK, Function, packaged

#: Where src/it/tools.sh keeps a Go that it has fetched.
FETCHED_GO = f"{packaged.TOOLS}/go/bin"


def java() -> Function:
    """The one that the service is compared with."""
    task = _task("floor")
    shutil.copytree(ROOT / "bench/floor/target/lib", task / "lib")
    return Function("floor", task, "dev.sea.bench.Floor::handleRequest")


def others() -> list[Function]:
    """Those in other languages, without the ones that cannot be built here; a sentence says why."""
    go = ["build", "-trimpath", "-tags", "lambda.norpc", "-ldflags", "-s -w", "-o", f"{_built_in('go')}/release/floor", "."]
    rust = ["build", "--release", "--locked", "--quiet", "--target-dir", str(_built_in("rust"))]
    wanted = {"go": go, "rust": rust}
    commands = {"go": "go", "rust": "cargo"}
    built = [_built(language, commands[language], arguments) for language, arguments in wanted.items()]
    return [function for function in built if function]


def _built_in(language: str) -> pathlib.Path:
    """In the user's cache, so that Rust, which takes minutes, is built once and not in each clone."""
    return pathlib.Path(packaged.TOOLS, f"floor-{language}")


def _built(language: str, command: str, arguments: list[str]) -> Function | None:
    source = ROOT / f"bench/floor-{language}"
    name = f"floor, {language.capitalize()}"
    tool = shutil.which(command, path=os.pathsep.join([os.environ["PATH"], FETCHED_GO]))
    if tool is None:
        print(f"{name} is left out: there is no {command} on this machine.", flush=True)
        return None
    print(f"building {name}", flush=True)
    build = subprocess.run([tool, *arguments], cwd=source, capture_output=True, text=True)
    if build.returncode:
        print(f"{name} is left out: {command} could not build it: {build.stderr.strip().splitlines()[-1]}", flush=True)
        return None
    task = _task(f"floor-{language}")
    task.mkdir(parents=True)
    shutil.copy(_built_in(language) / "release/floor", task / "bootstrap")
    return Function(name, task, "bootstrap")


def _task(name: str) -> pathlib.Path:
    task = WORK / "tasks" / name
    shutil.rmtree(task, ignore_errors=True)
    return task
