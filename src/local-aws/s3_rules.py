"""S3: Region, owner, permissions, and the KMS calls that S3 makes for the caller.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
"""

from __future__ import annotations

import dataclasses
import re
import time
from typing import Any
from urllib.parse import parse_qsl, unquote

from moto.s3.models import FakeBucket, FakeKey, s3_backends

import authentication
import authorization
import presigned
import principals
import s3_checksums
import s3_conditional
import s3_encryption
import s3_lifecycle
import s3_names
import s3_object_lock
import s3_operations
import s3_ownership
import s3_payment
import s3_public_access
import s3_reads
from accounts import ANYBODY, Identity
from authorization import Need
from errors import AwsError, access_denied
from wire import ALGORITHM, Answer, Call

#: Headers that are condition keys with the same name.
HEADER_KEYS = (
    "x-amz-acl",
    "x-amz-copy-source",
    "x-amz-metadata-directive",
    "x-amz-storage-class",
    "x-amz-object-ownership",
    s3_names.HEADER,
    "x-amz-website-redirect-location",
    "x-amz-content-sha256",
    s3_encryption.SSE,
    s3_encryption.SSE_KEY,
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
    "if-match",
    "if-none-match",
)
WRITES = ("PutObject", "CopyObject", "CreateMultipartUpload")


def bucket_of(name: str) -> FakeBucket | None:
    """The bucket, in any account: bucket names are global."""
    where = s3_backends.bucket_accounts.get(name)
    return s3_backends[where[1]][where[0]].buckets.get(name) if where else None


def redirect(call: Call) -> None:
    """Raises what S3 answers before it checks permissions: no such bucket, or a bucket in another Region."""
    bucket = bucket_of(call.bucket)
    if not call.bucket or call.operation == "CreateBucket":
        return
    if bucket is None:
        raise AwsError(404, "NoSuchBucket", "The specified bucket does not exist", {"BucketName": call.bucket})
    # us-east-1 answers GetBucketLocation for every bucket, since callers use it to find the Region.
    anywhere = call.operation == "GetBucketLocation" and call.region == "us-east-1"
    if bucket.region_name != call.region and call.presigned:
        raise presigned.wrong_region(call.region, bucket.region_name)
    if bucket.region_name != call.region and not anywhere:
        endpoint = f"s3.{bucket.region_name}.amazonaws.com"
        raise AwsError(
            301,
            "PermanentRedirect",
            (
                "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future "
                "requests to this endpoint."
            ),
            {"Endpoint": endpoint, "Bucket": call.bucket},
            region_header(bucket),
        )


def region_header(bucket: FakeBucket) -> dict[str, str]:
    return {"x-amz-bucket-region": bucket.region_name}


def check(call: Call, identity: Identity) -> tuple[str, dict[str, str]]:
    """Raises S3's denial, or returns the account that owns the bucket and the headers to add to the request."""
    action = s3_operations.permission(call)
    if action is None:
        raise AwsError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
    bucket = None if call.operation == "CreateBucket" else bucket_of(call.bucket)
    if bucket is None:
        resource = f"arn:aws:s3:::{call.bucket}" if call.bucket else "*"
        authorization.demand(call, identity, Need(action, resource, _context(call, None)))
        if call.operation == "CreateBucket":
            s3_names.check(call, identity.caller.account)
        return identity.caller.account, {}
    owner = call.headers.get("x-amz-expected-bucket-owner")
    if owner is not None and not re.fullmatch(r"\d{12}", owner):
        raise AwsError(
            400, "InvalidBucketOwnerAWSAccountID", "The value of the expected bucket owner parameter must be an AWS account ID"
        )
    if owner is not None and owner != bucket.account_id:
        call.action, call.resource = action, f"arn:aws:s3:::{call.bucket}"
        raise access_denied(call)
    s3_payment.demand(call, identity, bucket, action)
    stored = _stored(bucket, call) if call.key else None
    for need in _needs(call, action, bucket, stored):
        _demand(call, identity, bucket, stored, need)
    s3_ownership.check_acl(call, bucket)
    s3_public_access.check(call, bucket)
    reads = call.method in ("GET", "HEAD") and bool(call.key) and "uploadId" not in call.arguments
    if reads and stored is None and "versionId" not in call.arguments:
        # A caller who may not list the bucket must not learn that a key is missing.
        _demand(call, identity, bucket, None, _need("s3:ListBucket", bucket, "", _context(call, None)))
    s3_conditional.check(call, bucket)
    headers = s3_object_lock.headers(call, bucket)
    if identity is ANYBODY:
        headers["authorization"] = f"{ALGORITHM} Credential=ANYBODY/20260101/{call.region}/s3/aws4_request"  # for moto
    if call.operation == "CopyObject" or call.operation == "UploadPartCopy":
        _check_source(call, identity)
    if call.operation in WRITES:
        headers |= s3_encryption.encrypt(call, identity, bucket)
    elif identity is not ANYBODY and stored is not None and (
        call.operation == "GetObject" or (call.operation == "HeadObject" and "x-amz-checksum-mode" in call.headers)
    ):
        s3_encryption.decrypt(call, identity, bucket, stored)
    return bucket.account_id, headers


def _demand(call: Call, identity: Identity, bucket: FakeBucket, stored: FakeKey | None, need: Need) -> None:
    if identity is ANYBODY:
        s3_public_access.demand(call, identity, bucket, stored, need)
    else:
        s3_ownership.demand(call, identity, bucket, stored, need)


