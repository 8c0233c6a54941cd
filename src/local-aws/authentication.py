"""Checks Signature Version 4: who signed this request?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import re
import time
from urllib.parse import quote, unquote

import accounts
import presigned
import propagation
import s3_reads
from accounts import Identity
from errors import AwsError
from presigned import SKEW_SECONDS
from wire import ALGORITHM, Call, instant

UNSIGNED = "UNSIGNED-PAYLOAD"
#: What x-amz-content-sha256 may say in place of a hash.
STREAMS = (
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER",
)
#: What a bucket may let everybody do without a signature. The rest that S3 knows, such as public uploads, is refused here.
FOR_ANYBODY = ("HeadBucket", "ListObjects", "ListObjectsV2", "GetObject", "HeadObject")
# Opt-in Regions. STS there accepts no credentials of an account that has not enabled the Region.
OPT_IN = {
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
}

MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
    "Key and signing method. Consult the service documentation for details."
)
UNKNOWN = "The security token included in the request is invalid."
EXPIRED = "The security token included in the request is expired"
#: Failure -> protocol -> (status, code, message).
FAILURES = {
    "unsigned": {
        "s3": (403, "AccessDenied", "Access Denied"),
        "query": (403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
        "json": (400, "MissingAuthenticationTokenException", "Request is missing Authentication Token"),
    },
    "key": {
        "s3": (403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
        "query": (403, "InvalidClientTokenId", UNKNOWN),
        "json": (400, "UnrecognizedClientException", UNKNOWN),
    },
    "token": {
        "s3": (400, "InvalidToken", "The provided token is malformed or otherwise invalid."),
        "query": (403, "InvalidClientTokenId", UNKNOWN),
        "json": (400, "UnrecognizedClientException", UNKNOWN),
    },
    "expired": {
        "s3": (400, "ExpiredToken", "The provided token has expired."),
        "query": (403, "ExpiredToken", EXPIRED),
        "json": (400, "ExpiredTokenException", EXPIRED),
    },
    "signature": {
        "s3": (
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        ),
        "query": (403, "SignatureDoesNotMatch", MISMATCH),
        "json": (400, "InvalidSignatureException", MISMATCH),
    },
    "skew": {
        "s3": (403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."),
        "query": (403, "SignatureDoesNotMatch", "Signature expired: the request is too old"),
        "json": (400, "InvalidSignatureException", "Signature expired: the request is too old"),
    },
    "scope": {
        "s3": (
            400,
            "AuthorizationHeaderMalformed",
            'The authorization header is malformed; incorrect service. This endpoint belongs to "s3".',
        ),
        "query": (403, "SignatureDoesNotMatch", "Credential should be scoped to correct service."),
        "json": (400, "InvalidSignatureException", "Credential should be scoped to correct service."),
    },
}


def _failure(call: Call, what: str) -> AwsError:
    status, code, message = FAILURES[what].get(call.protocol, FAILURES["signature"]["json"])
    extras = {"AWSAccessKeyId": call.access_key} if code == "InvalidAccessKeyId" else {}
    return AwsError(status, code, message, extras)


def authenticate(call: Call) -> Identity:
    """The caller. Raises AwsError with the service's own code and message if the signature is not valid."""
    if call.protocol == "s3":
        _check_form(call)
    credential = call.credential
    if credential is None and call.protocol == "s3" and call.operation in FOR_ANYBODY:
        return accounts.ANYBODY
    if credential is None:
        raise _failure(call, "unsigned")
    if credential.service != call.service:
        raise _failure(call, "scope")
    if call.service == "sts" and call.region in OPT_IN:
        raise _failure(call, "key")
    identity = accounts.find(credential.access_key)
    if identity is None or propagation.key_pending(call, identity):
        raise _failure(call, "key")
    token, session = credential.token, identity.session
    if token != (session.token if session else ""):
        raise _failure(call, "token" if token else "key")
    if not credential.presigned and abs(signed_at(call) - time.time()) > SKEW_SECONDS:
        raise _failure(call, "skew")
    payload = _payload_hash(call)
    if not hmac.compare_digest(_signature(call, identity.secret, payload), credential.signature):
        raise _failure(call, "signature")
    if session and session.expires <= time.time():
        raise _failure(call, "expired")
    return identity


