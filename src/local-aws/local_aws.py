#!/usr/bin/env python3
"""The embedded local AWS: moto behind strict access control. README.md describes it.

usage: local_aws.py start --state DIR [--owner PID] [--port N] [--seed demo]   detached; returns when ready
       local_aws.py serve [--state DIR] [--owner PID] [--port N] [--seed demo] in the foreground
       local_aws.py run ARGUMENTS                                              runs its Python with these arguments
"""

from __future__ import annotations

import argparse
import os
import pathlib
import subprocess
import sys
import time

if sys.version_info < (3, 10):
    sys.exit("local AWS: Python 3.10 or newer is needed, this is %d.%d (%s)" % (*sys.version_info[:2], sys.executable))

import launch  # noqa: E402 - after the version check, which must run on old versions

DEFAULT_PORT = 4566
READY_SECONDS = 120  # a busy machine takes ten times as long as an idle one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["start", "serve", "run"])
    parser.add_argument("--state", type=pathlib.Path, help="directory for endpoint and log")
    parser.add_argument("--owner", type=int, help="process whose end stops the server; default: the one that started it")
    parser.add_argument("--port", type=int, default=int(os.environ.get("LOCAL_AWS_PORT") or DEFAULT_PORT), help="0: a free one")
    parser.add_argument("--seed", choices=["demo"], help="what to set up in addition to the service's own resources")
    parser.add_argument(
        "--maven-goals", help="the build's goals: quarkus:dev gets the fixed port and the demo, other goals a free port"
    )
    parser.add_argument("--template", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "template.yaml")
    options, rest = parser.parse_known_args()
    if rest and options.command != "run":
        parser.error(f"unknown: {' '.join(rest)}")
    if options.maven_goals is not None:
        development = "quarkus:dev" in options.maven_goals
        options.port, options.seed = (options.port, "demo") if development else (0, None)
    if options.command == "start" and options.state is None:
        parser.error("start needs --state")
    if options.command == "start":
        start(options)
    elif options.command == "run":
        sys.exit(run(rest))
    else:
        serve(options)


def run(arguments: list[str]) -> int:
    return subprocess.run([launch.interpreter(), *arguments]).returncode


def start(options: argparse.Namespace) -> None:
    state = options.state.resolve()
    state.mkdir(parents=True, exist_ok=True)
    endpoint = state / "endpoint"
    elsewhere = os.environ.get("AWS_ENDPOINT_URL")
    if elsewhere:
        launch.write(endpoint, elsewhere)
        print(f"local AWS: not started, AWS_ENDPOINT_URL is {elsewhere}")
        return
    owner = options.owner or os.getppid()
    with launch.locked(state / "start"):
        if launch.serves(endpoint, owner):  # one build may start it twice
            print(f"local AWS: {endpoint.read_text()} (already running)")
            return
        python = launch.interpreter()
        launch.write(state / "python", python)  # tests find their tools beside it
        endpoint.unlink(missing_ok=True)
        log = state / "server.log"
        command = [
            python,
            __file__,
            "serve",
            "--state",
            str(state),
            "--owner",
            str(owner),
            "--port",
            str(options.port),
            "--template",
            str(options.template),
        ]
        command += ["--seed", options.seed] if options.seed else []
        with log.open("wb") as output:
            server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
        deadline = time.monotonic() + READY_SECONDS
        while not endpoint.exists():
            if server.poll() is not None or time.monotonic() > deadline:
                server.kill()
                sys.exit(log.read_text(errors="replace").strip() or f"local AWS: not ready after {READY_SECONDS} s, see {log}")
            time.sleep(0.02)
        print(f"local AWS: {endpoint.read_text()} (process {server.pid}, log {log})")


def serve(options: argparse.Namespace) -> None:
    import ports
    import server

    owner = options.owner or os.getppid()
    server.end_with(owner)
    try:  # first of all: a taken port is reported at once, and early clients wait in the queue
        bound = ports.listen_patiently(options.port, server.listen)
    except ports.Taken as taken:
        sys.exit(f"local AWS: {taken}")
    import controls
    import demo
    import emulator
    import pipeline
    import seed

    emulator.prepare()
    seed.all_accounts(options.template)
    if options.seed == "demo":
        demo.make()
    controls.started(owner)
    server.answer_with(bound, pipeline.answer)
    url = f"http://{server.ADDRESS}:{bound.server_address[1]}"
    print(f"local AWS: {url}", flush=True)
    if options.state:
        launch.write(options.state / "endpoint", url)
    try:
        bound.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
