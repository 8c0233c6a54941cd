"""Uploads: only if there is nothing, only these bytes; and what a read says about them."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import pathlib
import re
import socket
import sys
import threading
import weakref
import zlib
from typing import Any

import pytest
import server
from wire import Answer, Call
from world import Keys, Reply, World, allow, outcome, policy

DENIED = (403, "AccessDenied")
FAILED = (412, "PreconditionFailed")
ONCE = {"if-none-match": "*"}


def base64_of(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def sha256(data: bytes) -> dict[str, str]:
    return {"x-amz-checksum-sha256": base64_of(hashlib.sha256(data).digest())}


def on(bucket: str) -> list[str]:
    return [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]


@pytest.fixture
def bucket(world: World) -> str:
    return world.bucket()


@pytest.fixture
def keys(world: World, bucket: str) -> Keys:
    return world.access(allow(["s3:GetObject", "s3:PutObject", "s3:ListBucket"], on(bucket)))


def put(world: World, bucket: str, keys: Keys, body: bytes, headers: dict[str, str], key: str = "a") -> Reply:
    """By a presigned URL that has all these headers signed."""
    return world.send("PUT", world.presign("PUT", f"/{bucket}/{key}", keys, headers), body, headers)


# 15. Conditional writes and checksums.


@pytest.mark.point(15)
def test_a_url_creates_an_object_once(world: World, bucket: str, keys: Keys) -> None:
    url = world.presign("PUT", f"/{bucket}/a", keys, ONCE)
    assert world.send("PUT", url, b"first").refusal == (403, "SignatureDoesNotMatch")  # the condition was signed
    assert world.send("PUT", url, b"first", ONCE).status == 200
    again = world.send("PUT", url, b"second", ONCE)
    assert again.refusal == FAILED and again.error["Condition"] == "If-None-Match"
    assert again.error["Message"] == "At least one of the pre-conditions you specified did not hold"
    assert world.admin("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == b"first"


@pytest.mark.point(15)
@pytest.mark.parametrize("kind", ["identity", "session", "bucket"])
def test_a_policy_lets_create_and_never_overwrite(world: World, bucket: str, kind: str) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html"""
    any_put, conditional = allow("s3:PutObject", on(bucket)[1]), {"Null": {"s3:if-none-match": "false"}}
    create = any_put | {"Condition": conditional}
    if kind == "bucket":
        demands = {"Null": {"s3:if-none-match": "true"}, "Bool": {"s3:ObjectCreationOperation": "true"}}
        world.bucket_policy(bucket, policy(any_put | {"Effect": "Deny", "Principal": "*", "Condition": demands}))
    role = world.role(permissions=policy(create if kind == "identity" else any_put))
    keys = world.assume(role, **({"Policy": json.dumps(policy(create))} if kind == "session" else {}))
    assert put(world, bucket, keys, b"first", {}).refusal == DENIED
    assert put(world, bucket, keys, b"first", ONCE).status == 200
    assert put(world, bucket, keys, b"second", {}).refusal == DENIED
    assert put(world, bucket, keys, b"second", ONCE).refusal == FAILED
    assert outcome(world.client("s3", keys).put_object, Bucket=bucket, Key="b", Body=b"text")[:2] == DENIED
    assert outcome(world.client("s3", keys).put_object, Bucket=bucket, Key="b", Body=b"text", IfNoneMatch="*")[0] == 200
    assert world.admin("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == b"first"


@pytest.mark.point(15)
def test_a_multipart_upload_is_conditional_when_it_is_completed(world: World, bucket: str) -> None:
    demands = {"Null": {"s3:if-none-match": "true"}, "Bool": {"s3:ObjectCreationOperation": "true"}}
    deny = allow("s3:PutObject", on(bucket)[1], Effect="Deny", Principal="*", Condition=demands)
    world.bucket_policy(bucket, policy(deny))
    s3 = world.client("s3", world.access(allow("s3:PutObject", on(bucket)[1])))

    def upload() -> dict[str, Any]:
        at = {"Bucket": bucket, "Key": "a"}
        at["UploadId"] = s3.create_multipart_upload(**at)["UploadId"]
        assert outcome(s3.upload_part, **at, PartNumber=1, Body=b"text")[0] == 200
        etag = f'"{hashlib.md5(b"text").hexdigest()}"'
        return at | {"MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": etag}]}}

    first, second = upload(), upload()
    assert outcome(s3.complete_multipart_upload, **first)[:2] == DENIED
    assert outcome(s3.complete_multipart_upload, **first, IfNoneMatch="*")[0] == 200
    assert outcome(s3.complete_multipart_upload, **second, IfNoneMatch="*")[:2] == FAILED


