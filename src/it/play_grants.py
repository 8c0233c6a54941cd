"""Stores and plays recordings by grants of the packaged function, with clients that nobody here wrote: curl, Python's requests,
the AWS CLI, boto3 and Chromium. Compares each object's SHA-256, measures the memory of each client, and what the function
itself reads and writes meanwhile. Then provokes what docs/grants.md says of failures. Run with a Python that has boto3 and
requests; AWS is the path of the AWS CLI, CHROMIUM that of a browser."""

from __future__ import annotations

import argparse
import base64
import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import wave
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import requests

import lambda_function as packaged

TENANT = "grants"
BUCKET, REGION = "acme-sea-recordings", "us-east-1"
CUSTOMER_ADMIN = "arn:aws:iam::222233334444:role/OrganizationAccountAccessRole"
MEGABYTE = 1 << 20
BIG = 300 * MEGABYTE
SIZES = {"0": 0, "1 byte": 1, "5 MB": 5 * MEGABYTE, "300 MB": BIG}
#: Megabytes. A client that held the big file would need more.
FLAT = 200
#: Bytes that the function may read and write for each grant: events, answers and calls to AWS, but no recording.
PER_GRANT = 100_000
PAGE = pathlib.Path(__file__).with_name("play_grants.html")

WITH_REQUESTS = """
import sys, json, requests
what, path, granted = sys.argv[1], sys.argv[2], json.load(sys.stdin)
if what == "store":
    with open(path, "rb") as file:  # requests announces chunks for an empty file, which S3 does not take
        body = file if granted["headers"]["content-length"] != "0" else b""
        requests.put(granted["url"], data=body, headers=granted["headers"]).raise_for_status()
else:
    with requests.get(granted["url"], headers=granted["headers"], stream=True) as answer, open(path, "wb") as file:
        answer.raise_for_status()
        for chunk in answer.iter_content(1 << 20):
            file.write(chunk)
"""
WITH_BOTO3 = """
import sys, json, boto3
what, path, granted = sys.argv[1], sys.argv[2], json.load(sys.stdin)
s3 = boto3.client("s3", region_name=granted["region"], aws_access_key_id=granted["accessKeyId"],
    aws_secret_access_key=granted["secretAccessKey"], aws_session_token=granted["sessionToken"])
owner = {"ExpectedBucketOwner": granted["expectedBucketOwner"]}
if what == "store":
    s3.upload_file(path, granted["bucket"], granted["key"], ExtraArgs=owner | {"ChecksumAlgorithm": "SHA256"})
else:
    s3.download_file(granted["bucket"], granted["key"], path, ExtraArgs=owner)
"""


class Service:
    """The function as SEA's workflows and an administrator see it."""

    def __init__(self, function: packaged.Function):
        self.function, self.grants = function, 0

    def call(self, method: str, path: str, body: dict | None = None, role: str | None = "SEA_WORKFLOW") -> tuple[int, dict]:
        path, _, query = path.partition("?")
        claims = {"sub": "recorder-7", "custom:tenant_id": TENANT, "cognito:groups": f"[{role}]"}
        event: dict[str, Any] = {
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": query,
            "headers": {"content-type": "application/json", "accept": "application/json", "host": "api.example.com"},
            "requestContext": {
                "apiId": "local",
                "requestId": str(uuid.uuid4()),
                "stage": "$default",
                "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7"},
            },
            "isBase64Encoded": False,
        }
        if role:
            event["requestContext"]["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
        if body is not None:
            event["body"] = json.dumps(body)
        answer = self.function.invoke(event)
        return answer["statusCode"], json.loads(answer.get("body") or "{}")

    def done(self, *request: Any, **more: Any) -> dict:
        status, body = self.call(*request, **more)
        if status >= 300:
            sys.exit(f"{request}: {status} {body}")
        return body

    def integration(self, draft: dict, name: str, activate: bool = True) -> str:
        admin = {"role": "SEA_SYSTEM_ADMIN"}
        made = self.done("POST", "/v1/integrations?validate=false", draft | {"name": name}, **admin)
        path = f"/v1/integrations/{made['id']}"
        if activate:
            self.done("POST", f"{path}/activate", **admin)
        return path

    def grant(self, path: str, **body: Any) -> dict:
        self.grants += 1
        return self.done("POST", f"{path}/grants", body)

    def runtime(self) -> int:
        """The process that runs the function: of all that the emulator began, the one with most memory."""
        leader = self.function.process.pid
        listed = subprocess.run(["ps", "-A", "-o", "pid="], capture_output=True, text=True, check=True).stdout
        return max((pid for pid in map(int, listed.split()) if _session(pid) == leader), key=_memory)


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def _memory(pid: int, what: str = "VmRSS:") -> int:
    """Kilobytes in memory, or VmHWM: the most until now."""
    with contextlib.suppress(OSError):
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(what):
                return int(line.split()[1])
    return 0


def _moved(pid: int) -> int:
    """Bytes that a process has read and written so far, whether from files or sockets."""
    lines = pathlib.Path(f"/proc/{pid}/io").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("rchar:", "wchar:")))