def done(call: Call, identity: Identity, answer: Answer) -> Answer:
    """Records what a successful call changed, and adds the headers that it earns."""
    bucket = bucket_of(call.bucket)
    stored = _stored(bucket, call) if bucket is not None and call.key else None
    if bucket is not None:
        s3_public_access.record(call, bucket)
    if bucket is not None and call.operation in ("DeleteObject", "DeleteObjects"):
        for key in [call.key] if call.key else _keys(call):
            s3_conditional.deleted(bucket, key)
    if bucket is not None and stored is not None:
        s3_ownership.record(call, identity, bucket, stored)
        s3_checksums.keep(call, stored)
        answer = s3_checksums.told(call, stored, answer)
        answer = s3_lifecycle.told(call, bucket, stored, answer)
    answer = s3_reads.with_overrides(call, answer)
    return dataclasses.replace(answer, headers=answer.headers + s3_payment.charge(identity, bucket))


def _need(action: str, bucket: FakeBucket, key: str, context: dict[str, Any]) -> Need:
    resource = f"arn:aws:s3:::{bucket.name}" + (f"/{key}" if key else "")
    document = principals.effective(bucket, bucket.policy)
    return Need(action, resource, context | {"s3:ResourceAccount": bucket.account_id}, document, bucket.account_id, "bucket")


def _needs(call: Call, action: str, bucket: FakeBucket, stored: FakeKey | None) -> list[Need]:
    context = _context(call, stored)
    if call.operation == "DeleteObjects":
        return [_need(a, bucket, key, context) for key in _keys(call) for a in [action, *s3_object_lock.permissions(call)]]
    actions = [action]
    if call.operation in WRITES:
        headers = call.headers
        if "x-amz-tagging" in headers:
            actions.append("s3:PutObjectTagging")
        if "x-amz-acl" in headers or any(name.startswith("x-amz-grant-") for name in headers):
            actions.append("s3:PutObjectAcl")
        if "if-match" in headers:
            actions.append("s3:GetObject")
    elif call.operation == "GetObjectAttributes":
        actions.append("s3:GetObject")
    return [_need(a, bucket, call.key, context) for a in [*actions, *s3_object_lock.permissions(call)]]


def _keys(call: Call) -> list[str]:
    """What DeleteObjects deletes."""
    return re.findall(r"<Object>.*?<Key>(.*?)</Key>.*?</Object>", call.body.decode("utf-8", "replace"), re.DOTALL)


def _context(call: Call, stored: FakeKey | None) -> dict[str, Any]:
    context: dict[str, Any] = {
        "s3:TlsVersion": "1.3",
    }
    if call.credential is not None:
        context |= {
            "s3:authType": call.auth_type,
            "s3:signatureversion": "AWS4-HMAC-SHA256",
            "s3:signatureAge": str(max(0, int((time.time() - authentication.signed_at(call)) * 1000))),
        }
    context |= {f"s3:{name}": call.headers[name] for name in HEADER_KEYS if name in call.headers}
    context |= s3_conditional.context(call)
    arguments = call.arguments
    # Present whenever the parameter is, even if it is empty.
    context |= {f"s3:{name}": arguments[name] for name in ("prefix", "delimiter", "max-keys") if name in arguments}
    if "versionId" in arguments:
        context["s3:VersionId"] = arguments["versionId"]
    for name in ("mode", "retain-until-date", "legal-hold"):
        if value := call.headers.get(f"x-amz-object-lock-{name}"):
            context[f"s3:object-lock-{name}"] = value
    tags = dict(parse_qsl(call.headers.get("x-amz-tagging", ""), keep_blank_values=True))
    if call.operation == "PutObjectTagging":
        tags = dict(re.findall(r"<Key>(.*?)</Key>\s*<Value>(.*?)</Value>", call.body.decode("utf-8", "replace"), re.DOTALL))
    if tags:
        context |= {f"s3:RequestObjectTag/{key}": value for key, value in tags.items()}
        context["s3:RequestObjectTagKeys"] = list(tags)
    if stored is not None and call.operation not in WRITES:
        existing = s3_backends[stored.account_id]["aws"].get_object_tagging(stored)["Tags"]
        context |= {f"s3:ExistingObjectTag/{tag['Key']}": tag["Value"] for tag in existing}
    if call.operation == "CreateBucket":
        if where := re.search(rb"<LocationConstraint>(.*?)</LocationConstraint>", call.body):
            context["s3:LocationConstraint"] = where[1].decode()
    return context


def _stored(bucket: FakeBucket, call: Call) -> FakeKey | None:
    versions = bucket.keys.getlist(call.key, [])
    wanted = call.arguments.get("versionId")
    found = next((v for v in versions if v.version_id == wanted), None) if wanted else versions[-1] if versions else None
    return found if isinstance(found, FakeKey) else None


def _check_source(call: Call, identity: Identity) -> None:
    name, _, key = unquote(call.headers["x-amz-copy-source"].partition("?")[0]).lstrip("/").partition("/")
    source = bucket_of(name)
    if source is None:
        raise AwsError(404, "NoSuchBucket", "The specified bucket does not exist", {"BucketName": name})
    s3_payment.demand(call, identity, source, "s3:GetObject")
    versions = source.keys.getlist(key, [])
    stored = versions[-1] if versions and isinstance(versions[-1], FakeKey) else None
    s3_ownership.demand(call, identity, source, stored, _need("s3:GetObject", source, key, _context(call, None)))
    if stored is not None:
        s3_encryption.decrypt(call, identity, source, stored)
