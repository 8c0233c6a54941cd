"""Evaluates AWS policies: who may do what, and which kind of policy decided.

It follows the IAM user guide: "IAM JSON policy elements" for one statement, "Policy evaluation logic" for all policies
together, "Troubleshoot access denied error messages" for the message. Policies of AWS Organizations are not modelled.

The caller of this module does two things itself. AWS stores a role or user ARN in a Principal as its unique ID, so that a
principal that was deleted and created again no longer matches: replace such ARNs by unique IDs (principals.py). And S3
says only "Access Denied" across accounts: a bucket's ARN does not name its account, so sentence() cannot know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import grammar
from conditions import Context, UnknownPolicyElement, arn_like, as_list, expand, glob, holds


@dataclass(frozen=True)
class Caller:
    account: str
    arn: str  # of the user, the root user or the session; for a service its name, such as lambda.amazonaws.com
    kind: str  # "user" | "assumed-role" | "root" | "service" | "anonymous"
    unique_id: str  # AIDA... | AROA... | account ID
    role_arn: str | None = None
    session_name: str | None = None


@dataclass(frozen=True)
class Request:
    action: str
    resource: str
    context: Context  # names in any case; a key that the request lacks is left out


@dataclass(frozen=True)
class Policies:
    identity: Sequence[dict[str, Any]] = ()
    boundary: dict[str, Any] | None = None
    session: Sequence[dict[str, Any]] = ()  # empty: none were passed
    resource: dict[str, Any] | None = None
    resource_account: str = ""  # empty: the caller's own
    resource_kind: str = "other"  # "bucket" | "key" | "trust" | "other"
    grants: Sequence[dict[str, Any]] = ()  # of a KMS key, each written as a resource policy


@dataclass(frozen=True)
class Decision:
    allowed: bool
    by: str  # "identity" | "resource" | "grant" | "session" | "boundary" | "root"
    explicit: bool


class _Grant(IntEnum):
    """How closely a statement names the caller. This decides which implicit denies the grant overrides."""

    NONE = 0
    ACCOUNT = 1  # to the account: identity policies must allow it as well
    ROLE = 2  # to the role: replaces identity policies, but boundary and session policies still limit it
    DIRECT = 3  # to the user, the session or everyone: in the same account it overrides every implicit deny


def evaluate(caller: Caller, request: Request, policies: Policies) -> Decision:
    context = {key.lower(): value for key, value in request.context.items()}
    limits = {"boundary": [policies.boundary] if policies.boundary else [], "session": policies.session}
    resource = [policies.resource] if policies.resource else []
    held = {"identity": policies.identity, "resource": resource, "grant": policies.grants, **limits}

    def grant(kind: str, effect: str) -> _Grant:
        return max(
            (
                _reach(statement, policy.get("Version", ""), kind, caller, policies, request, context)
                for policy in held[kind]
                for statement in as_list(policy["Statement"])
                if statement["Effect"] == effect
            ),
            default=_Grant.NONE,
        )

    for kind in held:
        if grant(kind, "Deny"):
            return Decision(False, kind, True)

    # A KMS grant to the caller does what the key policy does, and replaces identity policies across accounts as well.
    by_grant = grant("grant", "Allow")
    granted = max(grant("resource", "Allow"), by_grant)
    own = policies.resource_account in ("", caller.account)
    # In the same account either side may grant access, except for keys and roles: there the resource's policy must.
    decides_alone = policies.resource_kind in ("key", "trust")
    if caller.kind in ("service", "anonymous"):
        return Decision(bool(granted), "resource", False)
    if caller.kind == "root":
        if policies.resource_kind == "trust":
            return Decision(False, "root", False)  # root users cannot assume roles
        if granted or (own and not decides_alone):
            return Decision(True, "root", False)
        return Decision(False, "resource", False)

    if own and granted == _Grant.DIRECT:
        return Decision(True, "resource", False)
    if decides_alone and not granted:
        return Decision(False, "resource", False)
    by = "grant" if by_grant >= _Grant.ROLE else "resource" if own and granted == _Grant.ROLE else "identity"
    if by == "identity" and not grant("identity", "Allow"):
        return Decision(False, "identity", False)
    for kind in limits:
        if held[kind] and not grant(kind, "Allow"):
            return Decision(False, kind, False)
    if not own and not granted:
        return Decision(False, "resource", False)
    return Decision(True, by, False)


def sentence(caller: Caller, request: Request, decision: Decision, resource_kind: str = "other") -> str:
    """AWS's message for a denial. Of another account's policies STS and KMS say nothing, of the caller's own they do."""
    if decision.by == "root":
        return "Roles may not be assumed by root accounts."
    start = f"User: {caller.arn} is not authorized to perform: {request.action}"
    owner = (request.resource.split(":") + [""] * 5)[4]
    foreign = owner not in ("", caller.account)
    if resource_kind == "key" and foreign and decision.by == "resource":
        what = "the resource associated with this ciphertext" if request.action == "kms:Decrypt" else "this resource"
        return (
            f"{start} on {what} because the resource does not exist in this Region, no resource-based policies allow "
            "access, or a resource-based policy explicitly denies access"
        )
    if request.resource not in ("", "*") and not request.resource.endswith(":::*"):
        # S3, and only S3, puts the resource in quotes.
        quote = '"' if request.action.startswith("s3:") else ""
        start += f" on resource: {quote}{request.resource}{quote}"
    if resource_kind == "trust" and foreign and decision.by == "resource":
        return start
    article, name = {
        "identity": ("an", "identity-based policy"),
        "resource": ("the", "role trust policy") if resource_kind == "trust" else ("a", "resource-based policy"),
        "session": ("a", "session policy"),
        "boundary": ("a", "permissions boundary"),
    }[decision.by]
    if decision.explicit:
        return f"{start} with an explicit deny in {article} {name}"
    return f"{start} because no {name} allows the {request.action} action"


