"""Where stock moto would accept what AWS denies: at least one test for each point of the list in ../README.md."""

from __future__ import annotations

import concurrent.futures
import hashlib
import json
import time
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from world import ADMIN, CUSTOMER, EXTERNAL_ID, FUNCTION, GATEWAY, OTHER, SERVICE, Keys, World, allow, outcome, policy, trust

DENIED = (403, "AccessDenied")
OBJECTS = ["s3:GetObject", "s3:PutObject", "s3:GetObjectTagging"]


def on(bucket: str) -> list[str]:
    return [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]


# 1. Conditions, principals, actions and denials in trust policies.


@pytest.mark.point(1)
@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"sts:ExternalId": "sea-of-somebody-else"}},
        {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        {"ForAnyValue:StringEquals": {"sts:ExternalId": ["sea-one", "sea-two"]}},
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:lambda:*:*:function:*"}},
    ],
    ids=["wrong-value", "absent-key", "for-any-value", "no-mfa", "no-source-arn"],
)
def test_a_condition_that_is_not_met_denies_the_role(world: World, condition: dict[str, Any]) -> None:
    assert world.assuming(world.role(trust(**condition)))[:2] == DENIED


@pytest.mark.point(1)
def test_a_missing_external_id_is_denied_if_the_role_requires_one(world: World) -> None:
    role = world.role()
    assert outcome(world.gateway.assume_role, RoleArn=role, RoleSessionName="tests")[:2] == DENIED
    assert world.assuming(role)[0] == 200


@pytest.mark.point(1)
@pytest.mark.parametrize(
    "principal",
    [
        {"AWS": f"arn:aws:iam::{OTHER}:root"},
        {"Service": "lambda.amazonaws.com"},
        {"AWS": "AROA4SEAGATEWAYOLD001"},
        {"AWS": f"arn:aws:sts::{SERVICE}:assumed-role/sea-gateway/another"},
    ],
    ids=["other-account", "service", "deleted-role", "other-session"],
)
def test_another_principal_is_denied_the_role(world: World, principal: dict[str, str]) -> None:
    assert world.assuming(world.role(trust(principal)))[:2] == DENIED


@pytest.mark.point(1)
def test_an_explicit_deny_in_a_trust_policy_wins(world: World) -> None:
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sts:AssumeRole",
        "Condition": {"StringLike": {"sts:RoleSessionName": "test*"}},
    }
    role = world.role(policy(*trust()["Statement"], deny))
    assert world.assuming(role)[:2] == DENIED
    assert world.assuming(role, RoleSessionName="another")[0] == 200


@pytest.mark.point(1)
def test_a_role_deleted_and_created_again_is_another_principal(world: World) -> None:
    """The trust policy stores the unique ID of the role that it names, not the name."""
    iam, name = world.admin("iam"), f"SEA_ext_access_t{uuid.uuid4().hex[:8]}"
    first = world.role(trust({"AWS": GATEWAY}), name=name, permissions=policy(allow("sts:AssumeRole")))
    second = world.role(trust({"AWS": first}))
    through = lambda: outcome(
        world.client("sts", world.assume(first)).assume_role, RoleArn=second, RoleSessionName="tests", ExternalId=EXTERNAL_ID
    )
    assert through()[0] == 200
    iam.delete_role_policy(RoleName=name, PolicyName="access")
    iam.delete_role(RoleName=name)
    world.role(trust({"AWS": GATEWAY}), name=name, permissions=policy(allow("sts:AssumeRole")))
    assert through()[:2] == DENIED


@pytest.mark.point(1)
def test_the_callers_own_policy_must_allow_it_too(world: World) -> None:
    role = world.role(trust({"AWS": SERVICE}))
    function = world.client("sts", FUNCTION)
    assert outcome(function.assume_role, RoleArn=role, RoleSessionName="tests", ExternalId=EXTERNAL_ID)[:2] == DENIED


# What moto's own access control gets wrong even if it is switched on.


@pytest.mark.point(1)
def test_a_statement_that_does_not_match_hides_no_other_statement(world: World) -> None:
    other = trust(StringEquals={"sts:ExternalId": "sea-another"})["Statement"]
    role = world.role(policy(*other, *trust()["Statement"]))
    assert world.assuming(role)[0] == 200
    assert world.assuming(role, ExternalId="sea-neither")[:2] == DENIED


@pytest.mark.point(1)
def test_a_principal_must_be_equal(world: World) -> None:
    assert world.assuming(world.role(trust({"AWS": GATEWAY + "-old"})))[:2] == DENIED


@pytest.mark.point(1)
def test_in_a_pattern_a_question_mark_is_a_wildcard_and_a_dot_is_a_dot(world: World) -> None:
    like = lambda pattern: world.assuming(world.role(trust(StringLike={"sts:ExternalId": pattern})))
    assert like(EXTERNAL_ID[:-1] + "?")[0] == 200
    assert like(EXTERNAL_ID[:-1] + ".")[:2] == DENIED


@pytest.mark.point(1)
@pytest.mark.parametrize(
    ("condition", "let_in", "kept_out"),
    [
        ({"StringEqualsIgnoreCase": {"sts:ExternalId": EXTERNAL_ID}}, EXTERNAL_ID.upper(), EXTERNAL_ID + "x"),
        ({"StringLike": {"sts:ExternalId": EXTERNAL_ID + "*"}}, EXTERNAL_ID + "x", EXTERNAL_ID.upper()),
        ({"StringLike": {"sts:ExternalId": "*" + EXTERNAL_ID}}, "x" + EXTERNAL_ID, EXTERNAL_ID + "x"),
        ({"StringNotEquals": {"sts:ExternalId": "acme"}}, "sea-stranger", "acme"),
        ({"ForAllValues:StringEquals": {"sts:ExternalId": [EXTERNAL_ID]}}, None, EXTERNAL_ID + "x"),
        ({"StringLikeIfExists": {"sts:ExternalId": "sea-a*"}}, None, "acme"),
        ({"Null": {"sts:ExternalId": "false"}}, "acme", None),
        ({"ForAnyValue:StringEquals": {"sts:ExternalId": ["acme", EXTERNAL_ID]}}, "acme", None),
    ],
    ids=["any-case", "longer", "longer-before", "not-another", "all-values", "if-exists", "present", "a-list"],
)
def test_a_loose_condition_lets_in_what_it_says(
    world: World, condition: dict[str, Any], let_in: str | None, kept_out: str | None
) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    role = world.role(trust(**condition))
    given = lambda value: {} if value is None else {"ExternalId": value}
    assuming = lambda value: outcome(world.gateway.assume_role, RoleArn=role, RoleSessionName="tests", **given(value))
    assert assuming(let_in)[0] == 200
    assert assuming(kept_out)[:2] == DENIED


