"""A request as the emulator sees it: which service, which operation, on what; and the answer that goes back."""

from __future__ import annotations

import dataclasses
import functools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

import s3_operations

#: First part of X-Amz-Target to the name the service signs with.
TARGETS = {
    "TrentService": "kms",
    "DynamoDB_20120810": "dynamodb",
    "DynamoDBStreams_20120810": "dynamodb",
    "secretsmanager": "secretsmanager",
    "AWSEvents": "events",
    "Logs_20140328": "logs",
}
#: Input parameters that a fault can match on and the log of calls shows.
PARAMETERS = ("roleArn", "roleSessionName", "externalId", "tableName", "secretId", "name", "keyId", "roleName", "userName")
FACTS = {"service", "operation", "region", "accessKeyId", "caller", "action", "resource", "bucket", "key", *PARAMETERS}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    #: What the connection does instead of, or after, a proper answer: "reset", "truncate", or one of
    #: hostile.KINDS.
    wire: str = ""

    def header(self, name: str) -> str | None:
        return next((v for k, v in self.headers if k.lower() == name), None)

    def without_body(self) -> Answer:
        """As HEAD answers are: the headers of the whole, nothing after them."""
        return dataclasses.replace(self, body=b"")


@dataclass(frozen=True)
class Credential:
    """What the Authorization header claims, before anybody checked it."""

    access_key: str
    date: str
    region: str
    service: str
    signed_headers: tuple[str, ...]
    signature: str


@dataclass
class Call:
    method: str
    path: str  # as sent, percent-encoded
    query: str
    headers: Mapping[str, str]  # lower-case names, repeated ones joined by commas
    body: bytes
    client_ip: str = "127.0.0.1"
    started: float = field(default_factory=time.time)
    credential: Credential | None = None
    service: str = "s3"
    protocol: str = "s3"  # "s3", "query", "json": decides the shape of errors
    operation: str = ""
    bucket: str = ""
    key: str = ""
    # Filled on the way, for the log of calls and for faults that match on it.
    caller_arn: str = ""
    action: str = ""
    resource: str = ""

    @property
    def region(self) -> str:
        return self.credential.region if self.credential else "us-east-1"

    @property
    def access_key(self) -> str:
        return self.credential.access_key if self.credential else ""

    @functools.cached_property
    def arguments(self) -> dict[str, str]:
        """Parameters of the URL; a name without value has the value ''."""
        return {unquote(k): unquote(v) for k, _, v in (p.partition("=") for p in self.query.split("&") if p)}

    @functools.cached_property
    def params(self) -> dict[str, Any]:
        """The operation's input in the JSON and Query protocols."""
        if self.protocol == "json":
            try:
                parsed = json.loads(self.body or b"{}")
            except ValueError:
                return {}
            return parsed if isinstance(parsed, dict) else {}
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True)) | self.arguments

    @property
    def facts(self) -> dict[str, str]:
        """What faults match on and the log shows, beside times and outcome."""
        facts = {
            "service": self.service,
            "operation": self.operation,
            "region": self.region,
            "accessKeyId": self.access_key,
            "caller": self.caller_arn,
            "action": self.action,
            "resource": self.resource,
            "bucket": self.bucket,
            "key": self.key,
        }
        if self.protocol != "s3":
            for fact in PARAMETERS:
                value = self.params.get(fact[0].upper() + fact[1:])
                if isinstance(value, str):
                    facts[fact] = value
        return {name: value for name, value in facts.items() if value}


def read(method: str, target: str, headers: Mapping[str, str], body: bytes, client_ip: str) -> Call:
    path, _, query = target.partition("?")
    call = Call(method, path or "/", query, headers, body, client_ip)
    call.credential = _credential(headers.get("authorization", ""))
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
        call.operation = s3_operations.name(call)
    return call


def _credential(authorization: str) -> Credential | None:
    if not authorization.startswith("AWS4-HMAC-SHA256 "):
        return None
    parts = dict(p.strip().partition("=")[::2] for p in authorization.split(" ", 1)[1].split(","))
    scope = parts.get("Credential", "").split("/")
    if len(scope) != 5 or scope[4] != "aws4_request":
        return None
    signed = tuple(parts.get("SignedHeaders", "").split(";"))
    return Credential(scope[0], scope[1], scope[2], scope[3].lower(), signed, parts.get("Signature", ""))
