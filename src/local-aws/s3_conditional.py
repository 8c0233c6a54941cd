"""Conditional writes: an object is created only if there is none.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
moto compares; the rest is here.
"""

from __future__ import annotations

import time
import weakref

from moto.s3.models import FakeBucket

from errors import AwsError
from wire import Call

HEADER = "if-none-match"
#: Operations that S3's policies count as writes of a whole object, and others that need the same permission.
CREATES = {"PutObject": True, "CopyObject": True, "CompleteMultipartUpload": True}
PREPARES = {"CreateMultipartUpload": False, "UploadPart": False, "UploadPartCopy": False}
_deleted: weakref.WeakKeyDictionary[FakeBucket, dict[str, float]] = weakref.WeakKeyDictionary()  # key -> when


def context(call: Call) -> dict[str, str]:
    """The condition key with which a policy that demands conditional writes spares the parts of an upload."""
    creates = (CREATES | PREPARES).get(call.operation)
    return {} if creates is None else {"s3:ObjectCreationOperation": str(creates).lower()}


def check(call: Call, bucket: FakeBucket) -> None:
    """Raises S3's error for a condition that it does not know, or that a delete has overtaken."""
    if HEADER not in call.headers or call.operation not in CREATES:
        return
    if call.operation == "CopyObject":
        raise NotImplementedError("conditional copies")
    if call.headers[HEADER] != "*":
        raise not_implemented("If-None-Match")
    if _deleted.get(bucket, {}).get(call.key, 0.0) > call.started:
        raise AwsError(
            409,
            "ConditionalRequestConflict",
            "The conditional request cannot succeed due to a conflicting operation against this resource.",
            {"Condition": "If-None-Match", "Key": call.key},
        )


def deleted(bucket: FakeBucket, key: str) -> None:
    _deleted.setdefault(bucket, {})[key] = time.time()


def not_implemented(header: str) -> AwsError:
    message = "A header you provided implies functionality that is not implemented"
    return AwsError(501, "NotImplemented", message, {"Header": header})