@pytest.mark.point(1)
def test_a_trust_policy_may_ask_for_the_roles_own_tags(world: World) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_ResourceTag"""
    role = world.role(trust(StringEquals={"sts:ExternalId": EXTERNAL_ID, "aws:ResourceTag/vendor": "sea"}))
    assert world.assuming(role)[:2] == DENIED
    world.admin("iam").tag_role(RoleName=role.split("/")[1], Tags=[{"Key": "vendor", "Value": "sea"}])
    assert world.assuming(role)[0] == 200


# 2. A role is looked up in its own account.


@pytest.mark.point(2)
def test_a_missing_role_gets_the_same_error_as_one_that_denies(world: World) -> None:
    role = world.role()
    assert world.assuming(role + "x")[:2] == DENIED
    assert world.assuming(role.replace(CUSTOMER, OTHER))[:2] == DENIED


@pytest.mark.point(2)
def test_a_role_is_found_only_by_its_exact_arn_with_path_and_case(world: World) -> None:
    role = world.role(path="/team/recordings/")
    assert world.assuming(role)[0] == 200
    assert world.assuming(role.replace("/team/recordings/", "/"))[:2] == DENIED
    assert world.assuming(role.replace("SEA_ext", "sea_EXT"))[:2] == DENIED


# 3. Which permission an S3 call needs.


@pytest.mark.point(3)
def test_listing_and_head_of_a_bucket_need_list_bucket_on_the_bucket(world: World) -> None:
    bucket = world.bucket()
    wrong = world.client(
        "s3", world.access(allow(["s3:HeadBucket", "s3:ListObjectsV2"], on(bucket)), allow("s3:ListBucket", on(bucket)[1]))
    )
    assert outcome(wrong.head_bucket, Bucket=bucket)[0] == 403
    assert outcome(wrong.list_objects_v2, Bucket=bucket)[:2] == DENIED
    right = world.client("s3", world.access(allow("s3:ListBucket", on(bucket)[0])))
    assert outcome(right.head_bucket, Bucket=bucket)[0] == 200
    assert outcome(right.list_objects_v2, Bucket=bucket)[0] == 200


@pytest.mark.point(3)
def test_head_and_get_of_an_object_need_get_object(world: World) -> None:
    bucket = world.bucket()
    world.admin("s3").put_object(Bucket=bucket, Key="a", Body=b"text")
    lister = world.client("s3", world.access(allow("s3:ListBucket", on(bucket)[0])))
    assert outcome(lister.head_object, Bucket=bucket, Key="a")[0] == 403
    reader = world.client("s3", world.access(allow("s3:GetObject", on(bucket)[1])))
    assert outcome(reader.head_object, Bucket=bucket, Key="a")[0] == 200


@pytest.mark.point(3)
def test_only_a_caller_who_may_list_learns_that_a_key_is_missing(world: World) -> None:
    bucket = world.bucket()
    reader = world.client("s3", world.access(allow("s3:GetObject", on(bucket)[1])))
    assert outcome(reader.get_object, Bucket=bucket, Key="none")[:2] == DENIED
    lister = world.client("s3", world.access(allow(["s3:GetObject", "s3:ListBucket"], on(bucket))))
    assert outcome(lister.get_object, Bucket=bucket, Key="none")[:2] == (404, "NoSuchKey")


@pytest.mark.point(3)
def test_a_conditional_write_checks_permission_before_the_condition(world: World) -> None:
    bucket = world.bucket()
    world.admin("s3").put_object(Bucket=bucket, Key="a", Body=b"first")
    writer = world.client("s3", world.access(allow("s3:PutObject", on(bucket)[1])))
    stranger = world.client("s3", world.access(allow("s3:GetObject", on(bucket)[1])))
    assert outcome(writer.put_object, Bucket=bucket, Key="a", Body=b"second", IfNoneMatch="*")[:2] == (412, "PreconditionFailed")
    assert outcome(stranger.put_object, Bucket=bucket, Key="a", Body=b"second", IfNoneMatch="*")[:2] == DENIED
    assert world.admin("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == b"first"


# 4. Errors as AWS gives them.


@pytest.mark.point(4)
@pytest.mark.parametrize("wrong", ["key", "secret"])
def test_a_wrong_key_gives_each_protocols_own_error(world: World, wrong: str) -> None:
    _, (access_key, secret, _token) = world.user()
    keys = ("AKIA0000000000000000", secret, None) if wrong == "key" else (access_key, secret[::-1], None)
    words = {
        "sts": ((403, "InvalidClientTokenId"), (403, "SignatureDoesNotMatch")),
        "s3": ((403, "InvalidAccessKeyId"), (403, "SignatureDoesNotMatch")),
        "kms": ((400, "UnrecognizedClientException"), (400, "InvalidSignatureException")),
    }
    calls = {"sts": "get_caller_identity", "s3": "list_buckets", "kms": "list_keys"}
    for service, (unknown, mismatch) in words.items():
        assert outcome(getattr(world.client(service, keys), calls[service]))[:2] == (unknown if wrong == "key" else mismatch)


@pytest.mark.point(4)
def test_a_denial_names_the_caller_action_resource_and_kind_of_policy(world: World) -> None:
    bucket = world.bucket()
    role = world.role(
        boundary=policy(allow("s3:ListBucket")),
        permissions=policy(
            allow(["s3:ListBucket", "s3:GetObject"], on(bucket)), {**allow("s3:GetObjectTagging"), "Effect": "Deny"}
        ),
    )
    s3 = world.client("s3", world.assume(role))
    who = f"User: arn:aws:sts::{CUSTOMER}:assumed-role/{role.split('/')[1]}/tests is not authorized to perform: "
    where = f' on resource: "arn:aws:s3:::{bucket}/a" '
    assert (
        outcome(s3.put_object, Bucket=bucket, Key="a")[2]
        == f"{who}s3:PutObject{where}because no identity-based policy allows the s3:PutObject action"
    )
    assert (
        outcome(s3.get_object, Bucket=bucket, Key="a")[2]
        == f"{who}s3:GetObject{where}because no permissions boundary allows the s3:GetObject action"
    )
    assert (
        outcome(s3.get_object_tagging, Bucket=bucket, Key="a")[2]
        == f"{who}s3:GetObjectTagging{where}with an explicit deny in an identity-based policy"
    )


@pytest.mark.point(4)
def test_sts_denies_across_accounts_without_naming_a_policy(world: World) -> None:
    role = world.role(trust({"AWS": OTHER}))
    assert world.assuming(role) == (
        *DENIED,
        (
            f"User: arn:aws:sts::{SERVICE}:assumed-role/sea-gateway/tests is not authorized to perform: sts:AssumeRole on resource: {role}"
        ),
    )


@pytest.mark.point(4)
def test_another_accounts_bucket_gives_access_denied_only_and_head_gives_no_body(world: World) -> None:
    bucket, keys = world.bucket(OTHER), world.access(allow("s3:*"))
    assert outcome(world.client("s3", keys).list_objects_v2, Bucket=bucket) == (*DENIED, "Access Denied")
    status, headers, body = world.raw("HEAD", f"/{bucket}", keys)
    assert (status, body, headers["x-amz-bucket-region"]) == (403, b"", "us-east-1")


@pytest.mark.point(4)
def test_an_ended_session_is_expired_and_an_unknown_token_is_invalid(world: World) -> None:
    role = world.role(permissions=policy(allow("s3:ListAllMyBuckets")))
    keys = world.assume(role)
    assert outcome(world.client("s3", (keys[0], keys[1], "invented")).list_buckets)[:2] == (400, "InvalidToken")
    assert outcome(world.client("s3", keys).list_buckets)[0] == 200
    assert world.control("POST", "expire", {"roleArn": role}) == {"expired": 1}
    assert outcome(world.client("s3", keys).list_buckets)[:2] == (400, "ExpiredToken")
    assert outcome(world.client("sts", keys).get_caller_identity)[:2] == (403, "ExpiredToken")


# 5. All kinds of policies together, across accounts.


@pytest.mark.point(5)
def test_across_accounts_both_sides_must_allow(world: World) -> None:
    bucket = world.bucket(OTHER)
    role, idle = world.role(permissions=policy(allow(["s3:ListBucket"], on(bucket)))), world.role()
    listing = lambda arn: outcome(world.client("s3", world.assume(arn)).list_objects_v2, Bucket=bucket)
    assert listing(role)[:2] == DENIED
    world.bucket_policy(bucket, policy({**allow("s3:ListBucket", on(bucket)), "Principal": {"AWS": CUSTOMER}}), OTHER)
    assert listing(role)[0] == 200
    assert listing(idle)[:2] == DENIED


@pytest.mark.point(5)
def test_within_an_account_the_bucket_policy_alone_is_enough_and_its_deny_wins(world: World) -> None:
    bucket, role = world.bucket(), world.role()
    s3 = world.client("s3", world.assume(role))
    assert outcome(s3.list_objects_v2, Bucket=bucket)[:2] == DENIED
    grant = {**allow("s3:ListBucket", on(bucket)), "Principal": {"AWS": role}}
    world.bucket_policy(bucket, policy(grant))
    assert outcome(s3.list_objects_v2, Bucket=bucket)[0] == 200
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": on(bucket),
        "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}},
    }
    world.bucket_policy(
        bucket, policy(grant, {**deny, "Condition": {**deny["Condition"], "ArnEquals": {"aws:PrincipalArn": role}}})
    )
    assert outcome(s3.list_objects_v2, Bucket=bucket)[2].endswith("with an explicit deny in a resource-based policy")


@pytest.mark.point(5)
def test_a_session_policy_narrows_the_role(world: World) -> None:
    bucket = world.bucket()
    role = world.role(permissions=policy(allow("s3:*", on(bucket))))
    s3 = world.client("s3", world.assume(role, Policy=json.dumps(policy(allow("s3:PutObject", on(bucket)[1])))))
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[0] == 200
    status, code, message = outcome(s3.list_objects_v2, Bucket=bucket)
    assert (status, code) == DENIED and message.endswith("because no session policy allows the s3:ListBucket action")


# 6. Encryption with KMS.


@pytest.mark.point(6)
def test_an_encrypted_bucket_needs_generate_data_key_to_write_and_decrypt_to_read(world: World) -> None:
    key = world.key()
    bucket = world.bucket(kms=key)
    world.admin("s3").put_object(Bucket=bucket, Key="a", Body=b"text")
    writer = world.client("s3", world.access(allow(OBJECTS, on(bucket)), allow("kms:GenerateDataKey", key)))
    reader = world.client("s3", world.access(allow(OBJECTS, on(bucket)), allow("kms:Decrypt", key)))
    status, code, message = outcome(writer.get_object, Bucket=bucket, Key="a")
    assert (status, code) == DENIED and f"kms:Decrypt on resource: {key} because no identity-based policy" in message
    status, code, message = outcome(reader.put_object, Bucket=bucket, Key="b")
    assert (status, code) == DENIED and f"kms:GenerateDataKey on resource: {key} because no identity-based policy" in message
    assert reader.get_object(Bucket=bucket, Key="a")["Body"].read() == b"text"
    answer = writer.put_object(Bucket=bucket, Key="b")
    assert (answer["ServerSideEncryption"], answer["SSEKMSKeyId"]) == ("aws:kms", key)


@pytest.mark.point(6)
def test_a_key_policy_without_the_account_makes_identity_policies_irrelevant(world: World) -> None:
    admin = f"arn:aws:iam::{CUSTOMER}:role/OrganizationAccountAccessRole"
    key = world.key(policy({**allow("kms:*"), "Principal": {"AWS": admin}}))
    bucket = world.bucket(kms=key)
    s3 = world.client("s3", world.access(allow(OBJECTS, on(bucket)), allow("kms:*", key)))
    assert (
        "because no resource-based policy allows the kms:GenerateDataKey action"
        in outcome(s3.put_object, Bucket=bucket, Key="a")[2]
    )


@pytest.mark.point(6)
def test_the_encryption_context_names_the_object_or_with_a_bucket_key_the_bucket(world: World) -> None:
    key = world.key()
    for bucket_key in (False, True):
        bucket = world.bucket(kms=key, bucket_key=bucket_key)
        context = {"StringEquals": {"kms:EncryptionContext:aws:s3:arn": on(bucket)[0] + ("" if bucket_key else "/a")}}
        s3 = world.client("s3", world.access(allow(OBJECTS, on(bucket)), allow("kms:GenerateDataKey", key, Condition=context)))
        assert outcome(s3.put_object, Bucket=bucket, Key="a")[0] == 200
        assert outcome(s3.put_object, Bucket=bucket, Key="b")[0] == (200 if bucket_key else 403)


@pytest.mark.point(6)
def test_dsse_kms_names_its_key_too(world: World) -> None:
    key, bucket = world.key(), world.bucket()
    rule = {"SSEAlgorithm": "aws:kms:dsse", "KMSMasterKeyID": key}
    world.admin("s3").put_bucket_encryption(
        Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": rule}]}
    )
    s3 = world.client("s3", world.access(allow(OBJECTS, on(bucket)), allow(["kms:GenerateDataKey", "kms:Decrypt"], key)))
    for answer in (s3.put_object(Bucket=bucket, Key="a"), s3.get_object(Bucket=bucket, Key="a")):
        assert (answer["ServerSideEncryption"], answer.get("SSEKMSKeyId")) == ("aws:kms:dsse", key)
    assert outcome(world.client("s3", world.access(allow(OBJECTS, on(bucket)))).put_object, Bucket=bucket, Key="b")[:2] == DENIED


@pytest.mark.point(6)
def test_a_dry_run_answers_412_or_the_denial(world: World) -> None:
    key = world.key()
    kms = world.client("kms", world.access(allow("kms:Encrypt", key)))
    assert outcome(kms.encrypt, KeyId=key, Plaintext=b"x", DryRun=True)[:2] == (412, "DryRunOperationException")
    denied = outcome(kms.generate_data_key, KeyId=key, KeySpec="AES_256", DryRun=True)
    assert denied[:2] == (400, "AccessDeniedException") and "kms:GenerateDataKey" in denied[2]


# 7. Region and owner.


@pytest.mark.point(7)
def test_a_bucket_of_another_region_redirects(world: World) -> None:
    bucket, keys = world.bucket(region="eu-central-1"), world.access(allow("s3:*"))
    status, headers, body = world.raw("GET", f"/{bucket}?list-type=2", keys)
    assert (status, headers["x-amz-bucket-region"]) == (301, "eu-central-1")
    assert b"<Code>PermanentRedirect</Code>" in body and b"<Endpoint>s3.eu-central-1.amazonaws.com</Endpoint>" in body
    status, headers, body = world.raw("HEAD", f"/{bucket}", keys)
    assert (status, headers["x-amz-bucket-region"], body) == (301, "eu-central-1", b"")


@pytest.mark.point(7)
def test_a_wrong_expected_owner_is_denied(world: World) -> None:
    bucket = world.bucket()
    s3 = world.client("s3", world.access(allow("s3:*")))
    assert outcome(s3.head_bucket, Bucket=bucket, ExpectedBucketOwner=CUSTOMER)[0] == 200
    assert outcome(s3.head_bucket, Bucket=bucket, ExpectedBucketOwner=OTHER)[0] == 403
    assert outcome(s3.list_objects_v2, Bucket=bucket, ExpectedBucketOwner=OTHER) == (*DENIED, "Access Denied")


# 8. IAM changes take effect late.


# Seconds: longer than any test takes on a busy machine; short enough to wait for.
LONG, SHORT = 600, 0.2


@pytest.mark.point(8)
def test_a_role_can_be_denied_for_a_time(world: World) -> None:
    role, other = world.role(), world.role()
    world.control("POST", "propagation", {"roleArn": role, "seconds": LONG})
    assert world.assuming(role)[:2] == DENIED
    assert world.assuming(other)[0] == 200
    world.control("POST", "propagation", {"roleArn": role, "seconds": SHORT})
    time.sleep(2 * SHORT)
    assert world.assuming(role)[0] == 200


@pytest.mark.point(8)
def test_a_role_can_be_denied_for_its_first_seconds(world: World) -> None:
    name = f"SEA_ext_access_{uuid.uuid4().hex[:10]}"
    arn = f"arn:aws:iam::{CUSTOMER}:role/{name}"
    world.control("POST", "propagation", {"roleArn": arn, "seconds": LONG, "from": "creation"})
    assert world.role(name=name) == arn
    assert world.assuming(arn)[:2] == DENIED
    world.control("POST", "propagation", {"roleArn": arn, "seconds": SHORT, "from": "creation"})
    time.sleep(2 * SHORT)
    assert world.assuming(arn)[0] == 200


@pytest.mark.point(8)
def test_a_roles_policies_can_take_effect_late(world: World) -> None:
    bucket = world.bucket()
    role = world.role(permissions=policy(allow("s3:ListBucket", on(bucket))))
    world.control("POST", "propagation", {"roleArn": role, "seconds": LONG, "what": "permissions"})
    s3 = world.client("s3", world.assume(role))
    assert outcome(s3.list_objects_v2, Bucket=bucket)[:2] == DENIED
    world.control("POST", "propagation", {"roleArn": role, "seconds": SHORT, "what": "permissions"})
    time.sleep(2 * SHORT)
    assert outcome(s3.list_objects_v2, Bucket=bucket)[0] == 200


UNKNOWN_KEY = {"sts": (403, "InvalidClientTokenId"), "s3": (403, "InvalidAccessKeyId")}


def using(world: World, keys: Keys, region: str = "us-east-1") -> dict[str, tuple[int, str]]:
    calls = {"sts": "get_caller_identity", "s3": "list_buckets"}
    return {service: outcome(getattr(world.client(service, keys, region), call))[:2] for service, call in calls.items()}


@pytest.mark.point(8)
def test_an_access_key_can_be_unknown_for_its_first_seconds(world: World) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency"""
    iam, (name, old) = world.admin("iam"), world.user(policy(allow("s3:ListAllMyBuckets")))
    user = f"arn:aws:iam::{CUSTOMER}:user/{name}"
    world.control("POST", "propagation", {"userArn": user, "what": "keys", "seconds": LONG, "from": "creation"})
    pair = iam.create_access_key(UserName=name)["AccessKey"]
    new = (pair["AccessKeyId"], pair["SecretAccessKey"], None)
    assert using(world, new) == UNKNOWN_KEY
    world.control("POST", "propagation", {"userArn": user, "what": "keys", "seconds": SHORT, "from": "creation"})
    time.sleep(2 * SHORT)
    assert using(world, new) == using(world, old) == {"sts": (200, ""), "s3": (200, "")}


