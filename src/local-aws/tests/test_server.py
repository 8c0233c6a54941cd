"""HTTP requests as the local AWS reads them, byte by byte."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import pytest
import server
from wire import Answer, Call


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server that answers with what it has read."""
    listening = server.listen(0)
    server.answer_with(listening, told)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield listening.server_address[1]
    listening.shutdown()
    listening.server_close()


def told(call: Call) -> Answer:
    read = {"method": call.method, "path": call.path, "headers": dict(call.headers), "body": call.body.decode()}
    return Answer(200, (), json.dumps(read).encode())


def asked(port: int, *requests: bytes) -> list[bytes]:
    """The answers to requests on one connection, until the server closes it."""
    with socket.create_connection((server.ADDRESS, port), timeout=30) as connection:
        connection.sendall(b"".join(requests))
        answers = b""
        while part := connection.recv(65536):
            answers += part
    return [b"HTTP/1.1 " + answer for answer in answers.split(b"HTTP/1.1 ")[1:]]


def body(answer: bytes) -> dict[str, object]:
    read: dict[str, object] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return read


def test_headers_come_by_lower_case_name_and_a_repeated_one_with_all_its_values(port: int) -> None:
    (answer,) = asked(
        port, b"GET /a//b?c=d HTTP/1.1\r\nHost: h\r\nX-Two:  one \r\nConnection: close\r\nx-two:two: 2\r\nEmpty:\r\n\r\n"
    )
    assert body(answer) == {
        "method": "GET",
        "path": "/a//b",
        "headers": {"host": "h", "x-two": "one,two: 2", "connection": "close", "empty": ""},
        "body": "",
    }


def test_a_connection_stays_until_the_client_says_otherwise(port: int) -> None:
    one = b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\none"
    two = b"POST / HTTP/1.1\r\nConnection: Close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
    answers = asked(port, one, two)
    assert [body(answer)["body"] for answer in answers] == ["one", "two"]
    assert [b"Connection: close" in answer for answer in answers] == [False, True]


def test_after_http_1_0_the_connection_ends(port: int) -> None:
    assert len(asked(port, b"GET / HTTP/1.0\r\n\r\n")) == 1


def test_a_client_that_waits_for_leave_to_send_its_body_is_given_it(port: int) -> None:
    head = b"PUT / HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\n"
    leave, answer = asked(port, head, b"all")
    assert leave == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert body(answer)["body"] == "all"


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(b"\x16\x03\x01 nothing\r\n", id="TLS"),
        pytest.param(b"GET /\r\n", id="no version"),
        pytest.param(b"GET / HTTP/2\r\n\r\n", id="another version"),
        pytest.param(b"GET / HTTP/1.1\r\nno colon\r\n\r\n", id="no header"),
    ],
)
def test_what_is_no_request_is_refused(port: int, request_: bytes) -> None:
    with socket.create_connection((server.ADDRESS, port), timeout=30) as connection:
        connection.sendall(request_)
        assert connection.recv(65536).startswith(b"HTTP/1.1 400 Bad Request\r\n")
