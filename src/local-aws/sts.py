"""STS without moto, which hands out credentials for roles that do not exist.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from __future__ import annotations

import re
import time
import uuid
from typing import Any
from xml.sax.saxutils import escape

import accounts
import authorization
import grammar
import principals
import propagation
from accounts import Identity
from authorization import Need
from errors import NAMESPACES, AwsError, access_denied
from wire import Answer, Call

CHAINED_SECONDS = 3600
#: parameter -> (pattern, shortest, longest). STS's patterns mean ASCII by \w.
LIMITS = {
    "RoleArn": ("[\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+", 20, 2048),
    "RoleSessionName": (r"[\w+=,.@-]*", 2, 64),
    "ExternalId": (r"[\w+=,.@:\/-]*", 2, 1224),
    "Policy": ("[\t\n\r\u0020-\u00ff]+", 1, 2048),
    "SourceIdentity": (r"[\w+=,.@-]*", 2, 64),
}


def answer(call: Call, identity: Identity) -> Answer:
    if call.operation == "GetCallerIdentity":  # no policy can deny this
        call.action, call.resource = "sts:GetCallerIdentity", "*"
        caller = identity.caller
        return _success(call, {"UserId": caller.unique_id, "Account": caller.account, "Arn": caller.arn})
    if call.operation == "AssumeRole":
        return _assume_role(call, identity)
    raise AwsError(400, "InvalidAction", f"Could not find operation {call.operation} for version 2011-06-15")


def _assume_role(call: Call, identity: Identity) -> Answer:
    params = call.params
    duration = _check_limits(params)
    arn = params["RoleArn"]
    if not re.fullmatch(r"arn:aws[a-z-]*:iam::\d{12}:role/.+", arn):
        raise _invalid(f"{arn} is invalid")
    call.action, call.resource = "sts:AssumeRole", arn
    tags = _tags(params)
    role = accounts.role_by_arn(arn)
    if role is None or propagation.trust_pending(call, role):
        raise access_denied(call, f"User: {identity.caller.arn} is not authorized to perform: sts:AssumeRole on resource: {arn}")
    trust = principals.effective(role, role.assume_role_policy_document)
    context = _context(params, tags) | _resource_tags(role)
    needed = (
        ["sts:AssumeRole"]
        + (["sts:TagSession"] if tags else [])
        + (["sts:SetSourceIdentity"] if "SourceIdentity" in params else [])
    )
    for action in needed:
        authorization.demand(call, identity, Need(action, arn, context, trust, role.account_id, "trust"))
    if identity.session is not None and duration > CHAINED_SECONDS:
        raise _invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
    if duration > int(role.max_session_duration or 3600):
        raise _invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    session = accounts.open_session(role, params["RoleSessionName"], duration, _session_policies(params, role), tags)
    result: dict[str, Any] = {
        "Credentials": {
            "AccessKeyId": session.access_key,
            "SecretAccessKey": session.secret,
            "SessionToken": session.token,
            "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(session.expires)),
        },
        "AssumedRoleUser": {
            "AssumedRoleId": f"{role.id}:{session.name}",
            "Arn": f"arn:aws:sts::{role.account_id}:assumed-role/{role.name}/{session.name}",
        },
    }
    if "Policy" in params:
        result["PackedPolicySize"] = str(max(1, len(params["Policy"]) * 100 // 2048))
    if "SourceIdentity" in params:
        result["SourceIdentity"] = params["SourceIdentity"]
    return _success(call, result)


def _context(params: dict[str, str], tags: dict[str, str]) -> dict[str, Any]:
    names = {
        "ExternalId": "sts:ExternalId",
        "RoleSessionName": "sts:RoleSessionName",
        "SourceIdentity": "sts:SourceIdentity",
        "DurationSeconds": "sts:DurationSeconds",
    }
    context: dict[str, Any] = {key: params[name] for name, key in names.items() if name in params}
    context |= {f"aws:RequestTag/{key}": value for key, value in tags.items()}
    transitive = [params[f"TransitiveTagKeys.member.{n}"] for n in range(1, 51) if f"TransitiveTagKeys.member.{n}" in params]
    if transitive:
        context["sts:TransitiveTagKeys"] = transitive
    return context | ({"aws:TagKeys": list(tags)} if tags else {})


def _resource_tags(role: Any) -> dict[str, str]:
    """The tags of the role that is to be assumed, under both names that AWS gives them."""
    tags = {tag["Key"]: tag["Value"] for tag in role.tags or []}
    return {f"{prefix}:ResourceTag/{key}": value for prefix in ("aws", "iam") for key, value in tags.items()}


def _session_policies(params: dict[str, str], role: Any) -> tuple[dict, ...]:
    policies = []
    if "Policy" in params:
        try:
            policies.append(grammar.parse(params["Policy"], "session"))
        except ValueError as error:
            raise AwsError(400, "MalformedPolicyDocument", str(error)) from None
    for number in range(1, 11):
        if arn := params.get(f"PolicyArns.member.{number}.arn"):
            managed = accounts.managed_policy(role.account_id, arn)
            if managed is None:
                raise _invalid(f"PolicyArns: policy {arn} does not exist or is not attachable")
            policies.append(accounts.default_version(managed))
    return tuple(policies)


def _tags(params: dict[str, str]) -> dict[str, str]:
    return {
        params[f"Tags.member.{n}.Key"]: params.get(f"Tags.member.{n}.Value", "")
        for n in range(1, 51)
        if f"Tags.member.{n}.Key" in params
    }


def _check_limits(params: dict[str, str]) -> int:
    """The duration in seconds. Raises STS's ValidationError."""
    problems = []
    for name in ("RoleArn", "RoleSessionName"):
        if name not in params:
            problems.append(f"Value null at '{name[0].lower()}{name[1:]}' failed to satisfy constraint: Member must not be null")
    for name, (pattern, shortest, longest) in LIMITS.items():
        if name in params:
            value, failed = params[name], "failed to satisfy constraint: Member must"
            where = f"Value '{value}' at '{name[0].lower()}{name[1:]}' {failed}"
            if len(value) < shortest:
                problems.append(f"{where} have length greater than or equal to {shortest}")
            if len(value) > longest:
                problems.append(f"{where} have length less than or equal to {longest}")
            if not re.fullmatch(pattern, value, re.ASCII):
                problems.append(f"{where} satisfy regular expression pattern: {pattern.encode('unicode_escape').decode()}")
    try:
        duration = int(params.get("DurationSeconds", 3600))
    except ValueError:
        duration = 0
    for broken, limit in ((duration < 900, "greater than or equal to 900"), (duration > 43200, "less than or equal to 43200")):
        if broken:
            problems.append(
                f"Value '{params.get('DurationSeconds')}' at 'durationSeconds' failed to satisfy constraint: "
                f"Member must have value {limit}"
            )
    if problems:
        count = f"{len(problems)} validation error{'s' if len(problems) > 1 else ''} detected"
        raise _invalid(f"{count}: {'; '.join(problems)}")
    return duration


def _invalid(message: str) -> AwsError:
    return AwsError(400, "ValidationError", message)


def _success(call: Call, result: dict[str, Any]) -> Answer:
    def xml(value: Any) -> str:
        return "".join(f"<{k}>{xml(v)}</{k}>" for k, v in value.items()) if isinstance(value, dict) else escape(value)

    request_id = str(uuid.uuid4())
    name = call.operation
    body = (
        f'<{name}Response xmlns="{NAMESPACES["sts"]}"><{name}Result>{xml(result)}</{name}Result>'
        f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{name}Response>"
    )
    return Answer(200, (("Content-Type", "text/xml"), ("x-amzn-RequestId", request_id)), body.encode())