@pytest.mark.point(8)
def test_an_access_key_can_be_unknown_in_other_regions_only(world: World) -> None:
    _, keys = world.user(policy(allow("s3:ListAllMyBuckets")))
    world.control("POST", "propagation", {"accessKeyId": keys[0], "seconds": LONG, "knownIn": ["us-east-1"]})
    assert using(world, keys) == {"sts": (200, ""), "s3": (200, "")}
    assert using(world, keys, "eu-central-1") == UNKNOWN_KEY


@pytest.mark.point(8)
def test_a_role_can_be_denied_in_other_regions_only(world: World) -> None:
    role = world.role()
    world.control("POST", "propagation", {"roleArn": role, "seconds": LONG, "knownIn": ["us-east-1"]})
    assert world.assuming(role)[0] == 200
    elsewhere = world.client("sts", world._clients["gateway"], "eu-central-1")
    assert outcome(elsewhere.assume_role, RoleArn=role, RoleSessionName="tests", ExternalId=EXTERNAL_ID)[:2] == DENIED


# 9. What real policies use.


@pytest.mark.point(9)
@pytest.mark.parametrize(
    ("holds", "condition"),
    [
        (True, {"Bool": {"aws:SecureTransport": "true"}}),
        (True, {"NumericGreaterThanEquals": {"s3:TlsVersion": "1.2"}}),
        (True, {"StringEquals": {"aws:PrincipalAccount": CUSTOMER}}),
        (False, {"StringLike": {"aws:PrincipalOrgID": "*"}}),
        (True, {"StringLike": {"aws:userid": "AROA*:tests"}}),
        (False, {"StringLike": {"aws:username": "*"}}),
        (True, {"DateGreaterThan": {"aws:TokenIssueTime": "2024-01-01T00:00:00Z"}}),
        (True, {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}),
        (True, {"Bool": {"aws:MultiFactorAuthPresent": "false"}}),
        (True, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{CUSTOMER}:role/SEA*"}}),
        (True, {"StringEquals": {"s3:prefix": ""}}),
        (False, {"StringEquals": {"s3:prefix": "plant-7/"}}),
        (True, {"DateLessThan": {"aws:CurrentTime": "2099-01-01T00:00:00Z"}}),
        (True, {"StringEquals": {"aws:ResourceAccount": CUSTOMER}}),
    ],
    ids=lambda value: "" if isinstance(value, bool) else "-".join(next(iter(value.values()))),
)
def test_a_condition_key_has_the_value_that_aws_gives_it(world: World, holds: bool, condition: dict[str, Any]) -> None:
    bucket = world.bucket()
    s3 = world.client("s3", world.access(allow("s3:ListBucket", on(bucket), Condition=condition)))
    assert (outcome(s3.list_objects_v2, Bucket=bucket, Prefix="")[0] == 200) is holds
    # Without the statement the call is denied, while stock moto allows every call.
    assert outcome(world.client("s3", world.access()).list_objects_v2, Bucket=bucket, Prefix="")[0] == 403


@pytest.mark.point(9)
def test_headers_and_tags_are_condition_keys(world: World) -> None:
    bucket = world.bucket()
    s3 = world.client(
        "s3",
        world.access(
            allow(
                ["s3:PutObject", "s3:PutObjectAcl"],
                on(bucket)[1],
                Condition={"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}},
            ),
            allow("s3:PutObject", on(bucket)[1] + "e", Condition={"StringEquals": {"s3:x-amz-server-side-encryption": "AES256"}}),
            allow("s3:GetObject", on(bucket)[1], Condition={"StringEquals": {"s3:ExistingObjectTag/kind": "recording"}}),
        ),
    )
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[:2] == DENIED
    assert outcome(s3.put_object, Bucket=bucket, Key="a", ACL="bucket-owner-full-control")[0] == 200
    assert outcome(s3.put_object, Bucket=bucket, Key="one", ServerSideEncryption="AES256")[0] == 200
    assert outcome(s3.get_object, Bucket=bucket, Key="a")[:2] == DENIED
    world.admin("s3").put_object_tagging(Bucket=bucket, Key="a", Tagging={"TagSet": [{"Key": "kind", "Value": "recording"}]})
    assert outcome(s3.get_object, Bucket=bucket, Key="a")[0] == 200


@pytest.mark.point(9)
def test_via_service_holds_through_s3_and_not_directly(world: World) -> None:
    key = world.key()
    bucket = world.bucket(kms=key)
    keys = world.access(
        allow(OBJECTS, on(bucket)),
        allow(
            "kms:*",
            key,
            Condition={"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:CallerAccount": CUSTOMER}},
        ),
    )
    assert outcome(world.client("s3", keys).put_object, Bucket=bucket, Key="a")[0] == 200
    assert outcome(world.client("kms", keys).encrypt, KeyId=key, Plaintext=b"x", DryRun=True)[:2] == (
        400,
        "AccessDeniedException",
    )


@pytest.mark.point(9)
def test_the_aws_managed_key_works_for_everybody_through_s3_and_for_nobody_directly(world: World) -> None:
    bucket = world.bucket(kms="managed")
    keys = world.access(allow(OBJECTS, on(bucket)))
    answer = world.client("s3", keys).put_object(Bucket=bucket, Key="a", Body=b"text")
    assert outcome(world.client("s3", keys).get_object, Bucket=bucket, Key="a")[0] == 200
    key = answer.get("SSEKMSKeyId", "none")
    denied = outcome(world.client("kms", keys).generate_data_key, KeyId=key, KeySpec="AES_256", DryRun=True)
    assert denied[:2] == (400, "AccessDeniedException")


@pytest.mark.point(9)
def test_a_permissions_boundary_limits_a_users_permissions(world: World) -> None:
    iam, bucket = world.admin("iam"), world.bucket()
    name, keys = world.user(policy(allow("s3:*", on(bucket))))
    document = json.dumps(policy(allow("s3:ListBucket")))
    boundary = iam.create_policy(PolicyName=f"boundary-{name}", PolicyDocument=document)["Policy"]["Arn"]
    s3 = world.client("s3", keys)
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[0] == 200
    iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=boundary)
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[2].endswith("no permissions boundary allows the s3:PutObject action")
    assert outcome(s3.list_objects_v2, Bucket=bucket)[0] == 200
    iam.delete_user_permissions_boundary(UserName=name)
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[0] == 200


