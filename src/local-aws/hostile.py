"""Answers that harm a client without limits: endless bodies, huge headers, one byte at a time."""

from __future__ import annotations

import itertools
import time
from typing import Any

from wire import Answer

KINDS = {"huge", "endless", "headers", "drip"}
GIB = 1 << 30
SECONDS_AT_MOST = 30
#: The most bytes that any such answer has sent since the start: what the client read, and a few MB in socket buffers.
most_sent = 0


def send(handler: Any, answer: Answer) -> None:
    """Sends until the client closes the connection, 30 seconds at most."""
    handler.close_connection = True
    sent, end = 0, time.monotonic() + SECONDS_AT_MOST
    try:
        for part in _parts(answer):
            handler.connection.sendall(part)
            sent += len(part)
            if time.monotonic() > end:
                return
    finally:
        global most_sent
        most_sent = max(most_sent, sent)


def _parts(answer: Answer) -> Any:
    line = f"HTTP/1.1 {answer.status} OK\r\n".encode()
    named = "".join(f"{n}: {v}\r\n" for n, v in answer.headers if n.lower() not in ("content-length", "transfer-encoding"))
    if answer.wire == "headers":
        yield line + named.encode() + b"".join(b"x-amz-meta-%d: %s\r\n" % (n, b"x" * 1024) for n in range(1024))
        yield b"Content-Length: %d\r\n\r\n%s" % (len(answer.body), answer.body)
    elif answer.wire == "drip":
        for byte in line + named.encode() + b"Content-Length: %d\r\n\r\n%s" % (len(answer.body), answer.body):
            yield bytes([byte])
            time.sleep(0.1)
    elif answer.wire == "huge":
        yield line + named.encode() + b"Content-Length: %d\r\n\r\n" % (10 * GIB) + answer.body
        yield from itertools.repeat(b"\0" * 65536)
    else:
        yield line + named.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + _chunk(answer.body[: answer.body.rfind(b"</")])
        yield from itertools.repeat(_chunk(b"<Contents><Key>one more</Key><Size>1</Size></Contents>" * 1000))


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)
