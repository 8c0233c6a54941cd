"""Sends events/*.json to the packaged function and compares the status codes with events/expected.json."""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
import time
import urllib.request

import lambda_function as packaged

EVENTS = packaged.ROOT / "events"
#: The ID in the events that stands for the integration that create-integration.json creates.
SAMPLE_ID = "int_01JD9ZQ4M8C2V7T5K3W6X1Y0AB"
#: And the one that stands for the grant that make-grant.json makes.
SAMPLE_GRANT = "grt_01KB5Y3Q8M4T1W7ZC2V9N6D0RX"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--java-home", required=True)
    options = parser.parse_args()
    expected: dict[str, dict[str, int]] = json.loads((EVENTS / "expected.json").read_text())
    unplayed = {path.name for path in EVENTS.glob("*.json")} - {"expected.json"} - {n for f in expected.values() for n in f}
    wrong = [f"{name}: not in expected.json" for name in sorted(unplayed)]
    played = 0
    with packaged.local_aws(options.work / "aws") as aws:
        for serves, events in expected.items():
            with packaged.running(serves, aws, options.work, options.java_home) as function:
                made: dict[str, str] = {}
                for name, status in events.items():
                    event = (EVENTS / name).read_text()
                    for sample, real in made.items():
                        event = event.replace(sample, real)
                    start = time.monotonic()
                    answer = function.invoke(json.loads(event))
                    took = round((time.monotonic() - start) * 1000)
                    got = answer.get("statusCode", answer)
                    played += 1
                    print(f"{serves:6} {name:32} {got} {took:6d} ms", flush=True)
                    if got != status:
                        wrong.append(f"{name}: {status} expected, got {json.dumps(answer)[:1500]}")
                    elif name in ("create-integration.json", "make-grant.json"):
                        answered = json.loads(answer["body"])
                        made[SAMPLE_ID if name == "create-integration.json" else SAMPLE_GRANT] = answered["id"]
                        if name == "make-grant.json":
                            store(answered["request"])
                errors = [line for line in function.log.read_text(errors="replace").splitlines() if '"level":"ERROR"' in line]
                wrong += [f"{serves} logged an error: {line[:1500]}" for line in errors]
    print(f"{played} events played" if not wrong else "\n".join(wrong))
    sys.exit(1 if wrong else 0)


def store(granted: dict) -> None:
    """Stores the empty recording that a grant allows, for the events that look at it."""
    request = urllib.request.Request(granted["url"], b"", granted["headers"], method=granted["method"])
    urllib.request.urlopen(request).close()


if __name__ == "__main__":
    main()
