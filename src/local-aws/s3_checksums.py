"""Checksums of uploads: S3 compares them with the data, keeps one with the object, and tells it who asks.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import zlib
from collections.abc import Callable, Mapping

from moto.s3.models import FakeKey

from errors import AwsError
from wire import Answer, Call

PREFIX, SDK_ALGORITHM = "x-amz-checksum-", "x-amz-sdk-checksum-algorithm"
#: Headers with the prefix that are not checksums.
_ABOUT = {PREFIX + "mode", PREFIX + "algorithm", PREFIX + "type"}
#: A checksum in these is of the request's own body.
_OF_THE_BODY = ("PutObject", "UploadPart")


def _crc(width: int, polynomial: int) -> Callable[[bytes], bytes]:
    """A CRC that Python's library does not have; byte by byte, so slow for big data."""
    mask, table = (1 << width) - 1, []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (polynomial if value & 1 else 0)
        table.append(value)

    def compute(data: bytes) -> bytes:
        crc = mask
        for byte in data:
            crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
        return (crc ^ mask).to_bytes(width // 8, "big")

    return compute


ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {
    "CRC32": lambda data: zlib.crc32(data).to_bytes(4, "big"),
    "CRC32C": _crc(32, 0x82F63B78),
    "CRC64NVME": _crc(64, 0x9A6C9329AC4BC9B5),
    "SHA1": lambda data: hashlib.sha1(data).digest(),
    "SHA256": lambda data: hashlib.sha256(data).digest(),
}
_LENGTHS = {name: len(compute(b"")) for name, compute in ALGORITHMS.items()}


def is_checksum(header: str) -> bool:
    return header.startswith(PREFIX) and header not in _ABOUT


def declared(headers: Mapping[str, str]) -> tuple[str, str] | None:
    """The algorithm and the checksum in Base64. Raises S3's error if they are malformed or more than one."""
    names = [name for name in headers if is_checksum(name)]
    if len(names) > 1:
        raise _invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
    if not names:
        return None
    algorithm, value = names[0].removeprefix(PREFIX).upper(), headers[names[0]]
    if algorithm not in ALGORITHMS:
        raise _invalid("The algorithm type you specified in x-amz-checksum- header is invalid.")
    if _length(value) != _LENGTHS[algorithm]:
        raise _invalid(f"Value for {names[0]} header is invalid.")
    return algorithm, value


def check(call: Call) -> None:
    """Raises S3's error if the body is not the one whose checksums the request has."""
    if md5 := call.headers.get("content-md5"):
        _check_md5(md5, call.body)
    if call.operation not in _OF_THE_BODY:
        return
    found, wanted = declared(call.headers), call.headers.get(SDK_ALGORITHM, "").upper()
    if wanted and wanted not in ALGORITHMS:
        raise _invalid(f"Value for {SDK_ALGORITHM} header is invalid.")
    if found is None:
        if wanted:
            raise _invalid(
                f"{SDK_ALGORITHM} specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
            )
        return
    algorithm, value = found
    if wanted not in ("", algorithm):
        raise _invalid(f"Value for {SDK_ALGORITHM} header is invalid.")
    if value != base64.b64encode(ALGORITHMS[algorithm](call.body)).decode():
        raise AwsError(400, "BadDigest", f"The {algorithm} you specified did not match the calculated checksum.")


def _check_md5(value: str, body: bytes) -> None:
    computed = base64.b64encode(hashlib.md5(body).digest()).decode()
    if _length(value) != hashlib.md5().digest_size:
        raise AwsError(400, "InvalidDigest", "The Content-MD5 you specified was invalid.", {"Content-MD5": value})
    if value != computed:
        raise AwsError(
            400,
            "BadDigest",
            "The Content-MD5 you specified did not match what we received.",
            {"ExpectedDigest": base64.b64decode(value).hex(), "CalculatedDigest": computed},
        )


def _length(value: str) -> int:
    """The number of bytes that the Base64 text stands for; -1 if it is none."""
    try:
        return len(base64.b64decode(value, validate=True))
    except binascii.Error:
        return -1


def keep(call: Call, stored: FakeKey) -> None:
    """Keeps the checksum of a successful PutObject with the object, as moto does only for some SDKs."""
    if call.operation == "PutObject":
        algorithm, value = declared(call.headers) or (None, None)
        stored.checksum_algorithm, stored.checksum_value, stored.checksum_parts = algorithm, value, None
        stored.checksum_type = "FULL_OBJECT" if algorithm else None


def told(call: Call, stored: FakeKey, answer: Answer) -> Answer:
    """The answer with the object's checksum, if this operation tells it; a part of an object has none."""
    if call.operation not in ("PutObject", "GetObject", "HeadObject"):
        return answer
    headers = [(k, v) for k, v in answer.headers if not k.lower().startswith(PREFIX) and k.lower() != SDK_ALGORITHM]
    asked = call.headers.get(PREFIX + "mode", "").upper() == "ENABLED" and answer.status == 200
    if stored.checksum_algorithm and stored.checksum_value and (asked or call.operation == "PutObject"):
        kind = stored.checksum_type or "FULL_OBJECT"
        parts = f"-{stored.checksum_parts}" if kind == "COMPOSITE" else ""
        headers += [(PREFIX + stored.checksum_algorithm.lower(), stored.checksum_value + parts), (PREFIX + "type", kind)]
    return dataclasses.replace(answer, headers=tuple(headers))


def _invalid(message: str) -> AwsError:
    return AwsError(400, "InvalidRequest", message)