def run(command: list[str], given: str = "", more: dict[str, str] | None = None) -> tuple[float, float, str]:
    """Runs a client. Its seconds, the most megabytes that it had in memory, and what it wrote."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as entered:
        entered.write(given.encode())
        entered.seek(0)
        client = subprocess.Popen(command, stdin=entered, stdout=output, stderr=output, env=os.environ | (more or {}))
        # The kernel's own figure for a process that has ended would include what this one had in memory when it forked.
        most = 0
        while client.poll() is None:
            most = max(most, _memory(client.pid, "VmHWM:"))
            time.sleep(0.005)
        output.seek(0)
        written = output.read().decode(errors="replace")
    if client.returncode:
        raise RuntimeError(f"{command[0]}: exit code {client.returncode}, {written[-1500:]}")
    return time.monotonic() - began, most / 1024, written


def sha256(path: pathlib.Path) -> str:
    with path.open("rb") as file:
        return base64.b64encode(hashlib.file_digest(file, "sha256").digest()).decode()


def with_curl(what: str, path: pathlib.Path, granted: dict) -> tuple[float, float, str]:
    """As docs/grants.md does it: each header as it is in the grant."""
    request = granted["request"]
    config = [f'header = "{name}: {value}"' for name, value in request["headers"].items()] + [f'url = "{request["url"]}"']
    transfer = ["-T", str(path)] if what == "store" else ["-o", str(path)]
    return run(["curl", "-sS", "--fail-with-body", "--config", "-", *transfer], "\n".join(config))


def with_requests(what: str, path: pathlib.Path, granted: dict) -> tuple[float, float, str]:
    return run([sys.executable, "-c", WITH_REQUESTS, what, str(path)], json.dumps(granted["request"]))


def with_boto3(what: str, path: pathlib.Path, granted: dict) -> tuple[float, float, str]:
    return run([sys.executable, "-c", WITH_BOTO3, what, str(path)], json.dumps(granted["credentials"]))


def with_aws_cli(what: str, path: pathlib.Path, granted: dict) -> tuple[float, float, str]:
    given = granted["credentials"]
    object_ = f"s3://{given['bucket']}/{given['key']}"
    session = {
        "AWS_ACCESS_KEY_ID": given["accessKeyId"],
        "AWS_SECRET_ACCESS_KEY": given["secretAccessKey"],
        "AWS_SESSION_TOKEN": given["sessionToken"],
        "AWS_DEFAULT_REGION": given["region"],
    }
    ends = [str(path), object_] if what == "store" else [object_, str(path)]
    return run([os.environ["AWS"], "s3", "cp", "--no-progress", *ends], more=session)


CLIENTS: dict[str, tuple[str, Callable[[str, pathlib.Path, dict], tuple[float, float, str]]]] = {
    "curl": ("URL", with_curl),
    "requests": ("URL", with_requests),
    "aws s3 cp": ("CREDENTIALS", with_aws_cli),
    "boto3": ("CREDENTIALS", with_boto3),
}


def recording(key: str, path: pathlib.Path, form: str = "URL") -> dict:
    return {
        "purpose": "RECORD",
        "form": form,
        "key": key,
        "contentLength": path.stat().st_size,
        "sha256": sha256(path),
        "contentType": "video/mp4",
    }


class Run:
    """What is found, as a table, and what is wrong with it."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def row(self, *columns: Any, ok: bool = True) -> None:
        print("  ".join(f"{column!s:{width}}" for column, width in zip(columns, (12, 12, 10, 10, 9, 9, 8))), flush=True)
        if not ok:
            self.wrong.append(" ".join(map(str, columns)))

    def said(self, of: str, wanted: str, got: str) -> None:
        print(f"{of:58} {got}", flush=True)
        if wanted != got:
            self.wrong.append(f"{of}: {wanted} expected, got {got}")


