"""Requests without a signature: what the bucket's policy and ACLs let everybody do, and Block Public Access, which overrules both.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from __future__ import annotations

import json
import weakref
from typing import Any

from moto.s3.models import FakeBucket, FakeKey, PublicAccessBlock

import authorization
import s3_ownership
from accounts import Identity
from authorization import Need
from errors import AwsError, access_denied
from wire import Call

#: Canned ACLs that let everybody read an object, or list a bucket.
PUBLIC = ("public-read", "public-read-write")
#: With a condition on one of these, a statement for everybody is not public.
NARROWING = {
    "aws:sourceip",
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:userid",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
}
_acls: weakref.WeakKeyDictionary[FakeBucket, str] = weakref.WeakKeyDictionary()


def demand(call: Call, identity: Identity, bucket: FakeBucket, stored: FakeKey | None, need: Need) -> None:
    """Raises S3's denial unless a policy or an ACL lets everybody in, and Block Public Access lets it do so."""
    call.action, call.resource = need.action, need.resource
    decision, _ = authorization.decide(call, identity, need)
    block = bucket.public_access_block
    of_the_owner = stored is None or s3_ownership.owner(bucket, stored) == bucket.account_id
    restricted = block is not None and block.restrict_public_buckets and is_public(need.resource_policy)
    by_policy = decision.allowed and of_the_owner and not restricted
    by_acl = not (block is not None and block.ignore_public_acls) and _acl(bucket, stored, need.action) in PUBLIC
    if decision.explicit or not (by_policy or by_acl):
        raise access_denied(call)
    if stored is not None and need.action == "s3:GetObject" and (stored.encryption or "").startswith("aws:kms"):
        raise AwsError(
            400,
            "InvalidArgument",
            "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
            {"ArgumentName": "Authorization", "ArgumentValue": "null"},
        )


def _acl(bucket: FakeBucket, stored: FakeKey | None, action: str) -> str:
    if s3_ownership.setting(bucket) == s3_ownership.ENFORCED:
        return ""
    if action == "s3:ListBucket":
        return _acls.get(bucket, "private")
    return s3_ownership.canned(stored) if stored is not None and action == "s3:GetObject" else ""


def check(call: Call, bucket: FakeBucket) -> None:
    """Raises S3's denial of a policy or an ACL that would make something public although that is blocked."""
    block = bucket.public_access_block
    if block is None:
        return
    policy = call.operation == "PutBucketPolicy" and block.block_public_policy and is_public(json.loads(call.body))
    acl = block.block_public_acls and call.headers.get("x-amz-acl") in PUBLIC
    if policy or acl:
        raise access_denied(call)


def is_public(document: dict[str, Any] | None) -> bool:
    """Whether a statement lets everybody in, without a condition that says who or from where."""
    statements = (document or {}).get("Statement", [])
    return any(_is_public(one) for one in (statements if isinstance(statements, list) else [statements]))


def _is_public(statement: dict[str, Any]) -> bool:
    principal = statement.get("Principal", {})
    named = principal.get("AWS", []) if isinstance(principal, dict) else principal
    everybody = "*" in (named if isinstance(named, list) else [named])
    keys = {key.lower() for block in statement.get("Condition", {}).values() for key in block}
    return statement["Effect"] == "Allow" and everybody and not keys & NARROWING


def record(call: Call, bucket: FakeBucket) -> None:
    """Remembers a bucket's canned ACL. A new bucket lets nobody in without a signature, as since April 2023. Unlike S3's it takes
    a public policy all the same: cases put the policy of a website on a bucket as it is."""
    if call.operation == "CreateBucket":
        bucket.public_access_block = PublicAccessBlock(False, True, False, True)
    elif call.operation == "PutBucketAcl":
        _acls[bucket] = call.headers.get("x-amz-acl", "private")
