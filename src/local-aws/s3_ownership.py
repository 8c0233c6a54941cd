"""Who owns an object, and what its ACL grants to those who do not.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html
"""

from __future__ import annotations

import dataclasses
import weakref
from dataclasses import dataclass

from moto.s3.models import FakeBucket, FakeKey

import authorization
from accounts import Identity
from authorization import Need
from errors import AwsError, access_denied
from wire import Call

ENFORCED = "BucketOwnerEnforced"  # new buckets have this since April 2023: ACLs are off
FULL_CONTROL = "bucket-owner-full-control"
READ, READ_ACP, WRITE_ACP = "READ", "READ_ACP", "WRITE_ACP"
#: Action -> the ACL permission that stands for it. No ACL grants an action that is missing here, such as reading tags.
#: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping
PERMISSIONS = {
    "s3:GetObject": READ,
    "s3:GetObjectVersion": READ,
    "s3:GetObjectAcl": READ_ACP,
    "s3:GetObjectVersionAcl": READ_ACP,
    "s3:PutObjectAcl": WRITE_ACP,
    "s3:PutObjectVersionAcl": WRITE_ACP,
}
#: Canned ACL -> what it grants to the bucket's owner, and to every account.
CANNED: dict[str, tuple[set[str], set[str]]] = {
    "private": (set(), set()),
    "public-read": ({READ}, {READ}),
    "public-read-write": ({READ}, {READ}),
    "authenticated-read": ({READ}, {READ}),
    "bucket-owner-read": ({READ}, set()),
    FULL_CONTROL: ({READ, READ_ACP, WRITE_ACP}, set()),
}
#: The bucket's permissions decide these, whoever owns the object that is there now.
OF_THE_BUCKET = {
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
}
CREATES = {"PutObject", "CreateMultipartUpload", "CopyObject", "CompleteMultipartUpload"}


@dataclass(frozen=True)
class _Written:
    owner: str
    acl: str


_written: weakref.WeakKeyDictionary[FakeKey, _Written] = weakref.WeakKeyDictionary()


def setting(bucket: FakeBucket) -> str:
    return str(bucket.ownership_rule or ENFORCED)


def check_acl(call: Call, bucket: FakeBucket) -> None:
    """Raises S3's error for an ACL that the bucket does not take."""
    sets_acl = call.operation in ("PutObjectAcl", "PutBucketAcl")
    grants = any(name.startswith("x-amz-grant-") for name in call.headers)
    canned = call.headers.get("x-amz-acl")
    if not (sets_acl or grants or canned):
        return
    if setting(bucket) == ENFORCED and (sets_acl or grants or canned != FULL_CONTROL):
        raise AwsError(400, "AccessControlListNotSupported", "The bucket does not allow ACLs")
    if call.key and (grants or canned not in CANNED):
        raise NotImplementedError("ACLs of objects other than the canned ones")


def owner(bucket: FakeBucket, stored: FakeKey) -> str:
    written = _written.get(stored)
    return bucket.account_id if written is None or setting(bucket) == ENFORCED else written.owner


def canned(stored: FakeKey) -> str:
    """The canned ACL that the object was given."""
    written = _written.get(stored)
    return written.acl if written is not None else "private"


def demand(call: Call, identity: Identity, bucket: FakeBucket, stored: FakeKey | None, need: Need) -> None:
    """Raises S3's denial. If the object that is there is not the bucket owner's, then the caller's own policies and the
    object's ACL must allow the call, and the bucket's policy can only deny it."""
    of_the_object = need.action not in OF_THE_BUCKET and (need.action == "s3:GetObject" or call.operation not in CREATES)
    if stored is None or not of_the_object or owner(bucket, stored) == bucket.account_id:
        authorization.demand(call, identity, need)
        return
    account = identity.caller.account
    document = need.resource_policy
    if document is not None:
        statements = document["Statement"]
        statements = statements if isinstance(statements, list) else [statements]
        document = {**document, "Statement": [s for s in statements if s["Effect"] == "Deny"]}
    context = {**need.context, "aws:ResourceAccount": bucket.account_id}
    try:
        authorization.demand(
            call, identity, dataclasses.replace(need, context=context, resource_policy=document, account=account)
        )
    except AwsError as refused:
        raise refused if bucket.account_id == account else access_denied(call) from None
    owned, (to_bucket_owner, to_all) = owner(bucket, stored), CANNED[_written[stored].acl]
    granted = to_all | (to_bucket_owner if account == bucket.account_id else set())
    if account != owned and PERMISSIONS.get(need.action) not in granted:
        raise access_denied(call)


def record(call: Call, identity: Identity, bucket: FakeBucket, stored: FakeKey) -> None:
    """Remembers the owner and the ACL that a successful call gave to the object."""
    account = identity.caller.account
    if call.operation == "PutObjectAcl":
        before = _written.get(stored, _Written(account, "private"))
        _written[stored] = _Written(before.owner, call.headers.get("x-amz-acl", "private"))
    elif call.operation in ("PutObject", "CopyObject", "CompleteMultipartUpload"):
        acl = call.headers.get("x-amz-acl", "private")
        given_away = setting(bucket) == "BucketOwnerPreferred" and acl == FULL_CONTROL
        own = bucket.account_id if setting(bucket) == ENFORCED or given_away else account
        _written[stored] = _Written(own, acl)
