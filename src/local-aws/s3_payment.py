"""Requester Pays: who is not the owner must say that they will be charged.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html
"""

from __future__ import annotations

import re
import weakref

from moto.s3.models import FakeBucket

from accounts import Identity
from errors import AwsError, access_denied
from wire import Answer, Call

HEADER = "x-amz-request-payer"
_payers: weakref.WeakKeyDictionary[FakeBucket, str] = weakref.WeakKeyDictionary()  # moto has no such setting


def demand(call: Call, identity: Identity, bucket: FakeBucket, action: str) -> None:
    """Raises S3's bare denial if the requester would be charged and has not said so, whatever the policies allow."""
    if _is_charged(identity, bucket) and call.headers.get(HEADER) != "requester":
        call.action, call.resource = action, f"arn:aws:s3:::{bucket.name}"
        raise access_denied(call)


def charge(identity: Identity, bucket: FakeBucket | None) -> tuple[tuple[str, str], ...]:
    """The header that tells the requester about the charge."""
    return (("x-amz-request-charged", "requester"),) if bucket is not None and _is_charged(identity, bucket) else ()


def _is_charged(identity: Identity, bucket: FakeBucket) -> bool:
    return _payers.get(bucket) == "Requester" and identity.caller.account != bucket.account_id


def answer(call: Call, bucket: FakeBucket | None) -> Answer | None:
    """Carries out the operations that read and write the setting; None for every other operation."""
    if bucket is None or call.operation not in ("GetBucketRequestPayment", "PutBucketRequestPayment"):
        return None
    if call.method == "PUT":
        payer = re.search(rb"<Payer>(Requester|BucketOwner)</Payer>", call.body)
        if payer is None:
            raise AwsError(400, "MalformedXML", "The XML you provided was not well-formed")
        _payers[bucket] = payer[1].decode()
        return Answer(200)
    space = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
    payer_now = _payers.get(bucket, "BucketOwner")
    body = f"<RequestPaymentConfiguration {space}><Payer>{payer_now}</Payer></RequestPaymentConfiguration>"
    return Answer(200, (("Content-Type", "application/xml"),), body.encode())
