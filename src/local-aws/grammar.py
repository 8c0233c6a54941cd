"""The grammar of policies: what AWS stores and what it refuses.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
import re
from typing import Any

from conditions import OPERATOR, as_list, is_date, scalar

ELEMENTS = {"Sid", "Effect", "Condition"}
ELEMENTS |= {prefix + name for prefix in ("", "Not") for name in ("Principal", "Action", "Resource")}

_NO_VENDOR = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
_PRINCIPAL = re.compile(
    r"\*|\d{12}|A[A-Z]{3}[A-Z0-9]{4,}|arn:[\w-]+:(iam::[\w-]+:(root|(user|role)/[^*?]+)"
    r"|sts::\d{12}:(assumed-role/[^/*?]+/[^/*?]+|federated-user/[^/*?]+))"
)


def parse(document: str | dict[str, Any], kind: str = "identity") -> dict[str, Any]:
    """The policy if AWS would store it. Otherwise raises ValueError, with AWS's message where it is known.

    kind: "identity" | "boundary" | "session" | "bucket" | "key" | "trust" | "other" (any other resource policy)
    """
    try:
        policy = json.loads(document, object_pairs_hook=_unique) if isinstance(document, str) else document
    except json.JSONDecodeError as error:
        raise ValueError("Syntax errors in policy.") from error
    _demand(isinstance(policy, dict) and policy.keys() <= {"Version", "Id", "Statement"})
    version = policy.get("Version", "2008-10-17")
    _demand(version in ("2008-10-17", "2012-10-17"), "The policy must contain a valid version string")
    statements = as_list(policy.get("Statement", []))
    _demand(bool(statements) and all(isinstance(statement, dict) for statement in statements))
    sids = [statement["Sid"] for statement in statements if statement.get("Sid")]
    _demand(len(sids) == len(set(map(str, sids))), "Statement IDs (SID) in a single policy must be unique.")
    for statement in statements:
        _check_statement(statement, kind)
    return dict(policy)


def _check_statement(statement: dict[str, Any], kind: str) -> None:
    of_identity = kind in ("identity", "boundary", "session")
    _demand(statement.keys() <= ELEMENTS)
    _demand(statement.get("Effect") in ("Allow", "Deny"))
    sid = statement.get("Sid", "")
    _demand(isinstance(sid, str))
    if of_identity or kind == "trust":
        _demand(bool(re.fullmatch("[A-Za-z0-9]*", sid)), "Statement IDs (SID) must be alpha-numeric.")

    actions = _one_of(statement, "Action", "Policy statement must contain actions.")
    for action in actions:
        _demand(action == "*" or ":" in action, _NO_VENDOR)
        _demand(bool(re.fullmatch(r"\*|[\w.*-]+:[\w*?-]+", action)), f"Policy has invalid action {action}")
    if kind == "trust":
        only_sts = all(action.lower().startswith("sts:") for action in actions)
        _demand(only_sts, "AssumeRole policy may only specify STS AssumeRole actions.")
        _demand(not {"Resource", "NotResource"} & statement.keys(), "Has prohibited field Resource")
    else:
        for resource in _one_of(statement, "Resource", "Policy statement must contain resources."):
            parts = len(resource.split(":", 5))
            whole = parts == 6 or (parts > 1 and kind in ("identity", "boundary"))
            valid = resource == "*" or (resource.startswith("arn:") and whole)
            _demand(valid, f'Resource {resource} must be in ARN format or "*".')

    if of_identity:
        _demand(not {"Principal", "NotPrincipal"} & statement.keys(), "Policy document should not specify a principal.")
    else:
        _check_principal(statement, kind)
    conditions = statement.get("Condition", {})
    _demand(isinstance(conditions, dict))
    for name, block in conditions.items():
        _demand(bool(OPERATOR.fullmatch(name)), f"Invalid Condition type : {name}")
        _demand(isinstance(block, dict))
        for key, wanted in block.items():
            _demand(":" in key, _NO_VENDOR)
            _demand(all(isinstance(value, (str, int, float)) for value in as_list(wanted)))
            dates = [scalar(value) for value in as_list(wanted)] if "Date" in name else []
            _demand(all(is_date(date) for date in dates), "The policy failed legacy parsing")


def _check_principal(statement: dict[str, Any], kind: str) -> None:
    _demand(("Principal" in statement) != ("NotPrincipal" in statement), "Missing required field Principal")
    if "NotPrincipal" in statement:
        _demand(kind != "trust", "AssumeRole policy must not contain NotPrincipal field.")
        _demand(statement["Effect"] == "Deny", "Allow with NotPrincipal is not allowed.")
    principal: Any = statement.get("Principal", statement.get("NotPrincipal"))
    if principal == "*":
        return
    _demand(isinstance(principal, dict) and bool(principal), "Invalid principal in policy")
    for name, values in principal.items():
        _demand(name in ("AWS", "Service", "Federated", "CanonicalUser"), "Invalid principal in policy")
        for value in as_list(values):
            valid = isinstance(value, str) and bool(value) and (name != "AWS" or _PRINCIPAL.fullmatch(value))
            _demand(bool(valid), f'Invalid principal in policy: "{name}":"{value}"')


def _one_of(statement: dict[str, Any], element: str, message: str) -> list[str]:
    _demand(not (element in statement and "Not" + element in statement))
    values = as_list(statement.get(element, statement.get("Not" + element, [])))
    _demand(bool(values), message)
    _demand(all(isinstance(value, str) for value in values))
    return values


def _demand(met: bool, message: str = "Syntax errors in policy.") -> None:
    if not met:
        raise ValueError(message)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    _demand(len(pairs) == len(dict(pairs)))
    return dict(pairs)
