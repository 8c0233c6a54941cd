"""Evaluates AWS policies: who may do what, and which kind of policy decided.

It follows the IAM user guide: "IAM JSON policy elements" for one statement, "Policy evaluation logic" for all policies
together, "Troubleshoot access denied error messages" for the message. Policies of AWS Organizations are not modelled.

The caller of this module does two things itself. AWS stores a role or user ARN in a Principal as its unique ID, so that a
principal that was deleted and created again no longer matches: replace such ARNs by unique IDs (principals.py). And S3
says only "Access Denied" across accounts: a bucket's ARN does not name its account, so sentence() cannot know.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import IntEnum
from functools import lru_cache
from typing import Any


_Context = Mapping[str, "str | list[str]"]


class UnknownPolicyElement(Exception):
    """A policy uses something that this module does not model. No answer is better than a wrong one."""

    def __init__(self, what: str, name: str):
        super().__init__(f"{what} {name!r} in a policy: the local AWS does not support it")


@dataclass(frozen=True)
class Caller:
    account: str
    arn: str  # of the user, the root user or the session; for a service its name, such as lambda.amazonaws.com
    kind: str  # "user" | "assumed-role" | "root" | "service"
    unique_id: str  # AIDA... | AROA... | account ID
    role_arn: str | None = None
    session_name: str | None = None


@dataclass(frozen=True)
class Request:
    action: str
    resource: str
    context: _Context  # names in any case; a key that the request lacks is left out


@dataclass(frozen=True)
class Policies:
    identity: Sequence[dict[str, Any]] = ()
    boundary: dict[str, Any] | None = None
    session: Sequence[dict[str, Any]] = ()  # empty: none were passed
    resource: dict[str, Any] | None = None
    resource_account: str = ""  # empty: the caller's own
    resource_kind: str = "other"  # "bucket" | "key" | "trust" | "other"


@dataclass(frozen=True)
class Decision:
    allowed: bool
    by: str  # "identity" | "resource" | "session" | "boundary" | "root"
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
    held = {"identity": policies.identity, "resource": [policies.resource] if policies.resource else [], **limits}

    def grant(kind: str, effect: str) -> _Grant:
        return max(
            (
                _reach(statement, policy.get("Version", ""), kind, caller, policies, request, context)
                for policy in held[kind]
                for statement in _list(policy["Statement"])
                if statement["Effect"] == effect
            ),
            default=_Grant.NONE,
        )

    for kind in held:
        if grant(kind, "Deny"):
            return Decision(False, kind, True)

    granted = grant("resource", "Allow")
    own = policies.resource_account in ("", caller.account)
    # In the same account either side may grant access, except for keys and roles: there the resource's policy must.
    decides_alone = policies.resource_kind in ("key", "trust")
    if caller.kind == "service":
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
    by = "resource" if own and granted == _Grant.ROLE else "identity"
    if by == "identity" and not grant("identity", "Allow"):
        return Decision(False, "identity", False)
    for kind in limits:
        if held[kind] and not grant(kind, "Allow"):
            return Decision(False, kind, False)
    if not own and not granted:
        return Decision(False, "resource", False)
    return Decision(True, by, False)


def sentence(caller: Caller, request: Request, decision: Decision, resource_kind: str = "other") -> str:
    """AWS's message for a denial. Across accounts STS and KMS say no more than this."""
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
    if resource_kind == "trust" and foreign:
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

_ELEMENTS = {"Sid", "Effect", "Condition"}
_ELEMENTS |= {prefix + name for prefix in ("", "Not") for name in ("Principal", "Action", "Resource")}