def tools(service: Service, path: str, files: dict[str, pathlib.Path], s3: Any, found: Run) -> None:
    """Each client stores and plays each size."""
    found.row("client", "form", "size", "store s", "play s", "most MB", "bytes")
    for client, (form, use) in CLIENTS.items():
        for name, file in files.items():
            key, played = f"tools/{client}/{name}", file.with_suffix(".played")
            stored = use("store", file, service.grant(path, **recording(key, file, form)))
            back = use("play", played, service.grant(path, purpose="PLAY", key=key, form=form))
            same = sha256(played) == sha256(file)
            most = max(stored[1], back[1])
            ok = same and (most < FLAT or SIZES[name] != BIG)
            found.row(client, form, name, f"{stored[0]:.1f}", f"{back[0]:.1f}", f"{most:.0f}", "same" if same else "WRONG", ok=ok)
            played.unlink()
            if SIZES[name] == BIG and client != "boto3":  # the browser plays the last one
                s3.delete_object(Bucket=BUCKET, Key=key)


def browser(service: Service, path: str, files: dict[str, pathlib.Path], s3: Any, found: Run) -> None:
    """A page of another origin stores and plays in Chromium, by fetch and in a <video> that seeks."""
    done = threading.Event()
    results: list[dict] = []
    tasks: dict[str, Any] = {"store": [], "big": {}}
    contents = {"/" + name.replace(" ", "-"): file for name, file in files.items()}

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            if self.path == "/tasks":
                self._send(json.dumps(tasks).encode(), "application/json")
            elif self.path in contents:
                self._send(contents[self.path].read_bytes(), "application/octet-stream")
            else:
                self._send(PAGE.read_bytes(), "text/html")

        def do_POST(self) -> None:  # noqa: N802
            results.extend(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._send(b"", "text/plain")
            done.set()

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{site.server_address[1]}"
        rule = {
            "AllowedOrigins": [origin],
            "AllowedMethods": ["GET", "PUT"],
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["Content-Range", "Content-Length"],
        }
        s3.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={"CORSRules": [rule]})
        for name, file in files.items():
            kind = {"contentType": "audio/wav"} if name == "wav" else {}
            if name != "300 MB":
                key = f"browser/{name}"
                tasks["store"].append(
                    {
                        "name": name,
                        "from": "/" + name.replace(" ", "-"),
                        "sha256": sha256(file),
                        "size": file.stat().st_size,
                        "record": service.grant(path, **(recording(key, file) | kind))["request"],
                        "play": service.grant(path, purpose="PLAY", key=key)["request"],
                    }
                )
        # Another URL, so that the browser does not take it from its cache.
        tasks["video"] = service.grant(path, purpose="PLAY", key="browser/wav", fileName="seek.wav")["request"]
        tasks["big"] = {
            "size": BIG,
            "play": service.grant(path, purpose="PLAY", key="tools/boto3/300 MB")["request"],
            "end": files["300 MB"].read_bytes()[-1000:].hex(),
        }
        profile = tempfile.mkdtemp()
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        options += ["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"]
        chromium = subprocess.Popen(
            [os.environ["CHROMIUM"], *options, f"--user-data-dir={profile}", origin],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            if not done.wait(120):
                found.wrong.append("Chromium: no result")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(chromium.pid, signal.SIGKILL)
            chromium.wait()
            shutil.rmtree(profile, ignore_errors=True)
            site.shutdown()
    for each in results:
        found.row("Chromium", each["by"], each["name"], each["store"], each["play"], "", each["bytes"], ok=each["ok"])
    if len(results) != len(tasks["store"]) + 3:
        found.wrong.append(f"Chromium: {len(results)} results only")


def error_of(answer: requests.Response) -> str:
    """As docs/grants.md has it: the status and S3's error code."""
    code = answer.text.partition("<Code>")[2].partition("</Code>")[0]
    message = answer.text.partition("<Message>")[2].partition("</Message>")[0]
    told = f", {message}" if message in ("Request has expired",) else ""
    return f"{answer.status_code} {code}{told}".strip()


def send(granted: dict, content: bytes = b"", **headers: str) -> str:
    request = granted["request"]
    body = content if request["method"] == "PUT" else None
    return error_of(requests.request(request["method"], request["url"], data=body, headers=request["headers"] | headers, timeout=30))


def failures(service: Service, path: str, draft: dict, aws: str, s3: Any, early: dict, found: Run) -> None:
    """Each failure that docs/grants.md has a line for and that can be provoked from outside."""

    def problem(of: str, wanted: str, *request: Any, **more: Any) -> dict:
        status, body = service.call(*request, **more)
        found.said(of, wanted, f"{status} {body.get('type', '').rpartition(':')[2]}")
        return body

    def ask(of: str, wanted: str, **body: Any) -> dict:
        return problem(of, wanted, "POST", f"{path}/grants", body)

    @contextlib.contextmanager
    def fault(**what: Any) -> Iterator[None]:
        made = requests.post(f"{aws}/_local/faults", json=what | {"times": 1000}).json()
        try:
            yield
        finally:
            requests.delete(f"{aws}/_local/faults/{made['id']}")

    def to_store(key: str, content: bytes = b"recorded") -> dict:
        file = pathlib.Path(tempfile.mkstemp()[1])
        file.write_bytes(content)
        body = recording(key, file)
        file.unlink()
        return service.grant(path, **body)

    play = {"purpose": "PLAY", "key": "failures/a"}
    role = draft["access"]["roleArn"]
    ask("a key with a leading slash", "400 invalid-input", **play | {"key": "/a"})
    problem("no token", "401 unauthenticated", "POST", f"{path}/grants", play, role=None)
    problem("an administrator's token", "403 forbidden", "POST", f"{path}/grants", play, role="SEA_SYSTEM_ADMIN")
    problem("no such integration", "404 not-found", "POST", f"{path[:-26]}{'0' * 26}/grants", play)
    problem("metadata of what is not there", "404 not-found", "GET", f"{path}/recordings/metadata?key=failures/none")
    resting = service.integration(draft, "Not active", activate=False)
    problem("not active", "409 not-active", "POST", f"{resting}/grants", play)
    ask("credentials for a key beyond U+00FF", "409 grant-form-unavailable", purpose="PLAY", key="ш", form="CREDENTIALS")
    with fault(kind="500", service="sts", operation="AssumeRole", match={"roleArn": role}):
        ask("STS fails", "503 unavailable", **play, form="CREDENTIALS")

    first = to_store("failures/a")
    found.said("other bytes of the same length", "400 BadDigest", send(first, b"RECORDED"))
    found.said("another length", "403 SignatureDoesNotMatch", send(first, b"recorded at length", **{"content-length": "18"}))
    found.said("another type", "403 SignatureDoesNotMatch", send(first, b"recorded", **{"content-type": "text/html"}))
    found.said("a header that is not signed", "403 AccessDenied", send(first, b"recorded", **{"x-amz-meta-a": "b"}))
    with fault(kind="error", status=409, code="ConditionalRequestConflict", service="s3", operation="PutObject"):
        found.said("another upload is running", "409 ConditionalRequestConflict", send(first, b"recorded"))
    with fault(kind="throttle", service="s3", operation="PutObject"):
        found.said("S3 is busy", "503 SlowDown", send(first, b"recorded"))
    found.said("the same URL again", "200", send(first, b"recorded"))
    found.said("and once more, when it is stored", "412 PreconditionFailed", send(first, b"recorded"))
    found.said("an object that is not there", "403 AccessDenied", send(service.grant(path, **play | {"key": "failures/none"})))
    found.said("a range beyond the end", "416 InvalidRange", send(service.grant(path, **play), Range="bytes=9-"))
    s3.put_object(Bucket=BUCKET, Key="failures/archived", Body=b"recorded", StorageClass="GLACIER")
    archived = service.grant(path, **play | {"key": "failures/archived"})
    found.said("an object in an archive", "403 InvalidObjectState", send(archived))
    told = service.done("GET", f"{path}/recordings/metadata?key=failures/archived")
    found.said("  whose metadata says so", "GLACIER", told["storageClass"])
    deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
    found.said("the customer's policy denies it", "403 AccessDenied", send(to_store("failures/b"), b"recorded"))
    s3.delete_bucket_policy(Bucket=BUCKET)
    ended = service.grant(path, **play)
    requests.post(f"{aws}/_local/expire", json={"roleArn": role})
    found.said("after the session's end", "400 ExpiredToken", send(ended))
    requests.post(f"{aws}/_local/propagation", json={"roleArn": role, "seconds": 600})
    told = ask("the role lets SEA in no longer", "409 purpose-unavailable", **play, form="CREDENTIALS")
    found.said("  and checks names", "['credentials']", str(told.get("checks")))
    time.sleep(max(0.0, early["until"] - time.time()))
    found.said("after the URL's end", "403 AccessDenied, Request has expired", send(early["grant"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--java-home", required=True)
    options = parser.parse_args()
    found = Run()
    began = time.monotonic()
    with (
        packaged.local_aws(options.work / "aws") as aws,
        packaged.running("api", aws, options.work, options.java_home) as function,
        tempfile.TemporaryDirectory(dir=options.work) as folder,
    ):
        os.environ["AWS_ENDPOINT_URL"] = aws
        service = Service(function)
        s3 = customer(aws)
        draft = next(row["draft"] for row in requests.get(f"{aws}/_local/demo").json() if row["draft"]["name"] == BUCKET)
        path = service.integration(draft, "Recordings")
        files = made(pathlib.Path(folder))
        early = {"grant": service.grant(path, purpose="PLAY", key="early", expiresInSeconds=60), "until": time.time() + 62}
        runtime = service.runtime()
        service.done("GET", f"{path}/recordings")
        resident, moved, grants = _memory(runtime), _moved(runtime), service.grants
        tools(service, path, {name: files[name] for name in SIZES}, s3, found)
        browser(service, path, files, s3, found)
        grants = service.grants - grants
        moved, now = _moved(runtime) - moved, _memory(runtime)
        print(
            f"the function: {grants} grants, {moved // grants} bytes read and written for each; "
            f"{resident // 1024} MB in memory before, {now // 1024} MB after"
        )
        if (now - resident) / 1024 > FLAT:
            found.wrong.append(f"the function's memory has grown from {resident} to {now} KB")
        if moved > grants * PER_GRANT:
            found.wrong.append(f"the function has read and written {moved} bytes")
        ranges = requests.get(f"{aws}/_local/calls?operation=GetObject&key=browser/wav&status=206").json()
        at_least = 2  # at the start, and where it sought
        found.said("the <video> asked for parts", "True", str(len(ranges) >= at_least))
        print(f"  {len(ranges)} of them")
        listed = service.done("GET", f"{path}/recordings?prefix=browser/&limit=100")["items"]
        found.said("listed after the browser", str(len(files) - 1), str(len(listed)))
        failures(service, path, draft, aws, s3, early, found)
        errors = [line for line in function.log.read_text(errors="replace").splitlines() if '"level":"ERROR"' in line]
        found.wrong += [f"the function logged an error: {line[:1500]}" for line in errors]
    print(f"{time.monotonic() - began:.0f} s")
    print("\n".join(found.wrong) or "all as it should be")
    sys.exit(1 if found.wrong else 0)


def customer(aws: str) -> Any:
    """The customer's own administrator, in S3."""
    local = {"endpoint_url": aws, "region_name": REGION}
    admin = {"aws_access_key_id": "AKIALOCALADMIN000000", "aws_secret_access_key": "local-admin-secret"}
    given = boto3.client("sts", **local, **admin).assume_role(RoleArn=CUSTOMER_ADMIN, RoleSessionName="grants")["Credentials"]
    return boto3.client(
        "s3",
        **local,
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )


def made(folder: pathlib.Path) -> dict[str, pathlib.Path]:
    """A file of each size, none of whose megabytes is like another, and one that a <video> can play."""
    files = {name: folder / name.replace(" ", "-") for name in [*SIZES, "wav"]}
    for name, size in SIZES.items():
        with files[name].open("wb") as file:
            for _ in range(size // MEGABYTE):
                file.write(os.urandom(MEGABYTE))
            file.write(os.urandom(size % MEGABYTE))
    with wave.open(str(files["wav"]), "wb") as audio:  # ten minutes: more than a browser loads ahead
        audio.setparams((1, 2, 44_100, 0, "NONE", ""))
        audio.writeframes(os.urandom(600 * 44_100 * 2))
    return files


if __name__ == "__main__":
    main()
