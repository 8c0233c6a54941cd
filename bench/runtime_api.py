"""The part of Lambda's Runtime API that SnapStart uses and AWS's emulator lacks: the runtime reports that it is ready for
its snapshot, waits for the restore, then for events.
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"""

from __future__ import annotations

import http.server
import queue
import threading
import time

VERSION = "/2018-06-01/runtime/"
PATIENCE_SECONDS = 60
ARN = "arn:aws:lambda:us-east-1:111122223333:function:bench"


class RuntimeApi(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.snapshot_taken, self.restored = threading.Event(), threading.Event()
        self.events: queue.Queue[bytes] = queue.Queue()
        self.answers: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Nothing: runtimes are killed while they wait for the next event."""

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def invoke(self, event: bytes) -> bytes:
        self.events.put(event)
        return self.answers.get(timeout=PATIENCE_SECONDS)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RuntimeApi

    def do_GET(self) -> None:  # noqa: N802
        if self.path == VERSION + "restore/next":
            self.server.snapshot_taken.set()
            self.server.restored.wait()
            self._send(b"{}")
        else:
            event = self.server.events.get()
            deadline = str(round((time.time() + PATIENCE_SECONDS) * 1000))
            # The client of Lambda's Java runtime needs all of these headers and the content type.
            facts = {"Aws-Request-Id": "1", "Deadline-Ms": deadline, "Invoked-Function-Arn": ARN, "Trace-Id": "Root=1"}
            headers = {f"Lambda-Runtime-{name}": value for name, value in facts.items()}
            self._send(event, headers | {"Content-Type": "application/json"})

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not body and "chunked" in self.headers.get("Transfer-Encoding", ""):
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        self.server.answers.put(body)
        self._send(b"")

    def _send(self, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        for name, value in ((headers or {}) | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