@pytest.mark.point(9)
def test_an_unusable_key_makes_s3_answer_400(world: World) -> None:
    kms = world.admin("kms")
    for act, code in (
        (lambda key: kms.disable_key(KeyId=key), "KMS.DisabledException"),
        (lambda key: kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7), "KMS.KMSInvalidStateException"),
    ):
        key = world.key()
        bucket = world.bucket(kms=key)
        world.admin("s3").put_object(Bucket=bucket, Key="a")
        act(key.split("/")[1])
        assert outcome(world.admin("s3").put_object, Bucket=bucket, Key="b")[:2] == (400, code)
        assert outcome(world.admin("s3").get_object, Bucket=bucket, Key="a")[:2] == (400, code)
        assert outcome(kms.encrypt, KeyId=key, Plaintext=b"x")[:2] == (400, code.removeprefix("KMS."))


@pytest.mark.point(9)
def test_kms_does_not_name_another_accounts_key(world: World) -> None:
    key = world.key(account=OTHER)
    kms = world.client("kms", world.access(allow("kms:*")))
    status, code, message = outcome(kms.generate_data_key, KeyId=key, KeySpec="AES_256")
    assert (status, code) == (400, "AccessDeniedException")
    assert key not in message and "on this resource because the resource does not exist in this Region" in message


