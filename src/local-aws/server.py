"""The HTTP server: one thread for each connection, with keep-alive (unlike werkzeug's), reachable from this machine only."""

from __future__ import annotations

import gc
import http.server
import os
import socket
import socketserver
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable

import hostile
import incoming
from wire import Answer, Call

ADDRESS = "127.0.0.1"
#: Bytes. A body as long as this is not copied just to save a packet.
LARGE = 1 << 20
#: Bytes. moto's requests are in cycles, which keep a body until Python looks for them; so many of these would fill the memory.
HUGE = 16 << 20
#: Bytes.
LONGEST_LINE = 65_537


class NoHttp(Exception):
    """What came in is no request of HTTP/1, or a line of it is too long."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise each answer waits 40 ms for the client's acknowledgement
    version_string = lambda _self: "local-aws"  # noqa: E731
    answer: Callable[[Call], Answer]
    _headers_buffer: list[bytes]  # of the base class

    def handle_one_request(self) -> None:
        try:
            self.raw_requestline = self.rfile.readline(LONGEST_LINE)
            if not self.raw_requestline:
                self.close_connection = True
                return
            began = time.time()
            words = self.raw_requestline.decode("latin-1").split()
            if len(words) != 3 or not words[2].startswith("HTTP/1."):
                raise NoHttp
            self.command, self.path, self.request_version = words
            headers = self._read_headers()
            body = self._body(headers)
            call = incoming.read(self.command, self.path, headers, body, self.client_address[0])
            call.started = began
            answer = type(self).answer(call)
            largest = max(len(body), len(answer.body))
            del body, call  # the client's next request may come before this method has ended
            if largest >= HUGE:
                gc.collect()
            self._send(answer)
        except (ConnectionError, TimeoutError):
            self.close_connection = True
        except NoHttp:
            self.connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            self.close_connection = True
        except Exception:  # noqa: BLE001 - the client must not hang, whatever the failure
            traceback.print_exc()
            self.close_connection = True

    def _read_headers(self) -> dict[str, str]:
        """By lower-case name. The base class uses the parser for e-mails, which takes as long as the call itself."""
        headers: dict[str, str] = {}
        while (line := self.rfile.readline(LONGEST_LINE)) not in (b"\r\n", b"\n"):
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon or not line.endswith(b"\n"):
                raise NoHttp
            name, value = name.lower(), value.strip()
            headers[name] = f"{headers[name]},{value}" if name in headers else value
        connection = headers.get("connection", "").lower()
        self.close_connection = connection == "close" or (self.request_version == "HTTP/1.0" and connection != "keep-alive")
        if headers.get("expect", "").lower() == "100-continue":
            self.handle_expect_100()
        return headers

    def _body(self, headers: dict[str, str]) -> bytes:
        if "chunked" not in headers.get("transfer-encoding", ""):
            length = int(headers.get("content-length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:
                raise ConnectionError("the client has left before the end of its body")
            return body
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers
        return b"".join(parts)

    def _send(self, answer: Answer) -> None:
        if answer.wire == "reset":
            # Closing with a linger time of 0 sends RST instead of FIN: the client sees "Connection reset".
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return
        if answer.wire == "no-http":
            self.connection.sendall(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
            self.close_connection = True
            return
        if answer.wire in hostile.KINDS:
            hostile.send(self, answer)
            return
        self.send_response(answer.status)
        length = answer.header("content-length")
        for name, value in answer.headers:
            if name.lower() not in ("content-length", "connection", "date", "server", "transfer-encoding"):
                self.send_header(name, value)
        if self.command != "HEAD":
            length = str(len(answer.body))
        if answer.status not in (204, 304) and not 100 <= answer.status < 200:
            self.send_header("Content-Length", length or "0")
        body = answer.body if self.command != "HEAD" else b""
        if self.close_connection:
            self.send_header("Connection", "close")  # as the client asked; it would keep the connection otherwise
        if answer.wire == "truncate":
            body, self.close_connection = body[: len(body) // 2], True
        if len(body) < LARGE:
            self._headers_buffer += [b"\r\n", body]
            self.flush_headers()  # one write, one packet
        else:
            self.end_headers()
            self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: /_local/calls lists the calls, and the log file is for failures."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def server_bind(self) -> None:
        """Skips HTTPServer's look-up of this machine's full name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            traceback.print_exc()


def listen(port: int) -> Server:
    """Binds the port, or raises OSError if it is taken. Clients can connect, and wait until the server answers."""
    return Server((ADDRESS, port), type("BoundHandler", (Handler,), {}))


def answer_with(server: Server, answer: Callable[[Call], Answer]) -> None:
    server.RequestHandlerClass.answer = staticmethod(answer)  # type: ignore[attr-defined]


def end_with(owner: int) -> None:
    """Ends this process within two seconds of the owner's end, even if the owner was killed."""
    born = started(owner)

    def watch() -> None:
        while alive(owner) and started(owner) == born:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, name="owner-watch", daemon=True).start()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _stat(pid)[:1] not in (["Z"], ["X"])


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; empty if there is no /proc."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return []


def started(pid: int) -> str:
    """The start time, so that a new process with the same ID is not taken for the owner."""
    fields = _stat(pid)
    return fields[19] if len(fields) > 19 else ""
