"""policy.py, conditions.py and grammar.py against AWS's documents. Each row is one rule, and its name says which."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conditions import UnknownPolicyElement
from grammar import parse
from policy import Caller, Decision, Policies, Request, evaluate, sentence

HOME, OTHER = "222233334444", "333344445555"
ROLE_ARN = f"arn:aws:iam::{HOME}:role/team/recorder"
SESSION_ARN = f"arn:aws:sts::{HOME}:assumed-role/recorder/sea-1"
USER_ARN = f"arn:aws:iam::{HOME}:user/alice"
ROOT_ARN = f"arn:aws:iam::{HOME}:root"
SESSION = Caller(HOME, SESSION_ARN, "assumed-role", "AROAEXAMPLEROLE00001", ROLE_ARN, "sea-1")
USER = Caller(HOME, USER_ARN, "user", "AIDAEXAMPLEUSER00001")
ROOT = Caller(HOME, ROOT_ARN, "root", HOME)
SERVICE = Caller("", "lambda.amazonaws.com", "service", "")

BUCKET, OBJECT = "arn:aws:s3:::plant", "arn:aws:s3:::plant/line-3/a.mp4"
KEY = f"arn:aws:kms:us-east-1:{HOME}:key/1234"
ROLE = f"arn:aws:iam::{HOME}:role/sea-ext"


def statement(effect: str = "Allow", action: Any = "*", resource: Any = "*", **others: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource, **others}


def document(*statements: dict[str, Any], version: str = "2012-10-17") -> dict[str, Any]:
    return {"Version": version, "Statement": list(statements)}


ALLOW, DENY = document(statement()), document(statement("Deny"))
NOTHING = document(statement(action="sqs:SendMessage"))


def trusting(principal: Any, **others: Any) -> dict[str, Any]:
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **others})


def open_to(principal: Any, effect: str = "Allow", element: str = "Principal") -> dict[str, Any]:
    return document(statement(effect, **{element: principal}))


def allows(
    one: dict[str, Any],
    action: str = "s3:PutObject",
    resource: str = OBJECT,
    version: str = "2012-10-17",
    **context: Any,
) -> bool:
    """Whether one identity statement applies; context keys are given with __ for the colon."""
    keys = {name.replace("__", ":").replace("_", "-"): value for name, value in context.items()}
    policies = Policies(identity=[document(one, version=version)], resource_account=HOME)
    return evaluate(USER, Request(action, resource, keys), policies).allowed


def rows(*table: tuple[Any, ...]) -> list[Any]:
    return [pytest.param(*values, id=name) for name, *values in table]


@pytest.mark.parametrize(
    ("one", "action", "resource", "applies"),
    rows(
        ("a star allows every action", statement(action="*"), "s3:PutObject", OBJECT, True),
        ("an action is not case-sensitive", statement(action="S3:putobject"), "s3:PutObject", OBJECT, True),
        ("a star stands for many characters", statement(action="s3:Put*"), "s3:PutObjectTagging", OBJECT, True),
        ("a star stands for none", statement(action="s3:PutObject*"), "s3:PutObject", OBJECT, True),
        ("a pattern fits the whole action", statement(action="s3:*Object"), "s3:GetObjectTagging", OBJECT, False),
        ("a question mark stands for one character", statement(action="s3:?utObject"), "s3:PutObject", OBJECT, True),
        ("a question mark does not stand for none", statement(action="s3:PutObject?"), "s3:PutObject", OBJECT, False),
        ("another service's action is another", statement(action="kms:*"), "s3:PutObject", OBJECT, False),
        ("a dot is a dot", statement(resource="arn:aws:s3:::pl.nt/*"), "s3:PutObject", OBJECT, False),
        ("one action of a list is enough", statement(action=["s3:Get*", "s3:PutObject"]), "s3:PutObject", OBJECT, True),
        (
            "NotAction allows all the rest",
            {"Effect": "Allow", "NotAction": ["s3:Delete*", "iam:*"], "Resource": "*"},
            "s3:PutObject",
            OBJECT,
            True,
        ),
        (
            "NotAction leaves out what it names",
            {"Effect": "Allow", "NotAction": ["iam:*", "S3:put*"], "Resource": "*"},
            "s3:PutObject",
            OBJECT,
            False,
        ),
        ("objects are not the bucket", statement(resource=BUCKET + "/*"), "s3:ListBucket", BUCKET, False),
        ("the bucket is not its objects", statement(resource=BUCKET), "s3:PutObject", OBJECT, False),
        ("a star goes over slashes", statement(resource=BUCKET + "/*.mp4"), "s3:PutObject", OBJECT, True),
        (
            "a star right after the bucket's name fits both",
            statement(resource=BUCKET + "*"),
            "s3:PutObject",
            OBJECT,
            True,
        ),
        ("a resource is case-sensitive", statement(resource=BUCKET + "/Line-3/*"), "s3:PutObject", OBJECT, False),
        (
            "a star does not go over the ARN's colons",
            statement(resource="arn:aws:*:plant/*"),
            "s3:PutObject",
            OBJECT,
            False,
        ),
        ("an ARN that breaks off is completed", statement(resource="arn:aws:s3"), "s3:PutObject", OBJECT, True),
        ("a key with a colon is one part", statement(resource=BUCKET + "/*"), "s3:PutObject", BUCKET + "/a:b:c", True),
        ("a region may be a star", statement(resource=f"arn:aws:kms:*:{HOME}:key/*"), "kms:Decrypt", KEY, True),
        ("an alias is not its key", statement(resource=f"arn:aws:kms:*:{HOME}:alias/*"), "kms:Decrypt", KEY, False),
        ("a key may hold a line break", statement(resource=BUCKET + "/*"), "s3:PutObject", BUCKET + "/a\nb", True),
        (
            "NotResource allows all the rest",
            {"Effect": "Allow", "Action": "*", "NotResource": BUCKET + "/line-4/*"},
            "s3:PutObject",
            OBJECT,
            True,
        ),
        (
            "NotResource leaves out what it names",
            {"Effect": "Allow", "Action": "*", "NotResource": [BUCKET, BUCKET + "/*"]},
            "s3:PutObject",
            OBJECT,
            False,
        ),
    ),
)
def test_actions_and_resources(one: dict[str, Any], action: str, resource: str, applies: bool) -> None:
    assert allows(one, action, resource) is applies


VARIABLE = {"aws__username": "alice", "aws__PrincipalTag/team": "line-3", "aws__TagKeys": ["a", "b"]}


@pytest.mark.parametrize(
    ("resource", "asked", "applies"),
    rows(
        ("a variable takes its value", BUCKET + "/${aws:username}/*", BUCKET + "/alice/x", True),
        ("a variable's name is not case-sensitive", BUCKET + "/${AWS:UserName}/*", BUCKET + "/alice/x", True),
        ("a tag may be a variable", BUCKET + "/${aws:PrincipalTag/team}/*", OBJECT, True),
        ("without value nothing matches", BUCKET + "/${aws:PrincipalTag/none}*", BUCKET + "/x", False),
        (
            "without value not even the variable's text matches",
            BUCKET + "/${aws:userid}",
            BUCKET + "/${aws:userid}",
            False,
        ),
        ("a default stands in", BUCKET + "/${aws:userid, 'nobody'}/*", BUCKET + "/nobody/x", True),
        ("a default gives way to the value", BUCKET + "/${aws:username, 'nobody'}/*", BUCKET + "/nobody/x", False),
        ("a key with many values is no variable", BUCKET + "/${aws:TagKeys}", BUCKET + "/a", False),
        ("${*} is an asterisk", BUCKET + "/${*}", BUCKET + "/*", True),
        ("${*} is nothing but an asterisk", BUCKET + "/${*}", BUCKET + "/x", False),
        ("${?} is a question mark", BUCKET + "/${?}", BUCKET + "/x", False),
        ("${$} is a dollar", BUCKET + "/${$}{aws:username}", BUCKET + "/${aws:username}", True),
        ("a variable stands only in the last part of an ARN", "arn:aws:s3:${aws:username}::plant/*", OBJECT, False),
    ),
)
def test_variables_in_resources(resource: str, asked: str, applies: bool) -> None:
    assert allows(statement(resource=resource), resource=asked, **VARIABLE) is applies


def test_a_wildcard_in_a_variables_value_is_plain_text() -> None:
    mine = statement(resource=BUCKET + "/${aws:username}/x")
    assert not allows(mine, resource=BUCKET + "/bob/x", aws__username="*")
    assert allows(mine, resource=BUCKET + "/*/x", aws__username="*")


def test_before_version_2012_a_variable_is_just_text() -> None:
    mine = statement(resource=BUCKET + "/${aws:username}")
    assert not allows(mine, resource=BUCKET + "/alice", version="2008-10-17", aws__username="alice")
    assert allows(mine, resource=BUCKET + "/${aws:username}", version="2008-10-17", aws__username="alice")


def test_not_resource_with_a_variable_without_a_value_excludes_nothing() -> None:
    assert allows({"Effect": "Allow", "Action": "*", "NotResource": BUCKET + "/${aws:userid}/*"})


@pytest.mark.parametrize(
    ("name", "key", "wanted", "value", "holds"),
    rows(
        ("StringEquals compares whole", "StringEquals", "sts:ExternalId", "sea-1", "sea-1", True),
        ("StringEquals is case-sensitive", "StringEquals", "sts:ExternalId", "SEA-1", "sea-1", False),
        ("StringEquals has no wildcards", "StringEquals", "sts:ExternalId", "sea-*", "sea-1", False),
        ("StringEquals takes any of a list", "StringEquals", "sts:ExternalId", ["x", "sea-1"], "sea-1", True),
        ("StringEquals does not hold without the key", "StringEquals", "sts:ExternalId", "sea-1", None, False),
        ("an empty value is a value", "StringEquals", "s3:prefix", ["", "a/"], "", True),
        ("an absent key is not an empty value", "StringEquals", "s3:prefix", ["", "a/"], None, False),
        ("a key is not case-sensitive", "StringEquals", "STS:externalid", "sea-1", "sea-1", True),
        ("StringNotEquals takes none of a list", "StringNotEquals", "s3:prefix", ["a", "b"], "b", False),
        ("StringNotEquals holds for another value", "StringNotEquals", "s3:prefix", ["a", "b"], "c", True),
        ("StringNotEquals holds without the key", "StringNotEquals", "aws:SourceVpce", "vpce-1", None, True),
        ("StringEqualsIgnoreCase ignores case", "StringEqualsIgnoreCase", "s3:prefix", "ABC", "abc", True),
        ("StringNotEqualsIgnoreCase too", "StringNotEqualsIgnoreCase", "s3:prefix", "ABC", "abc", False),
        ("StringLike has wildcards", "StringLike", "s3:prefix", "plant-?/*", "plant-7/x/y", True),
        ("StringLike compares whole", "StringLike", "s3:prefix", "plant-7/*", "x/plant-7/", False),
        ("StringLike is case-sensitive", "StringLike", "s3:prefix", "Plant*", "plant", False),
        ("StringNotLike negates", "StringNotLike", "s3:prefix", ["a*", "b*"], "bc", False),
        ("StringNotLike holds without the key", "StringNotLike", "s3:prefix", "a*", None, True),
        ("NumericEquals compares numbers, not texts", "NumericEquals", "s3:max-keys", "10", "10.0", True),
        ("a number may be a JSON number", "NumericLessThanEquals", "s3:max-keys", 10, "10", True),
        ("NumericNotEquals negates", "NumericNotEquals", "s3:max-keys", "10", "10", False),
        ("NumericLessThan", "NumericLessThan", "s3:TlsVersion", "1.2", "1.3", False),
        ("NumericLessThan does not hold without the key", "NumericLessThan", "s3:TlsVersion", "1.2", None, False),
        ("NumericGreaterThan", "NumericGreaterThan", "s3:signatureAge", "600000", "600001", True),
        ("NumericGreaterThanEquals", "NumericGreaterThanEquals", "s3:max-keys", "10", "9", False),
        ("what is no number is not compared", "NumericLessThan", "s3:max-keys", "10", "many", False),
        ("DateLessThan", "DateLessThan", "aws:CurrentTime", "2030-01-01T00:00:00Z", "2026-11-25T12:00:00Z", True),
        (
            "DateGreaterThan",
            "DateGreaterThan",
            "aws:CurrentTime",
            "2030-01-01T00:00:00Z",
            "2026-11-25T12:00:00Z",
            False,
        ),
        ("a date may be a day", "DateGreaterThanEquals", "aws:CurrentTime", "2026-11-25", "2026-11-25T00:00:00Z", True),
        ("a date may be a year", "DateLessThan", "aws:CurrentTime", "2027", "2026-11-25T12:00:00.123Z", True),
        ("a date may be epoch seconds", "DateEquals", "aws:EpochTime", "1767225600", "2026-01-01T00:00:00Z", True),
        (
            "a date has a time zone",
            "DateEquals",
            "aws:CurrentTime",
            "2026-01-01T02:00:00+02:00",
            "2026-01-01T00:00:00Z",
            True,
        ),
        ("DateNotEquals negates", "DateNotEquals", "aws:CurrentTime", "2026-01-01", "2026-01-01T00:00:00Z", False),
        ("DateLessThanEquals", "DateLessThanEquals", "aws:CurrentTime", "2026-01-01", "2026-01-01T00:00:01Z", False),
        ("Bool", "Bool", "aws:SecureTransport", "false", "true", False),
        ("a boolean may be a JSON boolean", "Bool", "aws:SecureTransport", True, "true", True),
        ("Bool ignores case", "Bool", "aws:SecureTransport", "True", "true", True),
        ("Bool does not hold without the key", "Bool", "aws:MultiFactorAuthPresent", "false", None, False),
        ("BoolIfExists holds without the key", "BoolIfExists", "aws:MultiFactorAuthPresent", "false", None, True),
        ("BoolIfExists compares with the key", "BoolIfExists", "aws:MultiFactorAuthPresent", "true", "false", False),
        ("BinaryEquals compares with base64", "BinaryEquals", "s3:prefix", "QUJD", "ABC", True),
        ("BinaryEquals is exact", "BinaryEquals", "s3:prefix", "QUJE", "ABC", False),
        ("IpAddress takes a range", "IpAddress", "aws:SourceIp", "203.0.113.0/24", "203.0.113.9", True),
        ("IpAddress takes one address", "IpAddress", "aws:SourceIp", "203.0.113.9", "203.0.113.8", False),
        ("IpAddress takes IPv6", "IpAddress", "aws:SourceIp", ["10.0.0.0/8", "2001:db8::/32"], "2001:db8::1", True),
        ("IpAddress does not hold without the key", "IpAddress", "aws:SourceIp", "0.0.0.0/0", None, False),
        (
            "NotIpAddress negates",
            "NotIpAddress",
            "aws:SourceIp",
            ["10.0.0.0/8", "203.0.113.0/24"],
            "203.0.113.9",
            False,
        ),
        ("NotIpAddress holds without the key", "NotIpAddress", "aws:SourceIp", "10.0.0.0/8", None, True),
        ("ArnEquals has wildcards", "ArnEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/*", ROLE_ARN, True),
        (
            "ArnLike compares part by part",
            "ArnLike",
            "aws:SourceArn",
            f"arn:aws:x:*:{HOME}:f/*",
            f"arn:aws:x:r:1:s:{HOME}:f/d",
            False,
        ),
        ("ArnLike is case-sensitive", "ArnLike", "aws:PrincipalArn", ROLE_ARN.upper(), ROLE_ARN, False),
        ("ArnLike does not complete an ARN", "ArnLike", "aws:PrincipalArn", "arn:aws:iam", ROLE_ARN, False),
        ("ArnLike does not hold without the key", "ArnLike", "aws:SourceArn", "arn:aws:lambda:*:*:*", None, False),
        ("ArnNotLike negates", "ArnNotLike", "aws:PrincipalArn", ["arn:aws:iam::1:role/a", ROLE_ARN], ROLE_ARN, False),
        ("ArnNotEquals holds without the key", "ArnNotEquals", "aws:SourceArn", "arn:aws:s3:::x", None, True),
        ("Null true: the key is absent", "Null", "s3:x-amz-server-side-encryption", "true", None, True),
        ("Null true: the key is present", "Null", "s3:x-amz-server-side-encryption", True, "AES256", False),
        ("Null false: the key is present, if empty", "Null", "s3:prefix", "false", "", True),
        ("Null false: the key is absent", "Null", "s3:if-none-match", "false", None, False),
        ("IfExists holds without the key", "StringEqualsIfExists", "sts:ExternalId", "sea-1", None, True),
        ("IfExists compares with the key", "StringEqualsIfExists", "sts:ExternalId", "sea-1", "sea-2", False),
        ("a negated IfExists holds without the key", "StringNotEqualsIfExists", "s3:prefix", "a", None, True),
        (
            "ForAnyValue takes a key with one value",
            "ForAnyValue:StringEquals",
            "sts:ExternalId",
            ["sea-1"],
            "sea-1",
            True,
        ),
        (
            "ForAnyValue does not hold without the key",
            "ForAnyValue:StringEquals",
            "sts:ExternalId",
            ["sea-1"],
            None,
            False,
        ),
        ("ForAnyValue: one of many", "ForAnyValue:StringLike", "aws:TagKeys", ["b*"], ["a", "bc"], True),
        ("ForAnyValue: none of many", "ForAnyValue:StringEquals", "aws:TagKeys", ["c"], ["a", "b"], False),
        (
            "ForAnyValue negated: one that is not named",
            "ForAnyValue:StringNotEquals",
            "aws:TagKeys",
            ["a"],
            ["a", "b"],
            True,
        ),
        (
            "ForAnyValue negated does not hold without the key",
            "ForAnyValue:StringNotEquals",
            "aws:TagKeys",
            ["a"],
            None,
            False,
        ),
        ("ForAnyValue does not hold for an empty text", "ForAnyValue:StringEquals", "s3:prefix", [""], "", False),
        ("ForAllValues holds without the key", "ForAllValues:StringEquals", "sts:ExternalId", ["sea-1"], None, True),
        ("ForAllValues: all of many", "ForAllValues:StringEquals", "aws:TagKeys", ["a", "b", "c"], ["a", "b"], True),
        ("ForAllValues: not all of many", "ForAllValues:StringEquals", "aws:TagKeys", ["a"], ["a", "b"], False),
        ("ForAllValues negated: none is named", "ForAllValues:StringNotEquals", "aws:TagKeys", ["a"], ["b", "c"], True),
        ("ForAllValues negated: one is named", "ForAllValues:StringNotEquals", "aws:TagKeys", ["a"], ["b", "a"], False),
        ("ForAllValues takes IfExists", "ForAllValues:StringLikeIfExists", "aws:TagKeys", ["a*"], ["ab"], True),
        ("many values without a set operator: one will do", "StringEquals", "aws:CalledVia", "b", ["a", "b"], True),
        (
            "many values negated without a set operator: none may",
            "StringNotEquals",
            "aws:CalledVia",
            "b",
            ["a", "b"],
            False,
        ),
        ("an object's tag is a key", "StringEquals", "s3:ExistingObjectTag/kind", "video", "video", True),
        (
            "an encryption context is a key",
            "StringLike",
            "kms:EncryptionContext:aws:s3:arn",
            BUCKET + "*",
            OBJECT,
            True,
        ),
    ),
)
def test_conditions(name: str, key: str, wanted: Any, value: Any, holds: bool) -> None:
    one = statement(Condition={name: {key: wanted}})
    request = Request("s3:PutObject", OBJECT, {} if value is None else {key.upper(): value})
    assert evaluate(USER, request, Policies(identity=[document(one)])).allowed is holds


@pytest.mark.parametrize(
    ("condition", "context", "holds"),
    rows(
        (
            "two operators must both hold",
            {"StringEquals": {"s3:prefix": "a"}, "Bool": {"aws:SecureTransport": "false"}},
            {"s3:prefix": "a", "aws:SecureTransport": "true"},
            False,
        ),
        (
            "two keys must both hold",
            {"StringEquals": {"s3:prefix": "a", "s3:delimiter": "/"}},
            {"s3:prefix": "a"},
            False,
        ),
        (
            "a variable takes its value in a condition",
            {"StringLike": {"s3:prefix": ["", "home/${aws:username}/*"]}},
            {"s3:prefix": "home/alice/x", "aws:username": "alice"},
            True,
        ),
        (
            "a variable works in an ARN condition, in any part",
            {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:role/*"}},
            {"aws:PrincipalArn": ROLE_ARN, "aws:PrincipalAccount": HOME},
            True,
        ),
        (
            "${*} in StringEquals is an asterisk",
            {"StringEquals": {"s3:prefix": "a${*}"}},
            {"s3:prefix": "a*"},
            True,
        ),
        (
            "a variable without value equals nothing",
            {"StringEquals": {"s3:prefix": "${aws:username}"}},
            {"s3:prefix": "${aws:username}"},
            False,
        ),
        (
            "a variable without value does not spoil the other values",
            {"StringEquals": {"s3:prefix": ["", "${aws:username}"]}},
            {"s3:prefix": ""},
            True,
        ),
        (
            "a negated condition holds against a variable without value",
            {"StringNotEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}},
            {"aws:ResourceOrgID": "o-1"},
            True,
        ),
        (
            "the default of a variable counts in a condition",
            {"StringEquals": {"s3:prefix": "${aws:username, 'nobody'}"}},
            {"s3:prefix": "nobody"},
            True,
        ),
    ),
)
def test_conditions_together(condition: dict[str, Any], context: dict[str, str], holds: bool) -> None:
    policies = Policies(identity=[document(statement(Condition=condition))])
    assert evaluate(USER, Request("s3:PutObject", OBJECT, context), policies).allowed is holds


@pytest.mark.parametrize(
    ("caller", "principal", "named"),
    rows(
        ("a star names everyone", SESSION, "*", True),
        ("an AWS star names everyone", SESSION, {"AWS": "*"}, True),
        ("an account ID names the account", SESSION, {"AWS": HOME}, True),
        ("the root ARN names the account", SESSION, {"AWS": ROOT_ARN}, True),
        ("another account is another", SESSION, {"AWS": OTHER}, False),
        ("another partition is another", SESSION, {"AWS": ROOT_ARN.replace("aws", "aws-cn")}, False),
        ("a role ARN names its sessions", SESSION, {"AWS": ROLE_ARN}, True),
        ("a role ARN holds the path", SESSION, {"AWS": f"arn:aws:iam::{HOME}:role/recorder"}, False),
        ("a role ARN is case-sensitive", SESSION, {"AWS": ROLE_ARN.replace("recorder", "Recorder")}, False),
        ("a session ARN names that session", SESSION, {"AWS": SESSION_ARN}, True),
        ("a session ARN names no other session", SESSION, {"AWS": SESSION_ARN + "2"}, False),
        ("a principal is no pattern", SESSION, {"AWS": f"arn:aws:iam::{HOME}:role/*"}, False),
        ("a role's unique ID names the role", SESSION, {"AWS": "AROAEXAMPLEROLE00001"}, True),
        ("an old unique ID names nobody", SESSION, {"AWS": "AROAEXAMPLEROLE00002"}, False),
        ("a user ARN names the user", USER, {"AWS": USER_ARN}, True),
        ("a user ARN names no user whose name begins alike", USER, {"AWS": USER_ARN[:-1]}, False),
        ("a user's unique ID names the user", USER, {"AWS": "AIDAEXAMPLEUSER00001"}, True),
        ("one of a list is enough", USER, {"AWS": [OTHER, USER_ARN]}, True),
        ("one of several kinds is enough", USER, {"Service": "ec2.amazonaws.com", "AWS": USER_ARN}, True),
        ("a service names no role", SESSION, {"Service": "lambda.amazonaws.com"}, False),
        ("a service names the service", SERVICE, {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}, True),
        ("a role ARN names no service", SERVICE, {"AWS": ROLE_ARN}, False),
        ("a federated principal names no role", SESSION, {"Federated": "accounts.google.com"}, False),
        ("a canonical user names another account", SESSION, {"CanonicalUser": "79a59df900b949e55d96a1e698fbac"}, False),
        ("text that is no ARN names nobody", SESSION, "recorder", False),
    ),
)
def test_principals(caller: Caller, principal: Any, named: bool) -> None:
    denied = evaluate(
        caller, Request("s3:PutObject", OBJECT, {}), Policies([ALLOW], resource=open_to(principal, "Deny"))
    )
    assert denied.explicit is named


@pytest.mark.parametrize(
    ("caller", "excepted", "boundary", "denied"),
    rows(
        ("whoever is not excepted is denied", USER, [OTHER], None, True),
        ("a user is excepted with the account", USER, [USER_ARN, ROOT_ARN], None, False),
        ("a user is not excepted without the account", USER, [USER_ARN], None, True),
        ("the account alone excepts no user", USER, [ROOT_ARN], None, True),
        ("a session is excepted with role and account", SESSION, [SESSION_ARN, ROLE_ARN, HOME], None, False),
        ("a role ARN alone does not except its sessions", SESSION, [ROLE_ARN, ROOT_ARN], None, True),
        ("whoever has a boundary is denied all the same", USER, [USER_ARN, ROOT_ARN], ALLOW, True),
        ("the root user is excepted", ROOT, [ROOT_ARN], None, False),
    ),
)
def test_not_principal(caller: Caller, excepted: list[str], boundary: dict[str, Any] | None, denied: bool) -> None:
    resource = open_to({"AWS": excepted}, "Deny", "NotPrincipal")
    decision = evaluate(caller, Request("s3:PutObject", OBJECT, {}), Policies([ALLOW], boundary, resource=resource))
    assert decision.explicit is denied


def at(
    kind: str, account: str, whom: Any = None, identity: str = "", boundary: str = "", session: str = ""
) -> Policies:
    """Policies by their effect: "+" allows, "-" denies, "0" does neither. `whom` says whom the resource allows."""
    says = {"+": ALLOW, "-": DENY, "0": NOTHING}
    if whom and "Statement" not in whom:
        whom = trusting(whom) if kind == "trust" else open_to(whom)
    limit = says[boundary] if boundary else None
    return Policies([says[c] for c in identity], limit, [says[c] for c in session], whom, account, kind)


ALL, THE_ACCOUNT, THE_ROLE, THE_SESSION, THE_USER, STRANGER = (
    {"AWS": name} for name in ("*", ROOT_ARN, ROLE_ARN, SESSION_ARN, USER_ARN, OTHER)
)
LAMBDA = {"Service": "lambda.amazonaws.com"}
DENIED = open_to("*", "Deny")


@pytest.mark.parametrize(
    ("caller", "policies", "expected"),
    rows(
        ("nothing allows: identity is named", SESSION, at("bucket", HOME), "no identity"),
        ("identity alone will do", SESSION, at("bucket", HOME, None, "+"), "yes identity"),
        ("one of two identity policies will do", SESSION, at("bucket", HOME, None, "0+"), "yes identity"),
        ("the bucket policy alone will do", SESSION, at("bucket", HOME, THE_ROLE), "yes resource"),
        ("the account passes nothing on", SESSION, at("bucket", HOME, THE_ACCOUNT), "no identity"),
        ("a boundary limits identity", SESSION, at("bucket", HOME, None, "+", "0"), "no boundary"),
        ("a boundary grants nothing", SESSION, at("bucket", HOME, None, "", "+"), "no identity"),
        ("a session policy limits identity", SESSION, at("bucket", HOME, None, "+", "", "0"), "no session"),
        ("a session policy grants nothing", SESSION, at("bucket", HOME, None, "", "", "+"), "no identity"),
        ("one of two session policies will do", SESSION, at("bucket", HOME, None, "+", "", "0+"), "yes identity"),
        ("the boundary limits a role ARN's grant", SESSION, at("bucket", HOME, THE_ROLE, "", "0"), "no boundary"),
        ("the session policy limits it too", SESSION, at("bucket", HOME, THE_ROLE, "+", "", "0"), "no session"),
        (
            "nothing limits a session ARN's grant",
            SESSION,
            at("bucket", HOME, THE_SESSION, "", "0", "0"),
            "yes resource",
        ),
        ("nothing limits a user ARN's grant", USER, at("bucket", HOME, THE_USER, "", "0"), "yes resource"),
        ("nothing limits everyone's grant", SESSION, at("bucket", HOME, ALL, "", "0", "0"), "yes resource"),
        ("identity may deny", SESSION, at("bucket", HOME, None, "+-"), "denied identity"),
        ("the bucket policy may deny", SESSION, at("bucket", HOME, DENIED, "+"), "denied resource"),
        ("the boundary may deny", SESSION, at("bucket", HOME, None, "+", "-"), "denied boundary"),
        ("the session policy may deny", SESSION, at("bucket", HOME, None, "+", "", "-"), "denied session"),
        ("a deny outweighs any grant", SESSION, at("bucket", HOME, THE_SESSION, "", "-"), "denied boundary"),
        ("across accounts identity is not enough", SESSION, at("bucket", OTHER, None, "+"), "no resource"),
        ("across accounts a bucket policy is not enough", SESSION, at("bucket", OTHER, THE_SESSION), "no identity"),
        ("not even one for everyone", SESSION, at("bucket", OTHER, ALL), "no identity"),
        ("across accounts both will do", SESSION, at("bucket", OTHER, THE_ACCOUNT, "+"), "yes identity"),
        (
            "across accounts every grant is limited",
            SESSION,
            at("bucket", OTHER, THE_SESSION, "+", "", "0"),
            "no session",
        ),
        ("a key policy may shut identity out", SESSION, at("key", HOME, STRANGER, "+"), "no resource"),
        ("a key without policy is nobody's", SESSION, at("key", HOME, None, "+"), "no resource"),
        ("a key policy may let identity count", SESSION, at("key", HOME, THE_ACCOUNT, "+"), "yes identity"),
        ("the account in a key policy grants nothing", SESSION, at("key", HOME, THE_ACCOUNT), "no identity"),
        ("a key policy for the role will do", SESSION, at("key", HOME, THE_ROLE), "yes resource"),
        ("identity may deny a key", SESSION, at("key", HOME, THE_ROLE, "-"), "denied identity"),
        ("a foreign key needs both", SESSION, at("key", OTHER, THE_ROLE), "no identity"),
        ("a foreign key with both", SESSION, at("key", OTHER, THE_ROLE, "+"), "yes identity"),
        ("a trust policy for the user will do", USER, at("trust", HOME, THE_USER), "yes resource"),
        ("a trust policy for the account needs identity", USER, at("trust", HOME, THE_ACCOUNT), "no identity"),
        ("a trust policy for the account with identity", USER, at("trust", HOME, THE_ACCOUNT, "+"), "yes identity"),
        ("identity without trust is nothing", USER, at("trust", HOME, STRANGER, "+"), "no resource"),
        ("a foreign role needs both", USER, at("trust", OTHER, THE_USER), "no identity"),
        ("a foreign role with both", USER, at("trust", OTHER, THE_USER, "+"), "yes identity"),
        ("a foreign role without trust", USER, at("trust", OTHER, LAMBDA, "+"), "no resource"),
        ("a root user may do anything at home", ROOT, at("bucket", HOME), "yes root"),
        ("a bucket policy may deny the root user", ROOT, at("bucket", HOME, DENIED), "denied resource"),
        ("a root user is nobody abroad", ROOT, at("bucket", OTHER), "no resource"),
        ("a root user abroad may be let in", ROOT, at("bucket", OTHER, THE_ACCOUNT), "yes root"),
        ("a root user needs the key policy", ROOT, at("key", HOME, THE_ROLE), "no resource"),
        ("a root user assumes no role", ROOT, at("trust", HOME, ALL), "no root"),
        ("a service needs the resource policy only", SERVICE, at("bucket", HOME, LAMBDA), "yes resource"),
        ("a service without it is refused", SERVICE, at("bucket", HOME, THE_ACCOUNT), "no resource"),
    ),
)
def test_which_policy_decides(caller: Caller, policies: Policies, expected: str) -> None:
    asked = {"bucket": ("s3:PutObject", OBJECT), "key": ("kms:Decrypt", KEY), "trust": ("sts:AssumeRole", ROLE)}
    decision = evaluate(caller, Request(*asked[policies.resource_kind], {}), policies)
    word = "denied" if decision.explicit else "yes" if decision.allowed else "no"
    assert f"{word} {decision.by}" == expected


@pytest.mark.parametrize(
    ("condition", "given", "missing"),
    rows(
        ("the external ID is demanded", {"StringEquals": {"sts:ExternalId": "sea-1"}}, True, False),
        ("IfExists lets in whoever leaves it out", {"StringEqualsIfExists": {"sts:ExternalId": "sea-1"}}, True, True),
        (
            "ForAllValues lets in whoever leaves it out",
            {"ForAllValues:StringEquals": {"sts:ExternalId": "sea-1"}},
            True,
            True,
        ),
        ("a negated one lets in whoever leaves it out", {"StringNotEquals": {"sts:ExternalId": "x"}}, True, True),
        ("without condition all are let in", {}, True, True),
        ("MFA is never there", {"Bool": {"aws:MultiFactorAuthPresent": "true"}}, False, False),
    ),
)
def test_external_id(condition: dict[str, Any], given: bool, missing: bool) -> None:
    policies = at("trust", OTHER, trusting(THE_ROLE, Condition=condition), "+")
    for context, allowed in (({"sts:ExternalId": "sea-1"}, given), ({}, missing)):
        assert evaluate(SESSION, Request("sts:AssumeRole", ROLE, context), policies).allowed is allowed


#: External IDs close to "sea-Ab1": what a loose condition lets in besides. None: no external ID at all.
NEAR = {
    "itself": "sea-Ab1",
    "other case": "SEA-aB1",
    "longer": "sea-Ab1x",
    "longer before": "xsea-Ab1",
    "shorter": "sea-Ab",
    "one sign": "sea-Ab2",
    "stranger": "acme",
    "none": None,
}
ALL_BUT_NONE = set(NEAR) - {"none"}


@pytest.mark.parametrize(
    ("condition", "let_in"),
    rows(
        ("equality", {"StringEquals": {"sts:ExternalId": "sea-Ab1"}}, {"itself"}),
        ("a list", {"StringEquals": {"sts:ExternalId": ["sea-Ab1", "acme"]}}, {"itself", "stranger"}),
        ("a list of one", {"StringEquals": {"sts:ExternalId": ["sea-Ab1"]}}, {"itself"}),
        ("ignoring case", {"StringEqualsIgnoreCase": {"sts:ExternalId": "sea-ab1"}}, {"itself", "other case"}),
        ("a star in StringEquals is a star", {"StringEquals": {"sts:ExternalId": "sea-*"}}, set()),
        ("StringLike without wildcard", {"StringLike": {"sts:ExternalId": "sea-Ab1"}}, {"itself"}),
        ("a star at the end", {"StringLike": {"sts:ExternalId": "sea-Ab1*"}}, {"itself", "longer"}),
        ("a star at the beginning", {"StringLike": {"sts:ExternalId": "*sea-Ab1"}}, {"itself", "longer before"}),
        ("a star inside", {"StringLike": {"sts:ExternalId": "sea-*1"}}, {"itself"}),
        ("a star only", {"StringLike": {"sts:ExternalId": "*"}}, ALL_BUT_NONE),
        ("a question mark at the end", {"StringLike": {"sts:ExternalId": "sea-Ab?"}}, {"itself", "one sign"}),
        ("a question mark more", {"StringLike": {"sts:ExternalId": "sea-Ab1?"}}, {"longer"}),
        ("a question mark inside", {"StringLike": {"sts:ExternalId": "sea-?b1"}}, {"itself"}),
        (
            "a list of patterns",
            {"StringLike": {"sts:ExternalId": ["acme*", "sea-Ab?"]}},
            {"itself", "one sign", "stranger"},
        ),
        ("not another", {"StringNotEquals": {"sts:ExternalId": "acme"}}, set(NEAR) - {"stranger"}),
        (
            "not another, ignoring case",
            {"StringNotEqualsIgnoreCase": {"sts:ExternalId": "SEA-AB1"}},
            set(NEAR) - {"itself", "other case"},
        ),
        ("not like another", {"StringNotLike": {"sts:ExternalId": "ac*"}}, set(NEAR) - {"stranger"}),
        ("if it exists", {"StringEqualsIfExists": {"sts:ExternalId": "sea-Ab1"}}, {"itself", "none"}),
        ("like it, if it exists", {"StringLikeIfExists": {"sts:ExternalId": "sea-Ab1*"}}, {"itself", "longer", "none"}),
        ("any value", {"ForAnyValue:StringEquals": {"sts:ExternalId": ["sea-Ab1", "x"]}}, {"itself"}),
        ("any value like it", {"ForAnyValue:StringLike": {"sts:ExternalId": "sea-Ab1*"}}, {"itself", "longer"}),
        (
            "any value not another",
            {"ForAnyValue:StringNotEquals": {"sts:ExternalId": "acme"}},
            ALL_BUT_NONE - {"stranger"},
        ),
        ("any value, if it exists", {"ForAnyValue:StringEqualsIfExists": {"sts:ExternalId": "sea-Ab1"}}, {"itself", "none"}),
        ("all values", {"ForAllValues:StringEquals": {"sts:ExternalId": ["sea-Ab1"]}}, {"itself", "none"}),
        ("all values not another", {"ForAllValues:StringNotLike": {"sts:ExternalId": "ac*"}}, set(NEAR) - {"stranger"}),
        (
            "all values and present",
            {"ForAllValues:StringEquals": {"sts:ExternalId": "sea-Ab1"}, "Null": {"sts:ExternalId": "false"}},
            {"itself"},
        ),
        ("present", {"Null": {"sts:ExternalId": "false"}}, ALL_BUT_NONE),
        ("absent", {"Null": {"sts:ExternalId": True}}, {"none"}),
        ("the key in capitals", {"StringEquals": {"STS:EXTERNALID": "sea-Ab1"}}, {"itself"}),
        ("bytes", {"BinaryEquals": {"sts:ExternalId": "c2VhLUFiMQ=="}}, {"itself"}),
        (
            "two conditions",
            {"StringLike": {"sts:ExternalId": "sea*"}, "StringNotEquals": {"sts:ExternalId": "sea-Ab1"}},
            {"longer", "shorter", "one sign"},
        ),
    ),
)
def test_whom_a_condition_on_the_external_id_lets_in(condition: dict[str, Any], let_in: set[str]) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    policies = at("trust", OTHER, trusting(THE_ROLE, Condition=condition), "+")
    asking = {name: {} if value is None else {"sts:ExternalId": value} for name, value in NEAR.items()}
    seen = {n for n, keys in asking.items() if evaluate(SESSION, Request("sts:AssumeRole", ROLE, keys), policies).allowed}
    assert seen == let_in


@pytest.mark.parametrize(
    ("caller", "policies", "grantee", "expected"),
    rows(
        ("a grant to the role needs no policy", SESSION, at("key", HOME, STRANGER), THE_ROLE, "yes grant"),
        ("nor across accounts", SESSION, at("key", OTHER, STRANGER), THE_ROLE, "yes grant"),
        ("nor one to the user", USER, at("key", OTHER, STRANGER), THE_USER, "yes grant"),
        ("a grant to another does nothing", SESSION, at("key", HOME, STRANGER, "+"), STRANGER, "no resource"),
        ("a grant to the account needs identity", SESSION, at("key", HOME, STRANGER), THE_ACCOUNT, "no identity"),
        ("a grant to the account with identity", SESSION, at("key", HOME, STRANGER, "+"), THE_ACCOUNT, "yes identity"),
        ("identity may deny", SESSION, at("key", HOME, STRANGER, "-"), THE_ROLE, "denied identity"),
        ("the key policy may deny", SESSION, at("key", HOME, DENIED), THE_ROLE, "denied resource"),
        ("a session policy limits it", SESSION, at("key", HOME, STRANGER, "", "", "0"), THE_ROLE, "no session"),
        ("a boundary limits it", SESSION, at("key", OTHER, STRANGER, "", "0"), THE_ROLE, "no boundary"),
    ),
)
def test_what_a_grant_of_a_key_decides(caller: Caller, policies: Policies, grantee: Any, expected: str) -> None:
    decision = evaluate(caller, Request("kms:Decrypt", KEY, {}), replace(policies, grants=[open_to(grantee)]))
    word = "denied" if decision.explicit else "yes" if decision.allowed else "no"
    assert f"{word} {decision.by}" == expected


@pytest.mark.parametrize(
    ("one", "told"),
    rows(
        ("an unknown operator", statement(Condition={"StringMatches": {"s3:prefix": "a"}}), "'StringMatches'"),
        ("an operator in another case", statement(Condition={"stringequals": {"s3:prefix": "a"}}), "'stringequals'"),
        ("Null with IfExists", statement(Condition={"NullIfExists": {"s3:prefix": "true"}}), "'NullIfExists'"),
        ("an unknown key", statement(Condition={"StringEquals": {"sts:ExternalID2": "a"}}), "'sts:externalid2'"),
        (
            "an unknown key that need not exist",
            statement(Condition={"StringEqualsIfExists": {"s3:none": "a"}}),
            "'s3:none'",
        ),
        (
            "a tag without name",
            statement(Condition={"StringEquals": {"aws:PrincipalTag/": "a"}}),
            "'aws:principaltag/'",
        ),
        ("an unknown variable", statement(resource=BUCKET + "/${aws:nobody}"), "'aws:nobody'"),
        ("an unknown element", statement(Resources="*"), "'Resources'"),
        (
            "NotPrincipal with Allow",
            {"Effect": "Allow", "NotPrincipal": "*", "Action": "*", "Resource": "*"},
            "NotPrincipal",
        ),
    ),
)
def test_an_unknown_element_is_an_error(one: dict[str, Any], told: str) -> None:
    whom = {} if "NotPrincipal" in one else {"Principal": "*"}
    policies = at("bucket", HOME, document({**whom, **one}))
    with pytest.raises(UnknownPolicyElement, match="the local AWS does not support it") as raised:
        evaluate(USER, Request("s3:PutObject", OBJECT, {}), policies)
    assert told in str(raised.value)


def test_an_unknown_condition_does_not_matter_if_the_action_does_not_match() -> None:
    one = statement(action="s3:DeleteObject", Condition={"StringMatches": {"no:key": "a"}})
    assert not allows(one)


PUT, LIST_ALL = Request("s3:PutObject", OBJECT, {}), Request("s3:ListAllMyBuckets", "*", {})
STS, ENCRYPT = Request("sts:AssumeRole", ROLE, {}), Request("kms:Encrypt", KEY, {})
DECRYPT = Request("kms:Decrypt", KEY, {})
ABROAD = Caller(OTHER, f"arn:aws:iam::{OTHER}:user/bob", "user", "AIDAEXAMPLEUSER00002")
IN_S3, IN_KMS, IN_STS = f' on resource: "{OBJECT}"', f" on resource: {KEY}", f" on resource: {ROLE}"
HIDDEN = (
    " because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based "
    "policy explicitly denies access"
)
NO, DENY_IN = " because no {} allows the {} action", " with an explicit deny in {}"


@pytest.mark.parametrize(
    ("caller", "request_", "decision", "said"),
    rows(
        (
            "no identity policy allows",
            USER,
            PUT,
            "no identity",
            IN_S3 + NO.format("identity-based policy", "s3:PutObject"),
        ),
        (
            "no bucket policy allows",
            USER,
            PUT,
            "no resource",
            IN_S3 + NO.format("resource-based policy", "s3:PutObject"),
        ),
        ("no session policy allows", USER, PUT, "no session", IN_S3 + NO.format("session policy", "s3:PutObject")),
        ("no boundary allows", USER, PUT, "no boundary", IN_S3 + NO.format("permissions boundary", "s3:PutObject")),
        ("an identity policy denies", USER, PUT, "identity", IN_S3 + DENY_IN.format("an identity-based policy")),
        ("a bucket policy denies", USER, PUT, "resource", IN_S3 + DENY_IN.format("a resource-based policy")),
        ("a session policy denies", USER, PUT, "session", IN_S3 + DENY_IN.format("a session policy")),
        ("a boundary denies", USER, PUT, "boundary", IN_S3 + DENY_IN.format("a permissions boundary")),
        ("there may be no resource", USER, LIST_ALL, "no session", NO.format("session policy", "s3:ListAllMyBuckets")),
        (
            "no key policy allows",
            USER,
            ENCRYPT,
            "no resource",
            IN_KMS + NO.format("resource-based policy", "kms:Encrypt"),
        ),
        ("a key policy denies", USER, ENCRYPT, "resource", IN_KMS + DENY_IN.format("a resource-based policy")),
        ("a foreign key is not named", ABROAD, ENCRYPT, "resource", " on this resource" + HIDDEN),
        (
            "nor one to decrypt with",
            ABROAD,
            DECRYPT,
            "no resource",
            " on the resource associated with this ciphertext" + HIDDEN,
        ),
        (
            "but to whom it is not refused",
            ABROAD,
            DECRYPT,
            "no boundary",
            IN_KMS + NO.format("permissions boundary", "kms:Decrypt"),
        ),
        ("no trust policy allows", USER, STS, "no resource", IN_STS + NO.format("role trust policy", "sts:AssumeRole")),
        ("a trust policy denies", USER, STS, "resource", IN_STS + DENY_IN.format("the role trust policy")),
        ("STS names no policy across accounts", ABROAD, STS, "no resource", IN_STS),
        (
            "but one's own it names",
            ABROAD,
            STS,
            "no identity",
            IN_STS + NO.format("identity-based policy", "sts:AssumeRole"),
        ),
        ("and one's own that denies", ABROAD, STS, "identity", IN_STS + DENY_IN.format("an identity-based policy")),
    ),
)
def test_messages(caller: Caller, request_: Request, decision: str, said: str) -> None:
    """decision: the kind of policy that denies, or after "no" the kind that does not allow."""
    kind = {"s3": "bucket", "kms": "key", "sts": "trust"}[request_.action.split(":")[0]]
    told = sentence(caller, request_, Decision(False, decision.split()[-1], "no " not in decision), kind)
    assert told == f"User: {caller.arn} is not authorized to perform: {request_.action}{said}"


def test_the_message_for_root_users_who_assume_roles() -> None:
    assert sentence(ROOT, STS, Decision(False, "root", False), "trust") == "Roles may not be assumed by root accounts."


def bucket_policy(principal: Any = "*", **others: Any) -> dict[str, Any]:
    return document(statement(action="s3:*", resource=BUCKET + "/*", Principal=principal, **others))


@pytest.mark.parametrize(
    ("policy", "kind"),
    rows(
        ("one statement outside a list", {"Version": "2012-10-17", "Statement": statement()}, "identity"),
        ("no version", {"Statement": [statement()]}, "identity"),
        (
            "text",
            '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}',
            "session",
        ),
        ("an ARN that breaks off", document(statement(resource="arn:aws:sqs")), "identity"),
        ("any Sid in a bucket policy", bucket_policy(Sid="Enable all, please"), "bucket"),
        (
            "every kind of principal",
            bucket_policy(
                {
                    "AWS": [HOME, ROOT_ARN, USER_ARN, ROLE_ARN, SESSION_ARN, "AROA4SEAGATEWAYOLD001", "*"],
                    "Service": "x.amazonaws.com",
                    "Federated": "www.amazon.com",
                    "CanonicalUser": "79a5",
                }
            ),
            "bucket",
        ),
        ("NotPrincipal with Deny", open_to({"AWS": ROOT_ARN}, "Deny", "NotPrincipal"), "bucket"),
        ("a trust policy", trusting({"AWS": HOME}, Condition={"Bool": {"aws:MultiFactorAuthPresent": True}}), "trust"),
        ("actions that do not exist", document(statement(action=["s3:HeadBucket", "*:*"])), "identity"),
    ),
)
def test_a_valid_policy_is_stored(policy: Any, kind: str) -> None:
    assert parse(policy, kind)["Statement"]


@pytest.mark.parametrize(
    ("policy", "kind", "told"),
    rows(
        ("no JSON", "{", "identity", "Syntax errors"),
        ("no object", "[]", "identity", "Syntax errors"),
        ("the same element twice", '{"Statement": [], "Statement": []}', "identity", "Syntax errors"),
        ("no statement", {"Version": "2012-10-17"}, "identity", "Syntax errors"),
        ("an empty list of statements", document(), "identity", "Syntax errors"),
        ("an unknown version", document(statement(), version="2012-10-18"), "identity", "valid version"),
        ("an unknown top element", {**ALLOW, "Statements": []}, "identity", "Syntax errors"),
        ("an unknown element", document(statement(Actions="*")), "identity", "Syntax errors"),
        ("an unknown effect", document(statement("allow")), "identity", "Syntax errors"),
        ("no effect", document({"Action": "*", "Resource": "*"}), "identity", "Syntax errors"),
        ("no action", document({"Effect": "Allow", "Resource": "*"}), "identity", "must contain actions"),
        ("an empty list of actions", document(statement(action=[])), "identity", "must contain actions"),
        ("an action without service", document(statement(action="PutObject")), "identity", "prefaced by a vendor"),
        ("Action and NotAction", document(statement(NotAction="s3:*")), "identity", "Syntax errors"),
        ("no resource", document({"Effect": "Allow", "Action": "*"}), "identity", "must contain resources"),
        ("a resource that is no ARN", document(statement(resource="plant/*")), "identity", "ARN format"),
        (
            "an ARN that breaks off in a session policy",
            document(statement(resource="arn:aws:s3")),
            "session",
            "ARN format",
        ),
        ("a Sid with blanks", document(statement(Sid="a b")), "identity", "alpha-numeric"),
        ("a Sid twice", document(statement(Sid="a"), statement(Sid="a")), "identity", "must be unique"),
        ("a principal in an identity policy", open_to("*"), "identity", "should not specify a principal"),
        ("no principal in a bucket policy", ALLOW, "bucket", "Principal"),
        ("a principal that is just text", bucket_policy(ROLE_ARN), "bucket", "Invalid principal"),
        (
            "a pattern for principals",
            bucket_policy({"AWS": f"arn:aws:iam::{HOME}:role/*"}),
            "bucket",
            "Invalid principal",
        ),
        (
            "a pattern for sessions",
            trusting({"AWS": f"arn:aws:sts::{HOME}:assumed-role/a/*"}),
            "trust",
            "Invalid principal",
        ),
        ("a group as principal", bucket_policy({"AWS": f"arn:aws:iam::{HOME}:group/a"}), "bucket", "Invalid principal"),
        ("an unknown kind of principal", bucket_policy({"Aws": HOME}), "bucket", "Invalid principal"),
        (
            "NotPrincipal with Allow",
            open_to({"AWS": HOME}, "Allow", "NotPrincipal"),
            "bucket",
            "Allow with NotPrincipal",
        ),
        (
            "NotPrincipal in a trust policy",
            document({"Effect": "Deny", "NotPrincipal": "*", "Action": "sts:AssumeRole"}),
            "trust",
            "NotPrincipal",
        ),
        ("a resource in a trust policy", trusting("*", Resource="*"), "trust", "prohibited field Resource"),
        ("another action in a trust policy", trusting("*", Action="s3:GetObject"), "trust", "STS AssumeRole"),
        (
            "an unknown operator",
            document(statement(Condition={"StringEqual": {"s3:prefix": "a"}})),
            "identity",
            "StringEqual",
        ),
        ("a condition that is no object", document(statement(Condition=["a"])), "identity", "Syntax errors"),
        (
            "a condition value that is an object",
            document(statement(Condition={"Bool": {"aws:SecureTransport": {}}})),
            "identity",
            "Syntax errors",
        ),
        (
            "a date that is none",
            document(statement(Condition={"DateLessThan": {"aws:CurrentTime": "soon"}})),
            "identity",
            "legacy parsing",
        ),
    ),
)
def test_an_invalid_policy_is_refused(policy: Any, kind: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse(policy, kind)
