"""Presigned URLs: requests that carry their signature in the query string.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
S3's documents name the error codes; the messages are what S3 sends.
"""

from __future__ import annotations

import re
import time
from urllib.parse import quote, unquote

from errors import AwsError
from wire import ALGORITHM, Call, Credential, instant, iso

LONGEST_SECONDS = 7 * 24 * 3600
SKEW_SECONDS = 15 * 60
REQUIRED = ("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires")
SHA256 = "X-Amz-Content-Sha256"
_OF_THE_SIGNATURE = {*REQUIRED, SHA256, "X-Amz-Security-Token"}


def is_presigned(call: Call) -> bool:
    return any(name in call.arguments for name in REQUIRED)


def credential(call: Call) -> Credential | None:
    """What the URL claims; None if it does not claim enough, for which check() has the error."""
    given = call.arguments
    scope = given.get("X-Amz-Credential", "").split("/")
    if len(scope) != 5 or not all(given.get(name) for name in REQUIRED):
        return None
    return Credential(
        access_key=scope[0],
        date=scope[1],
        region=scope[2],
        service=scope[3],
        signed_headers=tuple(given["X-Amz-SignedHeaders"].lower().split(";")),
        signature=given["X-Amz-Signature"],
        signed_at=given["X-Amz-Date"],
        token=given.get("X-Amz-Security-Token", ""),
        presigned=True,
    )


def check(call: Call) -> None:
    """Raises S3's error if the URL's parameters are wrong, or if this is not the time to use it."""
    if "authorization" in call.headers:
        raise AwsError(
            400,
            "InvalidArgument",
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the "
            "Authorization header should be specified",
            {"ArgumentName": "Authorization", "ArgumentValue": call.headers["authorization"].split(" ")[0]},
        )
    given = call.arguments
    if not all(given.get(name) for name in REQUIRED):
        names = f"{', '.join(REQUIRED[:-1])}, and {REQUIRED[-1]}"
        raise _refused(f"Query-string authentication version 4 requires the {names} parameters.")
    if given["X-Amz-Algorithm"] == "AWS4-ECDSA-P256-SHA256":
        raise NotImplementedError("Signature Version 4A")
    if given["X-Amz-Algorithm"] != ALGORITHM:
        raise _refused(f'X-Amz-Algorithm only supports "{ALGORITHM} and AWS4-ECDSA-P256-SHA256"')
    _check_scope(given["X-Amz-Credential"].split("/"), given["X-Amz-Date"])
    signed_at = instant(given["X-Amz-Date"])
    if signed_at is None:
        raise _refused("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
    _check_time(signed_at, given["X-Amz-Expires"])


def _check_scope(scope: list[str], signed_at: str) -> None:
    where = "Error parsing the X-Amz-Credential parameter;"
    if len(scope) != 5:
        raise _refused(f'{where} the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".')
    _, date, _, service, terminal = scope
    if terminal != "aws4_request":
        raise _refused(f'{where} incorrect terminal "{terminal}". This endpoint uses "aws4_request".')
    if service != "s3":
        raise _refused(f'{where} incorrect service "{service}". This endpoint belongs to "s3".')
    if not re.fullmatch(r"\d{8}", date):
        raise _refused(f'{where} incorrect date format "{date}". This date in the credential must be in the format "yyyyMMdd".')
    if date != signed_at[:8]:
        raise _refused(f'Invalid credential date "{date}". This date is not the same as X-Amz-Date: "{signed_at[:8]}".')


def _check_time(signed_at: float, expires: str) -> None:
    if not re.fullmatch(r"-?\d{1,18}", expires):
        raise _refused("X-Amz-Expires should be a number")
    seconds, now = int(expires), time.time()
    if seconds < 0:
        raise _refused("X-Amz-Expires must be non-negative")
    if seconds > LONGEST_SECONDS:
        raise _refused(
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
            f"{LONGEST_SECONDS} seconds"
        )
    times = {"Expires": iso(signed_at + seconds), "ServerTime": iso(now)}
    if signed_at > now + SKEW_SECONDS:
        raise AwsError(403, "AccessDenied", "Request is not yet valid", {"X-Amz-Date": str(int(signed_at * 1000)), **times})
    if now > signed_at + seconds:
        raise AwsError(403, "AccessDenied", "Request has expired", {"X-Amz-Expires": expires, **times})


def wrong_region(given: str, expected: str) -> AwsError:
    return _refused(
        f"Error parsing the X-Amz-Credential parameter; the region '{given}' is wrong; expecting '{expected}'", Region=expected
    )


def unfold(call: Call) -> None:
    """Turns an authenticated presigned request into the request that it stands for.

    A parameter such as x-amz-acl means the header of that name: some SDKs put headers into the URL. moto gets an
    Authorization header in place of the signature, which it would check by rules of its own.
    """
    claimed = call.credential
    assert claimed is not None
    pairs = [(unquote(k), unquote(v)) for k, _, v in (p.partition("=") for p in call.query.split("&") if p)]
    amazons = [(name, value) for name, value in pairs if name.lower().startswith("x-amz-")]
    headers = {name.lower(): value for name, value in amazons if name not in _OF_THE_SIGNATURE}
    scope = f"{claimed.access_key}/{claimed.date}/{claimed.region}/{claimed.service}/aws4_request"
    headers["authorization"] = f"{ALGORITHM} Credential={scope}, SignedHeaders=host, Signature=0"
    call.headers = headers | dict(call.headers)
    call.ask("&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in pairs if (k, v) not in amazons))


def _refused(message: str, **extras: str) -> AwsError:
    return AwsError(400, "AuthorizationQueryParametersError", message, extras)
