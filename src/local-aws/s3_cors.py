"""CORS: which pages of other origins a browser lets call a bucket.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from moto.s3.models import CorsRule, FakeBucket

import conditions
from errors import AwsError
from wire import Answer, Call

METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
_OURS = ("access-control-", "vary")
_NOT_ALLOWED = (
    "This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
    "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
)


def preflight(call: Call, bucket: FakeBucket | None) -> Answer:
    """The answer to a browser that asks before it sends. It is not signed and needs no permission."""
    asked = call.headers.get("access-control-request-method")
    if "origin" not in call.headers:
        raise AwsError(400, "BadRequest", "Insufficient information. Origin request header needed.")
    if asked not in METHODS:
        raise AwsError(400, "BadRequest", f"Invalid Access-Control-Request-Method: {asked or 'null'}")
    if bucket is None:
        raise _forbidden(call, asked, "Bucket not found")
    if not bucket.cors:
        raise _forbidden(call, asked, "CORS is not enabled for this bucket.")
    rule = _rule(call, bucket, asked)
    if rule is None:
        raise _forbidden(call, asked, _NOT_ALLOWED)
    return Answer(200, _allowed(call, rule))


def with_headers(call: Call, bucket: FakeBucket | None, answer: Answer) -> Answer:
    """The answer with the headers that let the browser show it to the page; an error's answer, too."""
    kept = tuple((name, value) for name, value in answer.headers if not name.lower().startswith(_OURS))
    rule = _rule(call, bucket, call.method) if bucket is not None and "origin" in call.headers else None
    return dataclasses.replace(answer, headers=kept + (_allowed(call, rule) if rule is not None else ()))


def _rule(call: Call, bucket: FakeBucket, method: str) -> CorsRule | None:
    """The first rule that has the origin, the method and all headers that the browser asks for."""
    origin, headers = call.headers["origin"], _requested(call)
    for rule in bucket.cors:
        allowed = [name.lower() for name in _list(rule.allowed_headers)]
        if (
            _matches(_list(rule.allowed_origins), origin)
            and method in _list(rule.allowed_methods)
            and all(_matches(allowed, name) for name in headers)
        ):
            return rule
    return None


def _allowed(call: Call, rule: CorsRule) -> tuple[tuple[str, str], ...]:
    anybody = "*" in _list(rule.allowed_origins)
    headers = [
        ("Access-Control-Allow-Origin", "*" if anybody else call.headers["origin"]),
        ("Access-Control-Allow-Methods", ", ".join(_list(rule.allowed_methods))),
    ]
    if requested := _requested(call):
        headers.append(("Access-Control-Allow-Headers", ", ".join(requested)))
    if exposed := _list(rule.exposed_headers):
        headers.append(("Access-Control-Expose-Headers", ", ".join(exposed)))
    if rule.max_age_seconds is not None:
        headers.append(("Access-Control-Max-Age", str(rule.max_age_seconds)))
    if not anybody:
        headers.append(("Access-Control-Allow-Credentials", "true"))
    headers.append(("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"))
    return tuple(headers)


def _requested(call: Call) -> list[str]:
    names = call.headers.get("access-control-request-headers", "").split(",")
    return [name.strip().lower() for name in names if name.strip()]


def _matches(patterns: Iterable[str], value: str) -> bool:
    """A pattern may have one asterisk; nothing else in it is special."""
    return any(conditions.glob(pattern.replace("?", "\x01")).fullmatch(value) for pattern in patterns)


def _list(values: str | list[str] | None) -> list[str]:
    return [values] if isinstance(values, str) else list(values or [])


def _forbidden(call: Call, method: str, why: str) -> AwsError:
    extras = {"Method": method, "ResourceType": "OBJECT" if call.key else "BUCKET"}
    return AwsError(403, "AccessForbidden", f"CORSResponse: {why}", extras)
