"""Grants: who may use a key though neither its policy nor an IAM policy says so.

https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
"""

from __future__ import annotations

import json
from typing import Any

from moto.kms.models import Grant, Key, kms_backends

import principals
from wire import Answer, Call

#: Operations without an encryption context: a grant's constraints do not limit them.
#: https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-constraints
UNCONSTRAINED = {"CreateGrant", "RetireGrant", "DescribeKey", "GetPublicKey", "Sign", "Verify", "GenerateMac", "VerifyMac"}


def of(key: Key) -> list[dict[str, Any]]:
    """The key's grants as policies. A grantee that was deleted since is replaced by its unique ID, as in a policy."""
    found = (principals.effective(grant, json.dumps(_as_policy(grant))) for grant in list(key.grants.values()))
    return [document for document in found if document is not None]


def pin(call: Call, account: str, answer: Answer) -> None:
    """Once the grant is stored, records which role or user its grantee is now."""
    if (call.service, call.operation) != ("kms", "CreateGrant"):
        return
    wanted = json.loads(answer.body)["GrantId"]
    for key in list(kms_backends[account][call.region].keys.values()):
        if wanted in key.grants:
            principals.pin(key.grants[wanted], _as_policy(key.grants[wanted]))


def context(call: Call) -> dict[str, str | list[str]]:
    """The condition keys of CreateGrant."""
    if call.operation != "CreateGrant":
        return {}
    params = call.params
    keys: dict[str, str | list[str]] = {"kms:GrantOperations": list(params.get("Operations") or [])}
    for name in ("GranteePrincipal", "RetiringPrincipal"):
        if params.get(name):
            keys[f"kms:{name}"] = params[name]
    if constraints := params.get("Constraints"):
        keys["kms:GrantConstraintType"] = list(constraints)
    return keys


def _as_policy(grant: Grant) -> dict[str, Any]:
    constraints = grant.constraints or {}
    equal, subset = constraints.get("EncryptionContextEquals"), constraints.get("EncryptionContextSubset") or {}
    condition: dict[str, Any] = {}
    if wanted := {**subset, **(equal or {})}:
        condition["StringEquals"] = {f"kms:EncryptionContext:{name}": value for name, value in wanted.items()}
    if equal is not None:
        # In a constraint the case of the context's keys does not matter.
        condition["ForAllValues:StringEqualsIgnoreCase"] = {"kms:EncryptionContextKeys": list(equal)}
    free = [f"kms:{name}" for name in grant.operations if name in UNCONSTRAINED]
    bound = [f"kms:{name}" for name in grant.operations if name not in UNCONSTRAINED]
    to = {"Effect": "Allow", "Principal": {"AWS": grant.grantee_principal}, "Resource": "*"}
    statements = ([{**to, "Action": free}] if free else []) + ([{**to, "Action": bound, "Condition": condition}] if bound else [])
    return {"Version": "2008-10-17", "Statement": statements}  # in this version ${ in a value is plain text