def signed_at(call: Call) -> float:
    """Seconds since 1970."""
    return (instant(call.credential.signed_at) if call.credential else None) or 0.0


def _check_form(call: Call) -> None:
    """Raises S3's error for a request that is not signed in a way that S3 takes."""
    if presigned.is_presigned(call):
        presigned.check(call)
    elif "AWSAccessKeyId" in call.arguments or call.headers.get("authorization", "").startswith("AWS "):
        raise AwsError(
            400, "InvalidRequest", f"The authorization mechanism you have provided is not supported. Please use {ALGORITHM}."
        )
    elif call.credential is None and any(name.startswith(s3_reads.PREFIX) for name in call.arguments):
        raise AwsError(400, "InvalidRequest", "Request specific response headers cannot be used for anonymous GET requests.")
    if call.credential is None:
        return
    must = [name for name in call.headers if name == "host" or name.startswith("x-amz-")]
    if left_out := sorted(set(must) - set(call.credential.signed_headers)):
        raise AwsError(
            403,
            "AccessDenied",
            "There were headers present in the request which were not signed",
            {"HeadersNotSigned": ", ".join(left_out)},
        )


def _payload_hash(call: Call) -> str:
    if call.protocol != "s3":
        return hashlib.sha256(call.body).hexdigest()
    declared = call.headers.get("x-amz-content-sha256")
    if call.presigned:
        declared = declared or call.arguments.get(presigned.SHA256) or UNSIGNED
    if declared is None:
        raise AwsError(400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
    # The signatures of single chunks in a chunked upload are not checked.
    if declared == UNSIGNED or declared in STREAMS:
        return declared
    if not re.fullmatch("[0-9a-f]{64}", declared):
        raise AwsError(
            400,
            "InvalidArgument",
            f"x-amz-content-sha256 must be {UNSIGNED}, {', '.join(STREAMS)} or a valid sha256 value.",
            {"ArgumentName": "x-amz-content-sha256", "ArgumentValue": declared},
        )
    computed = hashlib.sha256(call.body).hexdigest()
    if declared != computed:
        raise AwsError(
            400,
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
            {"ClientComputedContentSHA256": declared, "S3ComputedContentSHA256": computed},
        )
    return declared


def _signature(call: Call, secret: str, payload_hash: str) -> str:
    credential = call.credential
    assert credential is not None
    # S3 signs the path as it is sent; all other services encode it a second time.
    path = quote(unquote(call.path), safe="/-_.~") if call.protocol == "s3" else quote(call.path, safe="/-_.~")
    pairs = (part.partition("=") for part in call.query.split("&") if part)
    query = sorted(
        (quote(unquote(k), safe="-_.~"), quote(unquote(v), safe="-_.~"))
        for k, _, v in pairs
        if not (credential.presigned and k == "X-Amz-Signature")
    )
    headers = "".join(f"{name}:{' '.join(call.headers.get(name, '').split())}\n" for name in credential.signed_headers)
    canonical = "\n".join(
        [call.method, path, "&".join(f"{k}={v}" for k, v in query), headers, ";".join(credential.signed_headers), payload_hash]
    )
    scope = f"{credential.date}/{credential.region}/{credential.service}/aws4_request"
    digest = hashlib.sha256(canonical.encode("latin-1", "replace")).hexdigest()
    to_sign = "\n".join([ALGORITHM, credential.signed_at, scope, digest])
    return hmac.digest(_signing_key(secret, scope), to_sign.encode(), "sha256").hex()


@functools.lru_cache(maxsize=1_000)
def _signing_key(secret: str, scope: str) -> bytes:
    """The same for a day's calls of a key."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