def _reach(
    statement: dict[str, Any],
    version: str,
    kind: str,
    caller: Caller,
    policies: Policies,
    request: Request,
    context: _Context,
) -> _Grant:
    """What the statement grants or denies to the caller for this request. Conditions come last: an unknown one only counts
    if the rest of the statement matches."""
    for element in statement.keys() - _ELEMENTS:
        raise UnknownPolicyElement("element", element)
    variables = version == "2012-10-17"
    is_trust = kind == "resource" and policies.resource_kind == "trust"

    def is_resource(text: str) -> bool:
        # Only the last part of an ARN may have variables. A variable without a value matches no resource.
        misplaced = variables and any("${" in part for part in text.split(":")[:5])
        pattern = None if misplaced else _expand(text, context, variables)
        return pattern is not None and _arn_like(pattern, request.resource, complete=True)

    def is_action(pattern: str) -> bool:
        return bool(_glob(pattern.lower()).fullmatch(request.action.lower()))

    grant = _named(statement, caller, bool(policies.boundary)) if kind == "resource" else _Grant.DIRECT
    if (
        grant
        and _selects(statement, "Action", is_action)
        and (is_trust or _selects(statement, "Resource", is_resource))
        and all(
            _holds(name, key, _list(wanted), context, variables)
            for name, block in statement.get("Condition", {}).items()
            for key, wanted in block.items()
        )
    ):
        return grant
    return _Grant.NONE


def _selects(statement: dict[str, Any], element: str, matches: Callable[[str], bool]) -> bool:
    if "Not" + element in statement:
        return not any(map(matches, _list(statement["Not" + element])))
    return any(map(matches, _list(statement.get(element, []))))


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
    entries = [(kind, name) for kind, names in principal.items() for name in _list(names)]
    if caller.kind == "service":
        mine = {("Service", caller.arn), ("Service", "*"), ("AWS", "*")}
        return [_Grant.DIRECT for entry in entries if entry in mine]
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


# Patterns and variables

# A literal * or ?, from ${*} or from a variable's value, is replaced by a character that no policy contains.
_MASK = str.maketrans("*?", "\x00\x01")
_UNMASK = str.maketrans("\x00\x01", "*?")
_VARIABLE = re.compile(r"\$\{([^},]+)(?:,\s*'([^'}]*)')?\}")


def _expand(text: str, context: _Context, variables: bool) -> str | None:
    """The text with the values of its variables; None if one has no value. Before version 2012-10-17 `${` is plain text."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        name, default = match.groups()
        if name in "*?$":
            return name.translate(_MASK)
        found = context.get(_known(name))
        if not isinstance(found, str):  # a key with many values cannot be a variable
            found = default
        missing = missing or found is None
        return (found or "").translate(_MASK)

    expanded = _VARIABLE.sub(value, text) if variables else text
    return None if missing else expanded


@lru_cache(maxsize=4096)
def _glob(pattern: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(c) or re.escape(c.translate(_UNMASK)) for c in pattern), re.DOTALL)


def _arn_like(pattern: str, value: str, complete: bool = False) -> bool:
    """Compares part by part, so that a wildcard matches no colon before the last part. A Resource may leave out parts."""
    if pattern == "*":
        return True
    wanted, parts = pattern.split(":", 5), value.split(":", 5)
    if complete:
        wanted += ["*"] * (6 - len(wanted))
    return len(wanted) == len(parts) == 6 and all(_glob(w).fullmatch(p) for w, p in zip(wanted, parts))


# Conditions


def _instant(text: str) -> float:
    """Seconds since 1970, from an epoch time or a date in one of the W3C's ISO 8601 formats."""
    if re.fullmatch(r"\d{5,}(\.\d+)?", text):
        return float(text)
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        text += "-01" * (2 - text.count("-"))
    text = re.sub(r"\.\d+", lambda fraction: fraction[0][:7].ljust(7, "0"), text.upper().replace("Z", "+00:00"))
    parsed = datetime.fromisoformat(text)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)).timestamp()


def _compare(read: Callable[[str], Any], compare: Callable[[Any, Any], bool]) -> Callable[[str, str], bool]:
    """Compares the policy's text with the request's value. Text that cannot be parsed matches nothing."""

    def test(wanted: str, value: str) -> bool:
        try:
            return compare(read(value), read(wanted.translate(_UNMASK)))
        except ValueError:
            return False

    return test


_TESTS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": _compare(str, operator.eq),
    "StringEqualsIgnoreCase": _compare(str.lower, operator.eq),
    "StringLike": lambda wanted, value: bool(_glob(wanted).fullmatch(value)),
    "ArnEquals": _arn_like,
    "ArnLike": _arn_like,
    "Bool": _compare(str.lower, operator.eq),
    "BinaryEquals": lambda wanted, value: wanted == base64.b64encode(value.encode()).decode(),
    "IpAddress": _compare(
        lambda text: ipaddress.ip_network(text, strict=False),
        lambda address, network: address.version == network.version and address.subnet_of(network),
    ),
}
for _suffix, _order in (
    ("Equals", operator.eq),
    ("LessThan", operator.lt),
    ("LessThanEquals", operator.le),
    ("GreaterThan", operator.gt),
    ("GreaterThanEquals", operator.ge),
):
    _TESTS["Numeric" + _suffix] = _compare(float, _order)
    _TESTS["Date" + _suffix] = _compare(_instant, _order)
