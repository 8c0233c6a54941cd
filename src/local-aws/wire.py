"""The values that pass between the modules: the call that came in, the answer that goes back."""

from __future__ import annotations

import calendar
import dataclasses
import functools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

ALGORITHM = "AWS4-HMAC-SHA256"
#: Input parameters that faults can match on and that the log of calls shows.
PARAMETERS = ("roleArn", "roleSessionName", "externalId", "tableName", "secretId", "name", "keyId", "roleName", "userName")
FACTS = {"service", "operation", "region", "accessKeyId", "caller", "action", "resource", "bucket", "key", "authType", *PARAMETERS}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    #: How the connection misbehaves: "reset", "no-http", "truncate" or one of hostile.KINDS; empty for a proper answer.
    wire: str = ""

    def header(self, name: str) -> str | None:
        return next((v for k, v in self.headers if k.lower() == name), None)

    def without_body(self) -> Answer:
        """The answer to a HEAD request: the same headers, no body."""
        return dataclasses.replace(self, body=b"")


@dataclass(frozen=True)
class Credential:
    """What the Authorization header or the URL claims, not yet checked."""

    access_key: str
    date: str
    region: str
    service: str
    signed_headers: tuple[str, ...]
    signature: str
    signed_at: str = ""  # yyyyMMdd'T'HHmmss'Z'
    token: str = ""  # of a session
    presigned: bool = False


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
    # Filled in while the call is handled, for the log of calls and for faults that match on it.
    caller_arn: str = ""
    action: str = ""
    resource: str = ""

    @property
    def region(self) -> str:
        return self.credential.region if self.credential else "us-east-1"

    @property
    def access_key(self) -> str:
        return self.credential.access_key if self.credential else ""

    @property
    def presigned(self) -> bool:
        return self.credential is not None and self.credential.presigned

    @property
    def auth_type(self) -> str:
        """How an S3 request is signed, as in a policy; empty if it is not."""
        if self.credential is None:
            return ""
        return "REST-QUERY-STRING" if self.presigned else "REST-HEADER"

    def ask(self, query: str) -> None:
        """Replaces the query string."""
        self.query = query
        self.__dict__.pop("arguments", None)

    @functools.cached_property
    def arguments(self) -> dict[str, str]:
        """The URL's parameters; one without a value has the value ''."""
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
        """What faults match on. The log of calls shows it too, with times and outcome."""
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
        if self.protocol == "s3":
            facts["authType"] = self.auth_type
        else:
            for fact in PARAMETERS:
                value = self.params.get(fact[0].upper() + fact[1:])
                if isinstance(value, str):
                    facts[fact] = value
        return {name: value for name, value in facts.items() if value}


def instant(text: str) -> float | None:
    """Seconds since 1970 of a signature's date; None if it is not one."""
    try:
        return calendar.timegm(time.strptime(text, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        return None


def iso(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
