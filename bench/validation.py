#!/usr/bin/env python3
"""Time of a validation beside its critical path, with latency added to every call to AWS.

usage: bench/validation.py [--ms 100] [--runs 11]     while './mvnw quarkus:dev' runs (the demo's healthy role)

The critical path is read from the local AWS's own log of calls: AssumeRole, PutObject, GetObject, one after the other.
"""
import argparse, json, statistics, urllib.request

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--api", default="http://localhost:8080")
parser.add_argument("--aws", default="http://127.0.0.1:4566")
parser.add_argument("--ms", type=int, default=100)
parser.add_argument("--runs", type=int, default=11)
options = parser.parse_args()


def call(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or b"null")


def took(calls, operation):
    """Of the operation's first call: the other two AssumeRoles try to get in without the external ID, beside the rest."""
    first = min((c for c in calls if c["operation"] == operation), key=lambda c: c["start"])
    return first["end"] - first["start"]


healthy = next(row["draft"] for row in call("GET", f"{options.aws}/_local/demo") if row["draft"]["target"]["bucket"] == "acme-sea-recordings")
draft = {**healthy, "type": "S3"}
for _ in range(5):  # connections, and the JVM
    call("POST", f"{options.api}/v1/validations", draft)
call("POST", f"{options.aws}/_local/latency", {"ms": options.ms})
try:
    rows = []
    for _ in range(options.runs):
        call("DELETE", f"{options.aws}/_local/calls")
        report = call("POST", f"{options.api}/v1/validations", draft)
        calls = call("GET", f"{options.aws}/_local/calls")
        rows.append((report["durationMs"], sum(took(calls, operation) for operation in ("AssumeRole", "PutObject", "GetObject")), len(calls)))
finally:
    call("DELETE", f"{options.aws}/_local/latency")
ratios = sorted(duration / path for duration, path, _ in rows)
print("| latency | runs | validation, median | critical path, median | ratio, median | ratio, range | calls |\n|---|---|---|---|---|---|---|")
print(f"| {options.ms} ms | {options.runs} | {statistics.median(r[0] for r in rows):.0f} ms | {statistics.median(r[1] for r in rows):.0f} ms"
      f" | {statistics.median(ratios):.2f} | {ratios[0]:.2f} to {ratios[-1]:.2f} | {statistics.median(r[2] for r in rows):.0f} |")