@pytest.mark.point(9)
def test_an_inactive_key_is_rejected_and_no_policy_denies_get_caller_identity(world: World) -> None:
    name, keys = world.user(policy({**allow("*"), "Effect": "Deny"}))
    assert outcome(world.client("sts", keys).get_caller_identity)[0] == 200
    world.admin("iam").update_access_key(UserName=name, AccessKeyId=keys[0], Status="Inactive")
    assert outcome(world.client("sts", keys).get_caller_identity)[:2] == (403, "InvalidClientTokenId")
    assert outcome(world.client("s3", keys).list_buckets)[:2] == (403, "InvalidAccessKeyId")


@pytest.mark.point(9)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"Policy": "x" * 2049}, "ValidationError"),
        ({"Policy": '{"Version": "2012-10-17", "Statement": "\u0100"}'}, "ValidationError"),
        ({"Policy": "no policy"}, "MalformedPolicyDocument"),
        ({"DurationSeconds": 3601}, "ValidationError"),
        ({"RoleSessionName": "not a name"}, "ValidationError"),
    ],
    ids=["long", "character", "malformed", "chained-for-more-than-an-hour", "session-name"],
)
def test_sts_enforces_its_limits(world: World, arguments: dict[str, Any], code: str) -> None:
    assert world.assuming(world.role(), **arguments)[:2] == (400, code)


@pytest.mark.point(9)
def test_an_unknown_policy_element_is_an_error(world: World) -> None:
    bucket = world.bucket()
    s3 = world.client("s3", world.access(allow("s3:ListBucket", on(bucket), Condition={"StringEquals": {"s3:noSuchKey": "x"}})))
    status, code, message = outcome(s3.list_objects_v2, Bucket=bucket)
    assert (status, code) == (501, "LocalAwsUnknownPolicyElement") and "s3:nosuchkey" in message.lower()


# 10. Controls for tests.


@pytest.mark.point(10)
@pytest.mark.parametrize(
    ("service", "operation", "expected"),
    [
        ("s3", "ListBuckets", (503, "SlowDown")),
        ("sts", "GetCallerIdentity", (400, "Throttling")),
        ("kms", "ListKeys", (400, "ThrottlingException")),
        ("dynamodb", "ListTables", (400, "ProvisionedThroughputExceededException")),
    ],
)
def test_a_throttle_uses_each_services_own_code_and_affects_one_caller_only(
    world: World, service: str, operation: str, expected: tuple[int, str]
) -> None:
    _, keys = world.user(policy(allow("*")))
    method = {
        "ListBuckets": "list_buckets",
        "GetCallerIdentity": "get_caller_identity",
        "ListKeys": "list_keys",
        "ListTables": "list_tables",
    }[operation]
    world.control(
        "POST",
        "faults",
        {"kind": "throttle", "service": service, "operation": operation, "times": 2, "match": {"accessKeyId": keys[0]}},
    )
    assert outcome(getattr(world.admin(service), method))[0] == 200
    call = getattr(world.client(service, keys), method)
    assert [outcome(call)[:2] for _ in range(3)] == [expected, expected, (200, "")]


@pytest.mark.point(10)
def test_a_call_whose_answer_is_lost_has_been_carried_out(world: World) -> None:
    bucket, s3 = world.bucket(), world.admin("s3")
    world.control("POST", "faults", {"kind": "lost-answer", "operation": "PutObject", "match": {"bucket": bucket}})
    with pytest.raises(Exception, match="Connection"):
        s3.put_object(Bucket=bucket, Key="a", Body=b"text")
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"text"


def test_a_call_that_is_held_back_goes_on_when_the_fault_is_deleted(world: World) -> None:
    bucket, s3 = world.bucket(), world.admin("s3")
    match = {"bucket": bucket}
    fault = world.control("POST", "faults", {"kind": "delay", "delaySeconds": 60, "operation": "PutObject", "match": match})
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        put = pool.submit(s3.put_object, Bucket=bucket, Key="a", Body=b"text")
        while not any(known["id"] == fault["id"] and known["used"] for known in world.control("GET", "faults")):
            assert not put.done()
        world.control("DELETE", f"faults/{fault['id']}", {})
        put.result(timeout=30)
    assert time.monotonic() - began < 50
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"text"


