"""Decides whether a request is allowed: collects the policies and the context as AWS does, then asks policy.py."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import accounts
import policy
import propagation
from accounts import Identity
from errors import access_denied
from wire import Call, iso

Context = Mapping[str, "str | list[str]"]
TYPES = {"user": "User", "assumed-role": "AssumedRole", "root": "Account", "anonymous": "Anonymous"}


@dataclass(frozen=True)
class Need:
    """One permission that a request needs. Most requests need one; a transaction or a copy needs several."""

    action: str
    resource: str
    context: Context = field(default_factory=dict)
    #: The resource's own policy, the account that owns it, and the kind of resource: see policy.Policies.
    resource_policy: dict | None = None
    account: str = ""
    kind: str = "other"
    #: A KMS key's grants, written as resource policies.
    grants: Sequence[dict] = ()


def caller_context(call: Call, identity: Identity) -> dict[str, str | list[str]]:
    """Global condition keys. A key that AWS leaves out for such a caller is left out here too, since policies can tell.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    caller, session = identity.caller, identity.session
    now = time.time()
    context: dict[str, str | list[str]] = {
        "aws:PrincipalType": TYPES.get(caller.kind, ""),
        "aws:PrincipalIsAWSService": "false",
        "aws:userid": caller.unique_id,
        "aws:SourceIp": call.client_ip,
        "aws:CurrentTime": iso(now),
        "aws:EpochTime": str(int(now)),
        "aws:RequestedRegion": call.region,
        # Plain HTTP stands for AWS's TLS endpoints.
        "aws:SecureTransport": "true",
        "aws:ViaAWSService": "false",
    }
    if caller.kind != "anonymous":
        context |= {"aws:PrincipalArn": caller.role_arn or caller.arn, "aws:PrincipalAccount": caller.account}
    if "user-agent" in call.headers:
        context["aws:UserAgent"] = call.headers["user-agent"]
    if caller.kind == "user":
        context["aws:username"] = caller.arn.rsplit("/", 1)[1]
    if session:
        context["aws:TokenIssueTime"] = iso(session.issued)
        context["aws:MultiFactorAuthPresent"] = "false"
    tags = getattr(identity.holder, "tags", None) or []
    context |= {f"aws:PrincipalTag/{tag['Key']}": tag["Value"] for tag in tags}
    if session:
        context |= {f"aws:PrincipalTag/{key}": value for key, value in session.tags.items()}
    return context


def via_service(context: Context, service: str) -> dict[str, str | list[str]]:
    """The context of a call that a service makes for the caller: it comes from AWS's network, not the caller's."""
    rest = {k: v for k, v in context.items() if k not in ("aws:SourceIp", "aws:UserAgent")}
    return rest | {"aws:ViaAWSService": "true", "kms:ViaService": f"{service}.{context['aws:RequestedRegion']}.amazonaws.com"}


def decide(call: Call, identity: Identity, need: Need, via: str = "") -> tuple[policy.Decision, policy.Request]:
    base = caller_context(call, identity)
    context = {
        **(via_service(base, via) if via else base),
        "aws:ResourceAccount": need.account or identity.caller.account,
        **need.context,
    }
    request = policy.Request(need.action, need.resource, context)
    own = accounts.policies_of(identity)
    if propagation.permissions_pending(call, identity):
        own = dataclasses.replace(own, identity=())
    everything = dataclasses.replace(
        own,
        resource=need.resource_policy,
        resource_account=need.account,
        resource_kind=need.kind,
        grants=need.grants,
    )
    return policy.evaluate(identity.caller, request, everything), request


def allowed(call: Call, identity: Identity, need: Need, via: str = "") -> bool:
    return decide(call, identity, need, via)[0].allowed


def demand(call: Call, identity: Identity, need: Need, via: str = "") -> None:
    """Raises the service's AccessDenied, with AWS's message, if the permission is missing."""
    if not call.action:
        call.action, call.resource = need.action, need.resource
    decision, request = decide(call, identity, need, via)
    if decision.allowed:
        return
    call.action, call.resource = need.action, need.resource
    # Across accounts S3 says only "Access Denied", so that it reveals nothing about the other account's policies.
    if need.kind == "bucket" and need.account != identity.caller.account:
        raise access_denied(call)
    raise access_denied(call, policy.sentence(identity.caller, request, decision, need.kind))
