"""Starts the packaged function with a configuration that cannot be right. Its log must say which value is wrong, and no other
error may stand beside it: an operator would look there first."""

from __future__ import annotations

import argparse
import contextlib
import json
import pathlib
import sys
import time
import urllib.error
import urllib.request

import lambda_function as packaged

WRONG = {"SEA_VALIDATION_BUDGET": "PT2M"}
SENTENCE = "sea.validation.budget must be from PT1S to PT25S"
#: How the JVM tells of what ends a thread.
OTHER = "Exception in thread"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--java-home", required=True)
    options = parser.parse_args()
    with packaged.local_aws(options.work / "aws") as aws, packaged.running(
        "api", aws, options.work, options.java_home, WRONG
    ) as function:
        said = log_of_start(function)
    if SENTENCE not in said:
        sys.exit(f"the log of a failed start does not say what is wrong:\n{said[:4000]}")
    if OTHER in said:
        sys.exit(f"the log of a failed start shows another error:\n{said[:4000]}")
    print("a failed start says what is wrong, and nothing else")


def log_of_start(function: packaged.Function) -> str:
    """What is logged until the emulator has told of the failure."""
    deadline = time.monotonic() + packaged.START_SECONDS
    event = json.dumps({}).encode()
    while time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(urllib.request.Request(function.url, event), timeout=packaged.START_SECONDS).close()
        log = function.log.read_text(errors="replace")
        if "Init failed" in log or "Runtime exited" in log:
            return log
        time.sleep(0.1)
    sys.exit("the start has not failed")


if __name__ == "__main__":
    main()