# One statement

def _reach(
    statement: dict[str, Any],
    version: str,
    kind: str,
    caller: Caller,
    policies: Policies,
    request: Request,
    context: Context,
) -> _Grant:
    """What the statement grants or denies to the caller for this request. Conditions come last: an unknown one only counts
    if the rest of the statement matches."""
    for element in statement.keys() - grammar.ELEMENTS:
        raise UnknownPolicyElement("element", element)
    variables = version == "2012-10-17"
    is_trust = kind == "resource" and policies.resource_kind == "trust"

    def is_resource(text: str) -> bool:
        # Only the last part of an ARN may have variables. A variable without a value matches no resource.
        misplaced = variables and any("${" in part for part in text.split(":")[:5])
        pattern = None if misplaced else expand(text, context, variables)
        return pattern is not None and arn_like(pattern, request.resource, complete=True)

    def is_action(pattern: str) -> bool:
        return bool(glob(pattern.lower()).fullmatch(request.action.lower()))

    grant = _named(statement, caller, bool(policies.boundary)) if kind in ("resource", "grant") else _Grant.DIRECT
    if (
        grant
        and _selects(statement, "Action", is_action)
        and (is_trust or _selects(statement, "Resource", is_resource))
        and all(
            holds(name, key, as_list(wanted), context, variables)
            for name, block in statement.get("Condition", {}).items()
            for key, wanted in block.items()
        )
    ):
        return grant
    return _Grant.NONE


def _selects(statement: dict[str, Any], element: str, matches: Callable[[str], bool]) -> bool:
    if "Not" + element in statement:
        return not any(map(matches, as_list(statement["Not" + element])))
    return any(map(matches, as_list(statement.get(element, []))))


def _named(statement: dict[str, Any], caller: Caller, has_boundary: bool) -> _Grant:
    if "NotPrincipal" not in statement:
        return max(_names(statement.get("Principal", {}), caller), default=_Grant.NONE)
    if statement["Effect"] == "Allow":
        raise UnknownPolicyElement("element", "NotPrincipal with Allow")
    # AWS checks the account, then the role, then the session: an exception for one counts only if those before it are
    # excepted as well. A caller with a permissions boundary is always denied, whatever NotPrincipal says.
    named = set(_names(statement["NotPrincipal"], caller))
    also = {"user": {_Grant.ACCOUNT}, "assumed-role": {_Grant.ACCOUNT, _Grant.ROLE}}
    needed = {_Grant.DIRECT} | also.get(caller.kind, set())
    return _Grant.NONE if needed <= named and not has_boundary else _Grant.DIRECT


def _names(principal: str | dict[str, Any], caller: Caller) -> list[_Grant]:
    """The ways in which a Principal element names the caller. Names must be equal; the only wildcard is "*" by itself.

    Federated and CanonicalUser never match: no caller here is federated, and no account has a canonical user ID.
    """
    if isinstance(principal, str):
        return list(_Grant) if principal == "*" else []
    entries = [(kind, name) for kind, names in principal.items() for name in as_list(names)]
    if caller.kind == "service":
        mine = {("Service", caller.arn), ("Service", "*"), ("AWS", "*")}
        return [_Grant.DIRECT for entry in entries if entry in mine]
    if caller.kind == "anonymous":
        return [_Grant.DIRECT for entry in entries if entry == ("AWS", "*")]
    unique_id = caller.unique_id.split(":")[0]
    account = {caller.account, f"arn:{caller.arn.split(':')[1]}:iam::{caller.account}:root"}
    is_role = caller.kind == "assumed-role"
    found = []
    for kind, name in entries:
        if kind != "AWS":
            continue
        if name == "*":
            found += list(_Grant)
        elif name in account:
            found.append(_Grant.DIRECT if caller.kind == "root" else _Grant.ACCOUNT)
        elif is_role and name in (caller.role_arn, unique_id):
            found.append(_Grant.ROLE)
        elif name in (caller.arn, unique_id):
            found.append(_Grant.DIRECT)
    return found