def test_an_answer_says_when_its_connection_is_closed(world: World) -> None:
    with urllib.request.urlopen(f"{world.url}/_local/health", timeout=5) as answer:  # which asks to close it
        assert answer.headers["Connection"] == "close"


def test_the_connection_can_fail_and_the_answer_can_be_damaged(world: World) -> None:
    bucket, s3 = world.bucket(), world.admin("s3")
    s3.put_object(Bucket=bucket, Key="a", Body=b"text" * 100)
    for kind in ("reset", "hang", "no-http", "truncate"):
        world.control(
            "POST", "faults", {"kind": kind, "delaySeconds": 0.1, "operation": "GetObject", "match": {"bucket": bucket}}
        )
        with pytest.raises(Exception, match="(?i)connection|incomplete|status line"):
            s3.get_object(Bucket=bucket, Key="a")["Body"].read()
    for kind, status, body in (
        ("html", 200, b"<!DOCTYPE html>"),
        ("empty", 200, b""),
        ("500", 500, b"<?xml"),
        ("error", 403, b"<?xml"),
    ):
        world.control(
            "POST",
            "faults",
            {
                "kind": kind,
                "operation": "GetObject",
                "match": {"bucket": bucket},
                **({"status": 403, "code": "InvalidObjectState"} if kind == "error" else {}),
            },
        )
        answer = world.raw("GET", f"/{bucket}/a", world._clients[CUSTOMER])
        assert answer[0] == status and answer[2].startswith(body)


@pytest.mark.point(10)
def test_latency_can_be_added_and_the_log_has_each_calls_times(world: World) -> None:
    role = world.role()
    world.control("POST", "latency", {"ms": 150, "service": "sts", "operation": "AssumeRole"})
    try:
        assert world.assuming(role)[0] == 200
    finally:
        world.control("DELETE", "latency")
    world.assuming(role, ExternalId="another")
    slow, refused = world.control("GET", f"calls?service=sts&roleArn={role}")
    assert (slow["operation"], slow["status"], slow["error"]) == ("AssumeRole", 200, None)
    assert slow["end"] - slow["start"] >= 150
    assert (refused["status"], refused["error"], refused["externalId"]) == (403, "AccessDenied", "another")


# 11. Who pays for a bucket, who owns its objects, what locks them, and who may have its name.


PAYER = "requester"


@pytest.mark.point(11)
def test_a_requester_pays_bucket_denies_other_accounts_that_do_not_say_that_they_pay(world: World) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html"""
    bucket, owner = world.bucket(OTHER), world.admin("s3", OTHER)
    world.bucket_policy(bucket, policy({**allow("s3:*", on(bucket)), "Principal": {"AWS": CUSTOMER}}), OTHER)
    keys = world.access(allow("s3:*", on(bucket)))
    s3 = world.client("s3", keys)
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[0] == 200
    assert (
        outcome(owner.put_bucket_request_payment, Bucket=bucket, RequestPaymentConfiguration={"Payer": "Requester"})[0] == 200
    )
    assert owner.get_bucket_request_payment(Bucket=bucket).get("Payer") == "Requester"
    for call in (s3.list_objects_v2, s3.put_object, s3.get_object, s3.get_object_tagging, s3.delete_object):
        named = {"Bucket": bucket} if call == s3.list_objects_v2 else {"Bucket": bucket, "Key": "a"}
        assert outcome(call, **named) == (*DENIED, "Access Denied")
        assert outcome(call, **named, RequestPayer=PAYER)[0] in (200, 204)
    assert world.raw("HEAD", f"/{bucket}", keys)[::2] == (403, b"")
    assert world.raw("HEAD", f"/{bucket}", keys, headers={"x-amz-request-payer": PAYER})[0] == 200
    assert s3.list_objects_v2(Bucket=bucket, RequestPayer=PAYER).get("RequestCharged") == PAYER
    assert outcome(owner.list_objects_v2, Bucket=bucket)[0] == 200


def locked_bucket(world: World) -> str:
    s3, name = world.admin("s3"), f"test-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    keep = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
    s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": keep})
    return name


@pytest.mark.point(11)
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"x-amz-sdk-checksum-algorithm": "CRC32"}, 400),
        ({"content-md5": "1B2M2Y8AsgTpgAmY7PhCfg=="}, 200),
        ({"x-amz-checksum-crc32": "AAAAAA=="}, 200),
        ({"x-amz-checksum-sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}, 200),
    ],
    ids=["none", "algorithm-only", "md5", "crc32", "sha256"],
)
def test_an_upload_that_default_retention_locks_needs_a_checksum(
    world: World, headers: dict[str, str], status: int
) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html: the signed hash of the payload is not enough."""
    bucket = locked_bucket(world)
    may, may_not = world.access(allow("s3:PutObject", on(bucket))), world.access(allow("s3:GetObject", on(bucket)))
    sent = {"x-amz-content-sha256": hashlib.sha256(b"").hexdigest(), **headers}
    seen, _, body = world.raw("PUT", f"/{bucket}/a", may, headers=sent)
    assert seen == status
    if status == 400:
        assert b"Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests" in body
    assert world.raw("PUT", f"/{bucket}/a", may_not, headers=sent)[0] == 403


@pytest.mark.point(11)
def test_default_retention_needs_no_permission_and_retention_of_ones_own_does(world: World) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html"""
    bucket = locked_bucket(world)
    s3 = world.client("s3", world.access(allow(["s3:PutObject", "s3:GetObject", "s3:DeleteObject*"], on(bucket))))
    version = s3.put_object(Bucket=bucket, Key="a", Body=b"text")["VersionId"]
    assert s3.get_object(Bucket=bucket, Key="a")["ObjectLockMode"] == "GOVERNANCE"
    until = datetime.now(timezone.utc) + timedelta(days=1)
    mine = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": until}
    assert "s3:PutObjectRetention" in outcome(s3.put_object, Bucket=bucket, Key="a", **mine)[2]
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[0] == 200  # another version: nothing is overwritten
    assert outcome(s3.delete_object, Bucket=bucket, Key="a", VersionId=version)[:2] == DENIED
    bypass = outcome(s3.delete_object, Bucket=bucket, Key="a", VersionId=version, BypassGovernanceRetention=True)
    assert bypass[:2] == DENIED and "s3:BypassGovernanceRetention" in bypass[2]


def shared_bucket(world: World, ownership: str) -> tuple[str, Any]:
    """A bucket of the other account that a role of the customer may write to, and the role's client."""
    bucket = world.bucket(OTHER)
    rules = {"Rules": [{"ObjectOwnership": ownership}]}
    world.admin("s3", OTHER).put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=rules)
    grant = allow(["s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject"], on(bucket)[1])
    world.bucket_policy(bucket, policy({**grant, "Principal": {"AWS": CUSTOMER}}), OTHER)
    return bucket, world.client("s3", world.access(allow("s3:*", on(bucket))))


FULL_CONTROL = "bucket-owner-full-control"


