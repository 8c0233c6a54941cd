"""Decodes aws-chunked, the encoding in which SDKs send uploads with a checksum after the data.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
"""

from __future__ import annotations

import dataclasses

import s3_checksums
import s3_conditional
from errors import AwsError
from wire import Call


def decoded(call: Call) -> Call:
    """The same call with the decoded data as its body. Checks the data against the checksums in the request."""
    if "transfer-encoding" in call.headers and "x-amz-decoded-content-length" not in call.headers:
        raise s3_conditional.not_implemented("Transfer-Encoding")  # S3 must know the length beforehand
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
    whole = dataclasses.replace(call, headers=headers, body=body)
    s3_checksums.check(whole)
    return whole


def _unchunk(body: bytes) -> tuple[bytes, dict[str, str]]:
    parts, at, view = [], 0, memoryview(body)
    while True:
        end = body.find(b"\r\n", at)
        size = int(body[at:end].split(b";")[0] or b"0", 16) if end >= 0 else 0
        at = end + 2
        if size == 0:
            break
        parts.append(view[at : at + size])
        at += size + 2
    rest = body[at:] if at > 1 else b""
    lines = [line.partition(":") for line in rest.decode("ascii", "replace").split("\r\n") if ":" in line]
    return b"".join(parts), {k.strip().lower(): v.strip() for k, _, v in lines if k.lower().startswith("x-amz-checksum-")}
