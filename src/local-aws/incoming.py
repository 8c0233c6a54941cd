"""Reads an HTTP request: which service and operation it calls, on what, and with which credential."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

import presigned
import s3_operations
from wire import ALGORITHM, Call, Credential

#: First part of X-Amz-Target -> the service name in the signature.
TARGETS = {
    "TrentService": "kms",
    "DynamoDB_20120810": "dynamodb",
    "DynamoDBStreams_20120810": "dynamodb",
    "secretsmanager": "secretsmanager",
    "AWSEvents": "events",
    "Logs_20140328": "logs",
}


def read(method: str, target: str, headers: Mapping[str, str], body: bytes, client_ip: str) -> Call:
    path, _, query = target.partition("?")
    call = Call(method, path or "/", query, headers, body, client_ip)
    call.credential = _credential(headers)
    prefix, _, operation = headers.get("x-amz-target", "").rpartition(".")
    form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    if prefix:
        call.protocol, call.operation = "json", operation
        call.service = TARGETS.get(prefix, call.credential.service if call.credential else prefix.lower())
    elif call.path == "/" and (form or "Action" in call.arguments):
        call.protocol = "query"
        call.operation = call.params.get("Action", "")
        call.service = call.credential.service if call.credential else "sts"
    elif call.credential and call.credential.service not in ("s3", "s3express"):
        call.protocol, call.service, call.operation = "json", call.credential.service, method
    else:
        bucket, _, key = call.path[1:].partition("/")
        call.bucket, call.key = unquote(bucket), unquote(key)
        call.credential = call.credential or presigned.credential(call)
        call.operation = s3_operations.name(call)
    return call


def _credential(headers: Mapping[str, str]) -> Credential | None:
    algorithm, _, rest = headers.get("authorization", "").partition(" ")
    if algorithm != ALGORITHM:
        return None
    parts = dict(p.strip().partition("=")[::2] for p in rest.split(","))
    scope = parts.get("Credential", "").split("/")
    if len(scope) != 5 or scope[4] != "aws4_request":
        return None
    return Credential(
        access_key=scope[0],
        date=scope[1],
        region=scope[2],
        service=scope[3].lower(),
        signed_headers=tuple(parts.get("SignedHeaders", "").split(";")),
        signature=parts.get("Signature", ""),
        signed_at=headers.get("x-amz-date", ""),
        token=headers.get("x-amz-security-token", ""),
    )