@pytest.mark.point(11)
def test_the_account_that_uploads_owns_the_object_and_the_buckets_owner_cannot_read_it(world: World) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html"""
    (bucket, writer), owner = shared_bucket(world, "ObjectWriter"), world.admin("s3", OTHER)
    read = lambda s3, key="a": outcome(s3.get_object, Bucket=bucket, Key=key)
    assert outcome(writer.put_object, Bucket=bucket, Key="a")[0] == 200
    assert read(writer)[0] == 200  # the bucket policy need not allow it: the object is not the bucket owner's
    assert read(owner) == (*DENIED, "Access Denied")
    assert outcome(owner.list_objects_v2, Bucket=bucket)[0] == 200
    assert outcome(writer.put_object_acl, Bucket=bucket, Key="a", ACL=FULL_CONTROL)[0] == 200
    assert read(owner)[0] == 200
    assert outcome(owner.get_object_tagging, Bucket=bucket, Key="a")[:2] == DENIED  # no ACL grants this
    assert outcome(writer.put_object, Bucket=bucket, Key="b", ACL="bucket-owner-read")[0] == 200
    assert read(owner, "b")[0] == 200
    assert outcome(owner.get_object_acl, Bucket=bucket, Key="b")[:2] == DENIED
    stranger = world.client("s3", world.access(allow("s3:ListBucket", on(bucket))))
    assert read(stranger)[:2] == DENIED
    assert outcome(owner.delete_object, Bucket=bucket, Key="a")[0] == 204


@pytest.mark.point(11)
def test_a_bucket_policy_can_deny_but_not_allow_reading_another_accounts_object(world: World) -> None:
    (bucket, writer), owner = shared_bucket(world, "ObjectWriter"), world.admin("s3", OTHER)
    assert outcome(writer.put_object, Bucket=bucket, Key="a")[0] == 200
    owner.delete_public_access_block(Bucket=bucket)
    everybody = {"Principal": "*", **allow("s3:GetObject", on(bucket)[1])}
    world.bucket_policy(bucket, policy(everybody), OTHER)
    assert outcome(owner.get_object, Bucket=bucket, Key="a")[:2] == DENIED
    assert outcome(writer.get_object, Bucket=bucket, Key="a")[0] == 200
    world.bucket_policy(bucket, policy({**everybody, "Effect": "Deny"}), OTHER)
    assert outcome(writer.get_object, Bucket=bucket, Key="a") == (*DENIED, "Access Denied")


@pytest.mark.point(11)
def test_the_buckets_owner_takes_what_it_is_given_or_everything(world: World) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"""
    (bucket, writer), owner = shared_bucket(world, "BucketOwnerPreferred"), world.admin("s3", OTHER)
    assert outcome(writer.put_object, Bucket=bucket, Key="given", ACL=FULL_CONTROL)[0] == 200
    assert outcome(writer.put_object, Bucket=bucket, Key="kept")[0] == 200
    read = lambda s3, key: outcome(s3.get_object, Bucket=bucket, Key=key)[:2]
    assert (read(owner, "given"), read(owner, "kept")) == ((200, ""), DENIED)
    assert (read(writer, "given"), read(writer, "kept")) == (DENIED, (200, ""))
    enforced = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    owner.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=enforced)
    assert (read(owner, "kept"), read(writer, "kept")) == ((200, ""), DENIED)


@pytest.mark.point(11)
@pytest.mark.parametrize("ownership", ["", "BucketOwnerEnforced"], ids=["by-default", "enforced"])
def test_a_bucket_that_enforces_its_owner_takes_no_acl_but_the_owners(world: World, ownership: str) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/ensure-object-ownership.html"""
    bucket, s3 = world.bucket(), world.admin("s3")
    if ownership:
        rules = {"Rules": [{"ObjectOwnership": ownership}]}
        s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=rules)
    refused = (400, "AccessControlListNotSupported")
    assert outcome(s3.put_object, Bucket=bucket, Key="a", ACL="private")[:2] == refused
    assert outcome(s3.put_object, Bucket=bucket, Key="a", ACL=FULL_CONTROL)[0] == 200
    assert outcome(s3.put_object_acl, Bucket=bucket, Key="a", ACL="public-read")[:2] == refused


@pytest.mark.point(11)
@pytest.mark.parametrize(
    ("name", "region", "namespace", "code"),
    [
        ("{}-{customer}-us-east-1-an", "us-east-1", "account-regional", ""),
        ("{}-{customer}-eu-central-1-an", "eu-central-1", "account-regional", ""),
        ("{}-{customer}-us-east-1-an", "us-east-1", "", "MissingNamespaceHeader"),
        ("{}-{other}-us-east-1-an", "us-east-1", "account-regional", "InvalidNamespaceHeader"),
        ("{}-{other}-us-east-1-an", "us-east-1", "", "MissingNamespaceHeader"),
        ("{}-{customer}-us-east-1-an", "eu-central-1", "account-regional", "InvalidNamespaceHeader"),
        ("{}-1234-us-east-1-an", "us-east-1", "", "InvalidBucketName"),
        ("{}-an", "us-east-1", "", "InvalidBucketName"),
    ],
    ids=["own", "own-elsewhere", "no-header", "other", "other-no-header", "wrong-region", "short-account", "suffix-only"],
)
def test_only_its_account_creates_a_bucket_with_an_account_regional_name_and_only_in_its_region(
    world: World, name: str, region: str, namespace: str, code: str
) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html#account-regional-naming-rules"""
    creating = lambda pattern, region, namespace: outcome(
        world.admin("s3", region=region).create_bucket,
        Bucket=pattern.format(f"test-{uuid.uuid4().hex[:8]}", customer=CUSTOMER, other=OTHER),
        **({"BucketNamespace": namespace} if namespace else {}),
        **({} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}),
    )
    assert creating(name, region, namespace)[1] == code
    assert creating("{}-an", "us-east-1", "")[:2] == (400, "InvalidBucketName")  # stock moto creates this one


# 12. Grants of KMS keys, and keys in several Regions.


USES = ["Encrypt", "Decrypt", "GenerateDataKey"]


def key_of_administrators(world: World, account: str = CUSTOMER) -> str:
    """A key that its policy opens to the account's administrators only: no IAM policy counts."""
    admin = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    return world.key(policy({**allow("kms:*"), "Principal": {"AWS": admin}}), account)


def encrypting(kms: Any, key: str, context: dict[str, str] | None = None) -> tuple[int, str]:
    return outcome(kms.encrypt, KeyId=key, Plaintext=b"x", EncryptionContext=context or {}, DryRun=True)[:2]


KMS_DENIED, WOULD = (400, "AccessDeniedException"), (412, "DryRunOperationException")