@pytest.mark.point(15)
def test_another_condition_is_not_implemented(world: World, bucket: str, keys: Keys) -> None:
    reply = put(world, bucket, keys, b"text", {"if-none-match": '"d41d8cd98f00b204e9800998ecf8427e"'})
    assert reply.refusal == (501, "NotImplemented") and reply.error["Header"] == "If-None-Match"


def test_what_was_deleted_can_be_created_again(world: World, bucket: str, keys: Keys) -> None:
    """Stock moto does this too, and so does a bucket with versions, where a delete leaves a marker."""
    s3 = world.admin("s3")
    for status in (None, "Enabled"):
        if status:
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})
        assert put(world, bucket, keys, b"first", ONCE).status == 200
        assert put(world, bucket, keys, b"second", ONCE).refusal == FAILED
        s3.delete_object(Bucket=bucket, Key="a")
        assert put(world, bucket, keys, b"third", ONCE).status == 200
        s3.delete_object(Bucket=bucket, Key="a")


class Upload:
    """A presigned PUT whose body comes in pieces; the server has its head before the first."""

    def __init__(self, world: World, bucket: str, keys: Keys, headers: dict[str, str], length: int) -> None:
        url = world.presign("PUT", f"/{bucket}/a", keys, headers)
        host = world.url.removeprefix("http://")
        head = headers | {"host": host, "content-length": str(length), "expect": "100-continue"}
        self.socket = socket.create_connection(tuple(host.split(":")), timeout=30)
        self.send(f"PUT {url.removeprefix(world.url)} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in head.items()) + "\r\n")
        self.answers = self.socket.makefile("rb")
        assert self.status() == 100

    def send(self, text: str) -> None:
        self.socket.sendall(text.encode())

    def status(self) -> int:
        status = int(self.answers.readline().split()[1])
        while self.answers.readline().strip():
            pass
        return status

    def close(self) -> None:
        self.answers.close()
        self.socket.close()


@pytest.mark.point(15)
def test_a_delete_during_a_conditional_write_is_a_conflict(world: World, bucket: str, keys: Keys) -> None:
    s3 = world.admin("s3")
    for delete in (
        lambda: s3.delete_object(Bucket=bucket, Key="a"),
        lambda: s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a"}]}),
    ):
        s3.put_object(Bucket=bucket, Key="a", Body=b"before")
        upload = Upload(world, bucket, keys, ONCE, 4)
        upload.send("te")
        delete()
        upload.send("xt")
        assert upload.status() == 409
        upload.close()
        assert put(world, bucket, keys, b"text", ONCE).status == 200


def test_the_first_of_two_conditional_writes_wins(world: World, bucket: str, keys: Keys) -> None:
    """moto decides this, when it has the whole body."""
    slow, fast = Upload(world, bucket, keys, ONCE, 4), Upload(world, bucket, keys, ONCE, 4)
    slow.send("sl")
    fast.send("fast")
    assert fast.status() == 200
    slow.send("ow")
    assert slow.status() == 412
    for upload in (slow, fast):
        upload.close()
    assert world.admin("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == b"fast"


@pytest.mark.point(15)
def test_an_upload_cut_short_stores_nothing(world: World, bucket: str, keys: Keys) -> None:
    upload = Upload(world, bucket, keys, {}, 8)
    upload.send("half")
    upload.socket.shutdown(socket.SHUT_WR)
    assert upload.answers.read() == b""
    upload.close()
    assert outcome(world.admin("s3").head_object, Bucket=bucket, Key="a")[0] == 404


@pytest.mark.point(15)
def test_an_upload_says_its_length_first(world: World, bucket: str, keys: Keys) -> None:
    url = world.presign("PUT", f"/{bucket}/a", keys)
    reply = world.send("PUT", url, b"4\r\ntext\r\n0\r\n\r\n", {"transfer-encoding": "chunked", "content-length": "14"})
    assert reply.refusal == (501, "NotImplemented") and reply.error["Header"] == "Transfer-Encoding"


@pytest.mark.point(15)
@pytest.mark.parametrize(
    ("headers", "refusal", "told"),
    [
        (sha256(b"other"), (400, "BadDigest"), "The SHA256 you specified did not match the calculated checksum."),
        ({"x-amz-checksum-sha256": "c2hvcnQ="}, (400, "InvalidRequest"), "Value for x-amz-checksum-sha256 header is invalid."),
        ({"x-amz-checksum-sha256": "no base64"}, (400, "InvalidRequest"), "Value for x-amz-checksum-sha256 header is invalid."),
        (
            {"x-amz-checksum-sha256": hashlib.sha256(b"text").hexdigest()},
            (400, "InvalidRequest"),
            "Value for x-amz-checksum-sha256 header is invalid.",
        ),
        (
            sha256(b"text") | {"x-amz-checksum-crc32": base64_of(zlib.crc32(b"text").to_bytes(4, "big"))},
            (400, "InvalidRequest"),
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
        ),
        (
            {"x-amz-checksum-crc32": "AAAAAA=="},
            (400, "BadDigest"),
            "The CRC32 you specified did not match the calculated checksum.",
        ),
        (
            {"x-amz-checksum-crc32c": "AAAAAA=="},
            (400, "BadDigest"),
            "The CRC32C you specified did not match the calculated checksum.",
        ),
        (
            {"x-amz-sdk-checksum-algorithm": "SHA256"},
            (400, "InvalidRequest"),
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
        ),
        (
            {"content-md5": base64_of(hashlib.md5(b"other").digest())},
            (400, "BadDigest"),
            "The Content-MD5 you specified did not match what we received.",
        ),
        ({"content-md5": "c2hvcnQ="}, (400, "InvalidDigest"), "The Content-MD5 you specified was invalid."),
    ],
    ids=["other", "short", "no-base64", "hex", "two", "crc32", "crc32c", "none", "md5", "short-md5"],
)
def test_a_checksum_must_be_the_datas(
    world: World, bucket: str, keys: Keys, headers: dict[str, str], refusal: tuple[int, str], told: str
) -> None:
    reply = put(world, bucket, keys, b"text", headers)
    assert reply.refusal == refusal and reply.error["Message"] == told
    assert outcome(world.admin("s3").head_object, Bucket=bucket, Key="a")[0] == 404


@pytest.mark.point(15)
@pytest.mark.parametrize(
    ("algorithm", "value"),
    [
        ("sha256", base64_of(hashlib.sha256(b"123456789").digest())),
        ("sha1", base64_of(hashlib.sha1(b"123456789").digest())),
        ("crc32", base64_of(bytes.fromhex("cbf43926"))),
        ("crc32c", base64_of(bytes.fromhex("e3069283"))),
        ("crc64nvme", base64_of(bytes.fromhex("ae8b14860a799888"))),
    ],
)
def test_a_checksum_is_kept_with_the_object_and_told_who_asks(
    world: World, bucket: str, keys: Keys, algorithm: str, value: str
) -> None:
    name = f"x-amz-checksum-{algorithm}"
    stored = put(world, bucket, keys, b"123456789", {name: value, "content-md5": base64_of(hashlib.md5(b"123456789").digest())})
    assert (stored.status, stored.headers[name], stored.headers["x-amz-checksum-type"]) == (200, value, "FULL_OBJECT")
    asks = {"x-amz-checksum-mode": "ENABLED"}
    for method in ("HEAD", "GET"):
        reply = world.send(method, world.presign(method, f"/{bucket}/a", keys, asks), headers=asks)
        assert (reply.status, reply.headers[name], reply.headers["x-amz-checksum-type"]) == (200, value, "FULL_OBJECT")
        part = world.send(method, world.presign(method, f"/{bucket}/a", keys, asks), headers=asks | {"range": "bytes=0-3"})
        assert (part.status, part.headers[name]) == (206, None)
        assert not [h for h in world.send(method, world.presign(method, f"/{bucket}/a", keys)).headers if "checksum" in h.lower()]
    assert put(world, bucket, keys, b"other", {}).status == 200
    reply = world.send("HEAD", world.presign("HEAD", f"/{bucket}/a", keys, asks), headers=asks)
    assert reply.status == 200 and reply.headers[name] is None  # it was the old object's


@pytest.mark.point(15)
def test_an_sdks_checksum_is_checked_and_kept(world: World, bucket: str, keys: Keys) -> None:
    s3 = world.client("s3", keys)
    assert outcome(s3.put_object, Bucket=bucket, Key="a", Body=b"text", ChecksumAlgorithm="SHA256")[0] == 200
    stored = s3.head_object(Bucket=bucket, Key="a", ChecksumMode="ENABLED")
    right = sha256(b"text")["x-amz-checksum-sha256"]
    assert (stored["ChecksumSHA256"], stored.get("ChecksumType")) == (right, "FULL_OBJECT")
    wrong = sha256(b"other")["x-amz-checksum-sha256"]
    assert outcome(s3.put_object, Bucket=bucket, Key="a", Body=b"text", ChecksumSHA256=wrong)[:2] == (400, "BadDigest")
    upload = {"Bucket": bucket, "Key": "parts"}
    upload["UploadId"] = s3.create_multipart_upload(**upload, ChecksumAlgorithm="SHA256")["UploadId"]
    part = s3.upload_part(**upload, PartNumber=1, Body=b"text", ChecksumAlgorithm="SHA256")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"], "ChecksumSHA256": part["ChecksumSHA256"]}]}
    s3.complete_multipart_upload(**upload, MultipartUpload=parts)
    whole = base64_of(hashlib.sha256(hashlib.sha256(b"text").digest()).digest())
    stored = s3.head_object(Bucket=bucket, Key="parts", ChecksumMode="ENABLED")
    assert (stored["ChecksumSHA256"], stored["ChecksumType"]) == (f"{whole}-1", "COMPOSITE")


# Big objects.

BIG = 64 << 20


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak of a process's memory is read from /proc")
def test_a_big_object_is_held_in_memory_once(world: World, bucket: str, keys: Keys) -> None:
    """Both ways. moto's own handling holds it three times, and then until Python collects garbage."""
    process = pathlib.Path("/proc") / str(world.control("GET", "health")["pid"])
    data = os.urandom(BIG)

    def megabytes(what: str) -> int:
        return int(re.search(rf"{what}:\s+(\d+) kB", (process / "status").read_text())[1]) >> 10

    (process / "clear_refs").write_text("5")  # forgets the peak
    before = megabytes("VmRSS")
    assert put(world, bucket, keys, data, sha256(data)).status == 200
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", keys)).body == data
    assert megabytes("VmHWM") - before < 2 * (BIG >> 20)


def test_a_body_is_let_go_before_the_answer_is_sent() -> None:
    """The next request, in a thread of its own, may come before this one's has ended."""
    bodies: list[weakref.ref[Call]] = []
    gone: list[bool] = []
    bound = server.listen(0)
    send = bound.RequestHandlerClass._send  # type: ignore[attr-defined]

    def answer(call: Call) -> Answer:
        bodies.append(weakref.ref(call))
        return Answer(200)

    def watched(handler: server.Handler, result: Answer) -> None:
        gone.append(bodies[0]() is None)
        send(handler, result)

    server.answer_with(bound, answer)
    bound.RequestHandlerClass._send = watched  # type: ignore[attr-defined]
    threading.Thread(target=bound.serve_forever, daemon=True).start()
    connection = http.client.HTTPConnection(*bound.server_address)
    connection.request("PUT", "/bucket/key", b"body")
    assert connection.getresponse().status == 200
    connection.close()
    bound.shutdown()
    assert gone == [True]


@pytest.mark.point(15)
def test_a_signed_stream_of_many_chunks_is_one_object(world: World, bucket: str, keys: Keys) -> None:
    chunks = [os.urandom(8192) for _ in range(64)]
    data = b"".join(chunks)
    framed = b"".join(b"2000;chunk-signature=" + b"0" * 64 + b"\r\n" + chunk + b"\r\n" for chunk in chunks)
    checksum = sha256(data)["x-amz-checksum-sha256"].encode()
    body = framed + b"0;chunk-signature=" + b"0" * 64 + b"\r\nx-amz-checksum-sha256:" + checksum + b"\r\n\r\n"
    headers = {
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "x-amz-decoded-content-length": str(len(data)),
        "x-amz-trailer": "x-amz-checksum-sha256",
        "content-encoding": "aws-chunked",
    }
    assert put(world, bucket, keys, body.replace(checksum, base64_of(bytes(32)).encode()), headers).refusal == (400, "BadDigest")
    assert put(world, bucket, keys, body, headers).status == 200
    assert world.admin("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == data


# Reads of a part.


def test_a_range_is_the_holders_to_choose(world: World, bucket: str, keys: Keys) -> None:
    """It need not be signed. Stock moto does this too."""
    assert put(world, bucket, keys, b"0123456789", {}).status == 200
    url = world.presign("GET", f"/{bucket}/a", keys)
    for given, body, told in (
        ("bytes=0-0", b"0", "bytes 0-0/10"),
        ("bytes=2-5", b"2345", "bytes 2-5/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ):
        reply = world.send("GET", url, headers={"range": given})
        assert (reply.status, reply.body, reply.headers["Content-Range"]) == (206, body, told)
        assert reply.headers["Content-Length"] == str(len(body)) and reply.headers["Accept-Ranges"] == "bytes"
    beyond = world.send("GET", url, headers={"range": "bytes=10-"})
    assert beyond.refusal == (416, "InvalidRange")
    assert (beyond.error["RangeRequested"], beyond.error["ActualObjectSize"]) == ("bytes=10-", "10")
    assert world.send("GET", url, headers={"range": "bytes=5-2"}).status == 200


@pytest.mark.point(15)
def test_a_signed_range_is_fixed(world: World, bucket: str, keys: Keys) -> None:
    assert put(world, bucket, keys, b"0123456789", {}).status == 200
    headers = {"range": "bytes=0-3"}
    url = world.presign("GET", f"/{bucket}/a", keys, headers)
    assert world.send("GET", url, headers=headers).body == b"0123"
    assert world.send("GET", url).refusal == (403, "SignatureDoesNotMatch")
    assert world.send("GET", url, headers={"range": "bytes=0-9"}).refusal == (403, "SignatureDoesNotMatch")
