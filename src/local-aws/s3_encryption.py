"""How S3 encrypts objects, and the KMS calls that it makes for the caller.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
"""

from __future__ import annotations

import base64
import json

from moto.kms.models import Key
from moto.s3.models import FakeBucket, FakeKey

import authorization
import kms_rules
from accounts import Identity
from errors import AwsError, access_denied
from wire import Call

SSE, SSE_KEY = "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"
SSE_CONTEXT, SSE_BUCKET_KEY = "x-amz-server-side-encryption-context", "x-amz-server-side-encryption-bucket-key-enabled"


def encrypt(call: Call, identity: Identity, bucket: FakeBucket) -> dict[str, str]:
    """The encryption headers of the new object: the request's own or the bucket's default. Raises what KMS denies."""
    rule = (bucket.encryption or {}).get("Rule", {})
    default = rule.get("ApplyServerSideEncryptionByDefault", {})
    algorithm = call.headers.get(SSE) or default.get("SSEAlgorithm") or "AES256"
    if not algorithm.startswith("aws:kms"):
        return {SSE: algorithm}
    name = call.headers.get(SSE_KEY) or ("" if SSE in call.headers else default.get("KMSMasterKeyID")) or kms_rules.MANAGED
    # A key ID or alias that is not an ARN means a key of the uploader, even for another account's bucket.
    key = kms_rules.find(name, identity.caller.account, bucket.region_name)
    with_bucket_key = (call.headers.get(SSE_BUCKET_KEY) or str(rule.get("BucketKeyEnabled", ""))).lower() == "true"
    extra = json.loads(base64.b64decode(call.headers[SSE_CONTEXT])) if SSE_CONTEXT in call.headers else {}
    _use_key(call, identity, "kms:GenerateDataKey", key, name, _arn_context(bucket, call.key, with_bucket_key) | extra)
    assert key is not None
    return {SSE: algorithm, SSE_KEY: key.arn} | ({SSE_BUCKET_KEY: "true"} if with_bucket_key else {})


def decrypt(call: Call, identity: Identity, bucket: FakeBucket, stored: FakeKey) -> None:
    if not (stored.encryption or "").startswith("aws:kms"):
        return
    key = kms_rules.find(stored.kms_key_id or kms_rules.MANAGED, stored.account_id, bucket.region_name)
    with_bucket_key = str(stored.bucket_key_enabled).lower() == "true"
    _use_key(call, identity, "kms:Decrypt", key, stored.kms_key_id or "", _arn_context(bucket, stored.name, with_bucket_key))


def _arn_context(bucket: FakeBucket, key: str, with_bucket_key: bool) -> dict[str, str]:
    return {"aws:s3:arn": f"arn:aws:s3:::{bucket.name}" + ("" if with_bucket_key else f"/{key}")}


def _use_key(call: Call, identity: Identity, action: str, key: Key | None, name: str, context: dict[str, str]) -> None:
    if key is None:
        foreign = name.startswith("arn:") and name.split(":")[4:5] != [identity.caller.account]
        if foreign:
            raise access_denied(call, kms_rules.unseen(identity, action, name))
        region = name.split(":")[3] if name.count(":") >= 5 else ""
        text = (
            f"Invalid arn {region}"
            if region not in ("", call.region)
            else (f"Key '{name}' does not exist" if name.startswith("arn:") else f"Invalid keyId '{name}'")
        )
        raise AwsError(400, "KMS.NotFoundException", text)
    authorization.demand(call, identity, kms_rules.need(action, key, identity, context), via="s3")
    if problem := kms_rules.unusable(key):
        raise AwsError(400, f"KMS.{problem[0]}", problem[1])