@pytest.mark.point(12)
@pytest.mark.parametrize("account", [CUSTOMER, OTHER], ids=["own-key", "another-accounts-key"])
def test_a_grant_allows_what_no_policy_allows_until_it_is_revoked(world: World, account: str) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/grants.html"""
    key, role, other = key_of_administrators(world, account), world.role(), world.role()
    owner, kms = world.admin("kms", account), world.client("kms", world.assume(role))
    assert encrypting(kms, key) == KMS_DENIED
    grant = owner.create_grant(KeyId=key, GranteePrincipal=role, Operations=["Encrypt"])["GrantId"]
    assert encrypting(kms, key) == WOULD
    assert outcome(kms.generate_data_key, KeyId=key, KeySpec="AES_256", DryRun=True)[:2] == KMS_DENIED
    assert encrypting(world.client("kms", world.assume(other)), key) == KMS_DENIED
    owner.revoke_grant(KeyId=key, GrantId=grant)
    assert encrypting(kms, key) == KMS_DENIED


@pytest.mark.point(12)
def test_a_denial_outweighs_a_grant(world: World) -> None:
    key = key_of_administrators(world)
    role = world.role(permissions=policy({**allow("kms:Encrypt"), "Effect": "Deny"}))
    world.admin("kms").create_grant(KeyId=key, GranteePrincipal=role, Operations=USES)
    kms = world.client("kms", world.assume(role))
    assert encrypting(kms, key) == KMS_DENIED
    assert outcome(kms.generate_data_key, KeyId=key, KeySpec="AES_256", DryRun=True)[:2] == WOULD


@pytest.mark.point(12)
@pytest.mark.parametrize(
    ("constraint", "allowed", "denied"),
    [
        ("EncryptionContextSubset", [{"plant": "7"}, {"plant": "7", "line": "3"}], [{}, {"plant": "8"}, {"line": "3"}]),
        ("EncryptionContextEquals", [{"plant": "7"}], [{}, {"plant": "8"}, {"plant": "7", "line": "3"}]),
    ],
)
def test_a_grants_constraint_compares_the_encryption_context(
    world: World, constraint: str, allowed: list[dict[str, str]], denied: list[dict[str, str]]
) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-constraints"""
    key, role = key_of_administrators(world), world.role()
    operations = ["Encrypt", "DescribeKey"]
    limits = {constraint: {"plant": "7"}}
    world.admin("kms").create_grant(KeyId=key, GranteePrincipal=role, Operations=operations, Constraints=limits)
    kms = world.client("kms", world.assume(role))
    assert [encrypting(kms, key, context) for context in denied] == [KMS_DENIED] * len(denied)
    assert [encrypting(kms, key, context) for context in allowed] == [WOULD] * len(allowed)
    assert outcome(kms.describe_key, KeyId=key)[0] == 200  # this has no encryption context


@pytest.mark.point(12)
def test_a_grant_lets_s3_use_the_key_for_the_role_and_for_the_objects_that_it_names(world: World) -> None:
    key, admin = key_of_administrators(world), world.admin("s3")
    bucket = world.bucket()
    rule = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    admin.put_bucket_encryption(
        Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": rule}]}
    )
    role = world.role(permissions=policy(allow(OBJECTS, on(bucket))))
    s3 = world.client("s3", world.assume(role))
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[:2] == DENIED
    limits = {"EncryptionContextSubset": {"aws:s3:arn": f"arn:aws:s3:::{bucket}/a"}}
    world.admin("kms").create_grant(KeyId=key, GranteePrincipal=role, Operations=USES, Constraints=limits)
    assert outcome(s3.put_object, Bucket=bucket, Key="a")[0] == 200
    assert outcome(s3.get_object, Bucket=bucket, Key="a")[0] == 200
    assert outcome(s3.put_object, Bucket=bucket, Key="b")[:2] == DENIED


@pytest.mark.point(12)
def test_a_role_made_again_does_not_inherit_the_grant(world: World) -> None:
    key, name = key_of_administrators(world), f"SEA_ext_access_{uuid.uuid4().hex[:10]}"
    iam, role = world.admin("iam"), world.role(name=name)
    world.admin("kms").create_grant(KeyId=key, GranteePrincipal=role, Operations=USES)
    assert encrypting(world.client("kms", world.assume(role)), key) == WOULD
    iam.delete_role(RoleName=name)
    world.role(name=name)
    assert encrypting(world.client("kms", world.assume(role)), key) == KMS_DENIED


@pytest.mark.point(12)
def test_who_may_create_grants_can_be_limited_to_grantees_and_operations(world: World) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/grant-authorization.html"""
    key, grantee = world.key(), world.role()
    limits = {
        "ForAllValues:StringEquals": {"kms:GrantOperations": ["Decrypt"]},
        "StringEquals": {"kms:GranteePrincipal": grantee},
    }
    kms = world.client("kms", world.access(allow("kms:CreateGrant", key, Condition=limits)))
    create = lambda to, *operations: outcome(kms.create_grant, KeyId=key, GranteePrincipal=to, Operations=[*operations])[:2]
    assert create(grantee, "Decrypt")[0] == 200
    assert create(grantee, "Decrypt", "Encrypt") == KMS_DENIED
    assert create(world.role(), "Decrypt") == KMS_DENIED


@pytest.mark.point(12)
def test_a_multi_region_key_exists_in_another_region_only_as_a_replica_with_its_own_policy_and_grants(world: World) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"""
    kms, elsewhere = world.admin("kms"), "eu-central-1"
    key = kms.create_key(MultiRegion=True)["KeyMetadata"]["Arn"]
    replica, bucket = key.replace("us-east-1", elsewhere), world.bucket(region=elsewhere)
    role = world.role(permissions=policy(allow(OBJECTS, on(bucket))))
    kms.create_grant(KeyId=key, GranteePrincipal=role, Operations=USES)
    s3 = world.client("s3", world.assume(role), elsewhere)
    put = lambda client, arn: outcome(
        client.put_object, Bucket=bucket, Key="a", ServerSideEncryption="aws:kms", SSEKMSKeyId=arn
    )[:2]
    assert put(s3, replica) == put(s3, key) == (400, "KMS.NotFoundException")
    kms.replicate_key(KeyId=key, ReplicaRegion=elsewhere)
    assert put(s3, replica) == DENIED  # the grant is on the primary key only
    assert put(world.admin("s3", region=elsewhere), replica)[0] == 200
    world.admin("kms", region=elsewhere).create_grant(KeyId=replica, GranteePrincipal=role, Operations=USES)
    assert put(s3, replica)[0] == 200


@pytest.mark.point(20)
def test_the_name_of_a_secret_that_is_to_be_deleted_is_taken(world: World) -> None:
    secrets, name = world.client("secretsmanager", ADMIN), f"secret-{uuid.uuid4()}"
    make = lambda: outcome(secrets.create_secret, Name=name, SecretString="{}")[:2]
    assert make() == (200, "")
    assert make() == (400, "ResourceExistsException")
    secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    assert make() == (400, "InvalidRequestException")
    secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    assert make() == (200, "")


# The service's own principals have the permissions that the template grants, and no others.


@pytest.mark.point(5)
def test_the_gateway_role_may_assume_roles_with_the_prefix_and_nothing_else(world: World) -> None:
    role = world.role(trust({"AWS": GATEWAY}), name=f"another-{uuid.uuid4().hex[:8]}")
    assert world.assuming(role)[:2] == DENIED
    assert outcome(world.client("s3", world._clients["gateway"]).list_buckets)[:2] == DENIED
    assert outcome(world.client("dynamodb", world._clients["gateway"]).list_tables)[:2] == (400, "AccessDeniedException")


def test_the_function_has_only_the_permissions_that_the_template_grants(world: World) -> None:
    table = world.client("dynamodb", FUNCTION)
    name = "local-sea-external-integrations"
    item = {"PK": {"S": "TENANT#t"}, "SK": {"S": f"INT#{uuid.uuid4()}"}}
    assert outcome(table.put_item, TableName=name, Item=item)[0] == 200
    assert outcome(table.transact_write_items, TransactItems=[{"Delete": {"TableName": name, "Key": item}}])[0] == 200
    assert outcome(table.scan, TableName=name)[:2] == (400, "AccessDeniedException")
    secrets = world.client("secretsmanager", FUNCTION)
    assert outcome(secrets.create_secret, Name=f"local/sea-external-integrations/t/{uuid.uuid4()}", SecretString="{}")[0] == 200
    assert outcome(secrets.create_secret, Name="another", SecretString="{}")[:2] == (400, "AccessDeniedException")