_NEGATED = {"NotIpAddress": "IpAddress"} | {
    re.sub("(Equals|Like)", r"Not\1", name, count=1): name
    for name in _TESTS
    if name.startswith(("String", "Arn")) or name in ("NumericEquals", "DateEquals")
}
_OPERATOR = re.compile(rf"(?:Null|(ForAllValues:|ForAnyValue:)?({'|'.join([*_TESTS, *_NEGATED])})(IfExists)?)")


def _holds(name: str, key: str, wanted: list[Any], context: _Context, variables: bool) -> bool:
    parsed = _OPERATOR.fullmatch(name)
    if not parsed:
        raise UnknownPolicyElement("condition operator", name)
    found = context.get(_known(key))
    values = [] if found is None else _list(found)
    texts = [_scalar(value) for value in wanted]
    if name == "Null":
        return _scalar(not values) in (text.lower() for text in texts)
    quantifier, base, if_exists = parsed.groups()
    negated = base in _NEGATED
    if not values:
        return bool(if_exists) or quantifier == "ForAllValues:" or (negated and not quantifier)

    # A variable without a value is null: nothing equals it, so a negated test is true.
    takes_variables = variables and base.replace("Not", "").startswith(("String", "Arn", "Bool"))
    patterns = [p for p in (_expand(text, context, takes_variables) for text in texts) if p is not None]
    test = _TESTS[_NEGATED.get(base, base)]

    def passes(value: str) -> bool:
        return any(test(pattern, value) for pattern in patterns) != negated

    if quantifier:
        # AWS counts a set of empty strings as an empty set.
        values = [value for value in values if value != ""]
        return (all if quantifier == "ForAllValues:" else any)(map(passes, values))
    return (all if negated else any)(map(passes, values))


