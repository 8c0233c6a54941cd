"""Stands for API Gateway in front of the packaged function: turns HTTP requests into events of payload format 2.0. It
accepts one token, that of a tenant's administrator and workflow. It rejects no request, so that each answer is the function's own, unless
it is told to answer other tokens itself, as the gateway's authorizer does."""

from __future__ import annotations

import argparse
import base64
import http.server
import itertools
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse

import lambda_function as packaged

TOKEN = "Bearer administrator"
CLAIMS = {"sub": "ada", "custom:tenant_id": "schemathesis", "cognito:groups": "SEA_SYSTEM_ADMIN SEA_WORKFLOW"}
STAGE = {"signInIssuer": "https://issuer.example.com", "signInClientId": "page"}
PRINTABLE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
TEXT = ("application/json", "application/merge-patch+json", "text/")


class Gateway(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    function: packaged.Function
    authorizes = False
    turn = threading.Lock()  # an emulated function takes one event at a time
    ids = itertools.count(1)

    def answer(self) -> None:
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            name = name.lower()
            if not PRINTABLE.fullmatch(value):
                continue  # API Gateway never forwards it
            headers[name] = f"{headers[name]},{value}" if name in headers else value
        if self.authorizes and headers.get("authorization") != TOKEN:
            self.send(401, {"Content-Type": "application/json", "WWW-Authenticate": "Bearer"}, b'{"message":"Unauthorized"}')
            return
        event = {
            "version": "2.0",
            "rawPath": urllib.parse.unquote(path),
            "rawQueryString": query,
            "headers": headers,
            "stageVariables": STAGE,
            "requestContext": {
                "apiId": "local",
                "requestId": f"request-{next(self.ids)}",
                "http": {"method": self.command, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7"},
            }
            | ({"authorizer": {"jwt": {"claims": CLAIMS, "scopes": None}}} if headers.get("authorization") == TOKEN else {}),
            "isBase64Encoded": not headers.get("content-type", "").startswith(TEXT),
        }
        if body:
            event["body"] = base64.b64encode(body).decode() if event["isBase64Encoded"] else body.decode("utf-8", "replace")
        with self.turn:
            answer = self.function.invoke(event)
        content = (answer.get("body") or "").encode()
        if answer.get("isBase64Encoded"):
            content = base64.b64decode(content)
        self.send(answer.get("statusCode", 502), answer.get("headers") or {}, content)

    def send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_TRACE = do_QUERY = answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--java-home", required=True)
    parser.add_argument("--authorize", action="store_true", help="answer other tokens with the gateway's own 401")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a variable of the function")
    parser.add_argument(
        "command",
        nargs=argparse.REMAINDER,
        help="command to run while the gateway serves; {url} becomes its address, {aws} the local AWS's",
    )
    options = parser.parse_args()
    with packaged.local_aws(options.work / "aws") as aws, packaged.running(
        "api", aws, options.work, options.java_home, dict(each.split("=", 1) for each in options.set)
    ) as function:
        Gateway.function, Gateway.authorizes = function, options.authorize
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            url = f"http://127.0.0.1:{server.server_address[1]}"
            start = time.monotonic()
            command = [part.replace("{url}", url).replace("{aws}", aws) for part in options.command if part != "--"]
            status = subprocess.run(command).returncode
            print(f"{round(time.monotonic() - start)} s, {next(Gateway.ids) - 1} requests")
            server.shutdown()
        errors = [line for line in function.log.read_text(errors="replace").splitlines() if '"level":"ERROR"' in line]
    if errors:
        print(f"{len(errors)} errors logged, the first: {errors[0][:3000]}")
    sys.exit(status or bool(errors))


if __name__ == "__main__":
    main()
