"""Decodes aws-chunked, the encoding in which SDKs send uploads with a checksum after the data.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import zlib

from errors import AwsError
from wire import Call

CHECKSUMS = {
    "x-amz-checksum-crc32": lambda data: zlib.crc32(data).to_bytes(4, "big"),
    "x-amz-checksum-sha1": lambda data: hashlib.sha1(data).digest(),
    "x-amz-checksum-sha256": lambda data: hashlib.sha256(data).digest(),
}


def decoded(call: Call) -> Call:
    """The same call with the decoded data as its body. Checks the data against the checksums in the request."""
    headers = dict(call.headers)
    body = call.body
    if headers.get("x-amz-content-sha256", "").startswith("STREAMING-"):
        body, trailers = _unchunk(call.body)
        headers |= trailers
        headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD"
        encodings = [e.strip() for e in headers.pop("content-encoding", "").split(",") if e.strip() not in ("", "aws-chunked")]
        if encodings:
            headers["content-encoding"] = ",".join(encodings)
        if len(body) != int(headers.pop("x-amz-decoded-content-length", len(body))):
            raise AwsError(400, "IncompleteBody", "The request body terminated unexpectedly")
    for name, compute in CHECKSUMS.items():
        if name in headers and headers[name] != base64.b64encode(compute(body)).decode():
            kind = name.removeprefix("x-amz-checksum-").upper()
            raise AwsError(400, "BadDigest", f"The {kind} you specified did not match the calculated checksum.")
    if "content-md5" in headers and headers["content-md5"] != base64.b64encode(hashlib.md5(body).digest()).decode():
        raise AwsError(400, "BadDigest", "The Content-MD5 you specified did not match what we received.")
    return dataclasses.replace(call, headers=headers, body=body)


def _unchunk(body: bytes) -> tuple[bytes, dict[str, str]]:
    parts, rest = [], body
    while True:
        line, _, rest = rest.partition(b"\r\n")
        size = int(line.split(b";")[0] or b"0", 16)
        if size == 0:
            break
        parts.append(rest[:size])
        rest = rest[size + 2 :]
    lines = [line.partition(":") for line in rest.decode("ascii", "replace").split("\r\n") if ":" in line]
    return b"".join(parts), {k.strip().lower(): v.strip() for k, _, v in lines if k.lower().startswith("x-amz-checksum-")}
