"""Object Lock: what an upload must carry, and what the caller must be allowed to do.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
"""

from __future__ import annotations

import base64
import hashlib

from moto.s3.models import FakeBucket

import s3_checksums
import uploads
from errors import AwsError
from wire import Call

PARTS = {"PutObject": "Object", "UploadPart": "Part"}


def permissions(call: Call) -> list[str]:
    """What the request's own lock headers need. The bucket's default retention needs no permission of the uploader's."""
    headers, needed = call.headers, []
    if call.operation in ("PutObject", "CopyObject", "CreateMultipartUpload"):
        if "x-amz-object-lock-mode" in headers or "x-amz-object-lock-retain-until-date" in headers:
            needed.append("s3:PutObjectRetention")
        if "x-amz-object-lock-legal-hold" in headers:
            needed.append("s3:PutObjectLegalHold")
    elif headers.get("x-amz-bypass-governance-retention", "").lower() == "true":
        needed.append("s3:BypassGovernanceRetention")
    return needed


def headers(call: Call, bucket: FakeBucket) -> dict[str, str]:
    """The headers to add for moto. Raises S3's error if an upload that will be locked has no checksum.

    The signed hash of the payload does not count as one.
    """
    if not bucket.object_lock_enabled or call.method != "PUT" or not call.key:
        return {}
    asks = any(name.startswith("x-amz-object-lock-") for name in call.headers)
    if call.operation in PARTS and (asks or bucket.has_default_lock) and not _has_checksum(call):
        raise AwsError(
            400,
            "InvalidRequest",
            f"Content-MD5 OR x-amz-checksum- HTTP header is required for Put {PARTS[call.operation]} requests with Object Lock "
            "parameters",
        )
    # moto takes no checksum but this one, and demands it for every write of the object, even of its tags.
    digest = base64.b64encode(hashlib.md5(uploads.decoded(call).body).digest()).decode()
    return {"content-md5": digest}


def _has_checksum(call: Call) -> bool:
    names = {*call.headers, *(name.strip().lower() for name in call.headers.get("x-amz-trailer", "").split(","))}
    return any(name == "content-md5" or s3_checksums.is_checksum(name) for name in names)
