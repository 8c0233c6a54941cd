"""Conditions, variables and patterns of a policy's statement, and the condition keys that AWS knows.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import base64
import ipaddress
import operator
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

Context = Mapping[str, "str | list[str]"]


class UnknownPolicyElement(Exception):
    """A policy uses something that this module does not model. No answer is better than a wrong one."""

    def __init__(self, what: str, name: str):
        super().__init__(f"{what} {name!r} in a policy: the local AWS does not support it")


# Patterns and variables

# A literal * or ?, from ${*} or from a variable's value, is replaced by a character that no policy contains.
_MASK = str.maketrans("*?", "\x00\x01")
_UNMASK = str.maketrans("\x00\x01", "*?")
_VARIABLE = re.compile(r"\$\{([^},]+)(?:,\s*'([^'}]*)')?\}")


def expand(text: str, context: Context, variables: bool) -> str | None:
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
def glob(pattern: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(c) or re.escape(c.translate(_UNMASK)) for c in pattern), re.DOTALL)


def arn_like(pattern: str, value: str, complete: bool = False) -> bool:
    """Compares part by part, so that a wildcard matches no colon before the last part. A Resource may leave out parts."""
    if pattern == "*":
        return True
    wanted, parts = pattern.split(":", 5), value.split(":", 5)
    if complete:
        wanted += ["*"] * (6 - len(wanted))
    return len(wanted) == len(parts) == 6 and all(glob(w).fullmatch(p) for w, p in zip(wanted, parts))


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


def is_date(text: str) -> bool:
    try:
        return _instant(text) is not None
    except ValueError:
        return False


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
    "StringLike": lambda wanted, value: bool(glob(wanted).fullmatch(value)),
    "ArnEquals": arn_like,
    "ArnLike": arn_like,
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
OPERATOR = re.compile(rf"(?:Null|(ForAllValues:|ForAnyValue:)?({'|'.join([*_TESTS, *_NEGATED])})(IfExists)?)")


def holds(name: str, key: str, wanted: list[Any], context: Context, variables: bool) -> bool:
    parsed = OPERATOR.fullmatch(name)
    if not parsed:
        raise UnknownPolicyElement("condition operator", name)
    found = context.get(_known(key))
    values = [] if found is None else as_list(found)
    texts = [scalar(value) for value in wanted]
    if name == "Null":
        return scalar(not values) in (text.lower() for text in texts)
    quantifier, base, if_exists = parsed.groups()
    negated = base in _NEGATED
    if not values:
        return bool(if_exists) or quantifier == "ForAllValues:" or (negated and not quantifier)

    # A variable without a value is null: nothing equals it, so a negated test is true.
    takes_variables = variables and base.replace("Not", "").startswith(("String", "Arn", "Bool"))
    patterns = [p for p in (expand(text, context, takes_variables) for text in texts) if p is not None]
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
        ResourceAccount signatureAge signatureversion TlsVersion VersionId x-amz-acl x-amz-bucket-namespace
        x-amz-content-sha256 x-amz-copy-source x-amz-grant-full-control x-amz-grant-read x-amz-grant-read-acp x-amz-grant-write
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


def as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def scalar(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