# The condition keys that AWS knows. A listed key that the request lacks is absent, and conditions can test that. A key
# that is not listed is a typing error or missing here, and is reported. A name that ends in "/" or ":" is a prefix.
_NAMES = {
    "aws": """
        AssumedRoot CalledVia CalledViaAWSMCP CalledViaFirst CalledViaLast ChatbotSourceArn CurrentTime
        Ec2InstanceSourcePrivateIPv4 Ec2InstanceSourceVpc EpochTime FederatedProvider MultiFactorAuthAge
        MultiFactorAuthPresent PrincipalAccount PrincipalArn PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths
        PrincipalServiceName PrincipalServiceNamesList PrincipalTag/ PrincipalType Referer RequestTag/
        RequestedRegion ResourceAccount ResourceOrgID ResourceOrgPaths ResourceTag/ SecureTransport SourceAccount
        SourceArn SourceIdentity SourceIp SourceOrgID SourceOrgPaths SourceVpc SourceVpcArn SourceVpce TagKeys
        TokenIssueTime UserAgent userid username ViaAWSMCPService ViaAWSService VpceAccount VpceOrgID VpceOrgPaths
        VpcSourceIp
    """,
    "ec2": "RoleDelivery SourceInstanceArn",
    "lambda": "SourceFunctionArn",
    "iam": "AssociatedResourceArn AWSServiceName PassedToService PermissionsBoundary PolicyARN ResourceTag/",
    "sts": """
        AWSServiceName DurationSeconds ExternalId RequestContext/ RequestContextProviders RoleSessionName
        SourceIdentity TaskPolicyArn TransitiveTagKeys
    """,
    "s3": """
        AccessGrantsInstanceArn AccessPointNetworkOrigin AccessPointTag/ authType BucketTag/ DataAccessPointAccount
        DataAccessPointArn delimiter ExistingObjectTag/ if-match if-none-match InventoryAccessibleOptionalFields
        LocationConstraint max-keys object-lock-legal-hold object-lock-mode object-lock-remaining-retention-days
        object-lock-retain-until-date ObjectCreationOperation prefix RequestObjectTag/ RequestObjectTagKeys
        ResourceAccount signatureAge signatureversion TlsVersion VersionId x-amz-acl x-amz-content-sha256
        x-amz-copy-source x-amz-grant-full-control x-amz-grant-read x-amz-grant-read-acp x-amz-grant-write
        x-amz-grant-write-acp x-amz-metadata-directive x-amz-object-ownership x-amz-server-side-encryption
        x-amz-server-side-encryption-aws-kms-key-id x-amz-server-side-encryption-customer-algorithm
        x-amz-storage-class x-amz-website-redirect-location
    """,
    "kms": """
        BypassPolicyLockoutSafetyCheck CallerAccount DataKeyPairSpec EncryptionAlgorithm EncryptionContext:
        EncryptionContextKeys ExpirationModel GrantConstraintType GrantIsForAWSResource GrantOperations
        GranteePrincipal KeyAgreementAlgorithm KeyOrigin KeySpec KeyUsage MacAlgorithm MessageType MultiRegion
        MultiRegionKeyType PrimaryRegion RecipientAttestation: ReEncryptOnSameKey ReplicaRegion RequestAlias
        ResourceAliases RetiringPrincipal RotationPeriodInDays ScheduleKeyDeletionPendingWindowInDays
        SigningAlgorithm ValidTo ViaService WrappingAlgorithm WrappingKeySpec
    """,
    "dynamodb": "Attributes EnclosingOperation FullTableScan LeadingKeys ReturnConsumedCapacity ReturnValues Select",
    "secretsmanager": """
        BlockPublicPolicy Description ForceDeleteWithoutRecovery KmsKeyArn KmsKeyId Name RecoveryWindowInDays
        ResourceTag/ SecretId SecretPrimaryRegion VersionId VersionStage resource/AllowRotationLambdaArn
    """,
    "events": "creatorAccount detail-type eventBusInvocation ManagedBy source TargetArn",
}
_KEYS = {f"{service}:{name}".lower() for service, names in _NAMES.items() for name in names.split()}
_FAMILIES = tuple(key for key in _KEYS if key[-1] in "/:")


def _known(key: str) -> str:
    key = key.lower()
    if key in _FAMILIES or not (key in _KEYS or key.startswith(_FAMILIES)):
        raise UnknownPolicyElement("condition key", key)
    return key


# Grammar

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
    statements = _list(policy.get("Statement", []))
    _demand(bool(statements) and all(isinstance(statement, dict) for statement in statements))
    sids = [statement["Sid"] for statement in statements if statement.get("Sid")]
    _demand(len(sids) == len(set(map(str, sids))), "Statement IDs (SID) in a single policy must be unique.")
    for statement in statements:
        _check_statement(statement, kind)
    return dict(policy)


def _check_statement(statement: dict[str, Any], kind: str) -> None:
    of_identity = kind in ("identity", "boundary", "session")
    _demand(statement.keys() <= _ELEMENTS)
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
        _demand(bool(_OPERATOR.fullmatch(name)), f"Invalid Condition type : {name}")
        _demand(isinstance(block, dict))
        for key, wanted in block.items():
            _demand(":" in key, _NO_VENDOR)
            _demand(all(isinstance(value, (str, int, float)) for value in _list(wanted)))
            dates = [_scalar(value) for value in _list(wanted)] if "Date" in name else []
            # A valid date equals itself; an invalid one equals nothing.
            _demand(all(_TESTS["DateEquals"](date, date) for date in dates), "The policy failed legacy parsing")


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
        for value in _list(values):
            valid = isinstance(value, str) and bool(value) and (name != "AWS" or _PRINCIPAL.fullmatch(value))
            _demand(bool(valid), f'Invalid principal in policy: "{name}":"{value}"')


def _one_of(statement: dict[str, Any], element: str, message: str) -> list[str]:
    _demand(not (element in statement and "Not" + element in statement))
    values = _list(statement.get(element, statement.get("Not" + element, [])))
    _demand(bool(values), message)
    _demand(all(isinstance(value, str) for value in values))
    return values


def _demand(met: bool, message: str = "Syntax errors in policy.") -> None:
    if not met:
        raise ValueError(message)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    _demand(len(pairs) == len(dict(pairs)))
    return dict(pairs)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _scalar(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
