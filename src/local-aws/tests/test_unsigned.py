"""Requests without a signature: what anybody learns of a bucket.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from world import CUSTOMER, OTHER, Reply, World, allow, outcome, policy


def anybody(world: World, bucket: str) -> tuple[int, str | None]:
    reply: Reply = world.send("HEAD", f"{world.url}/{bucket}")
    assert reply.body == b"" and reply.headers["x-amz-request-id"]
    return reply.status, reply.headers["x-amz-bucket-region"]


# 17. Unsigned requests.


@pytest.mark.point(17)
@pytest.mark.parametrize("owner", [CUSTOMER, OTHER])
def test_anybody_learns_a_buckets_region_though_refused(world: World, owner: str) -> None:
    assert anybody(world, world.bucket(owner)) == (403, "us-east-1")
    assert anybody(world, world.bucket(owner, "eu-central-1")) == (301, "eu-central-1")


@pytest.mark.point(17)
def test_anybody_learns_that_there_is_no_bucket(world: World) -> None:
    assert anybody(world, "there-is-no-such-bucket") == (404, None)


OPEN = {"BlockPublicAcls": False, "IgnorePublicAcls": False, "BlockPublicPolicy": False, "RestrictPublicBuckets": False}
ACCESS_DENIED = (403, "AccessDenied")


def public(world: World, ownership: str = "BucketOwnerEnforced") -> str:
    """A bucket with two objects, of which nothing is blocked."""
    bucket, s3 = world.bucket(), world.admin("s3")
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=OPEN)
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": ownership}]})
    for key in ("open/a", "closed/a"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"text")
    return bucket


def everybody(action: str, resource: str, **more: Any) -> dict[str, Any]:
    return policy(allow(action, resource, Principal="*", **more))


def get(world: World, path: str) -> Reply:
    return world.send("GET", f"{world.url}/{path}")


@pytest.mark.point(17)
def test_nobody_reads_or_lists_what_no_policy_opens(world: World) -> None:
    bucket = public(world)
    for path in (f"{bucket}/open/a", f"{bucket}/none", f"{bucket}?list-type=2"):
        assert get(world, path).refusal == ACCESS_DENIED
    assert world.send("PUT", f"{world.url}/{bucket}/open/b", b"text").refusal == ACCESS_DENIED


@pytest.mark.point(17)
def test_a_policy_for_everybody_opens_the_keys_that_it_names(world: World) -> None:
    bucket = public(world)
    world.bucket_policy(bucket, everybody("s3:GetObject", f"arn:aws:s3:::{bucket}/open/*"))
    assert (get(world, f"{bucket}/open/a").status, get(world, f"{bucket}/open/a").body) == (200, b"text")
    assert get(world, f"{bucket}/closed/a").refusal == ACCESS_DENIED
    assert get(world, f"{bucket}/open/none").refusal == ACCESS_DENIED  # who may not list learns nothing
    assert get(world, f"{bucket}?list-type=2").refusal == ACCESS_DENIED
    assert world.send("HEAD", f"{world.url}/{bucket}").status == 403


@pytest.mark.point(17)
def test_a_list_for_everybody_may_be_of_one_prefix(world: World) -> None:
    bucket = public(world)
    only = {"StringLike": {"s3:prefix": "open/*"}}
    world.bucket_policy(bucket, everybody("s3:ListBucket", f"arn:aws:s3:::{bucket}", Condition=only))
    assert get(world, f"{bucket}?list-type=2&prefix=open%2F").status == 200
    assert get(world, f"{bucket}?list-type=2&prefix=closed%2F").refusal == ACCESS_DENIED
    assert get(world, f"{bucket}?list-type=2").refusal == ACCESS_DENIED


@pytest.mark.point(17)
@pytest.mark.parametrize(
    "condition",
    [{"StringEquals": {"aws:PrincipalAccount": CUSTOMER}}, {"StringEquals": {"s3:authType": "REST-HEADER"}}],
    ids=["of-an-account", "signed"],
)
def test_a_condition_on_the_caller_lets_nobody_in_who_is_unknown(world: World, condition: dict[str, Any]) -> None:
    bucket = public(world)
    world.bucket_policy(bucket, everybody("s3:GetObject", f"arn:aws:s3:::{bucket}/*", Condition=condition))
    assert get(world, f"{bucket}/open/a").refusal == ACCESS_DENIED


@pytest.mark.point(17)
def test_a_deny_holds_for_everybody(world: World) -> None:
    bucket = public(world)
    statements = [
        allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*", Principal="*"),
        allow("s3:GetObject", f"arn:aws:s3:::{bucket}/closed/*", Principal="*", Effect="Deny"),
    ]
    world.bucket_policy(bucket, policy(*statements))
    assert get(world, f"{bucket}/open/a").status == 200
    assert get(world, f"{bucket}/closed/a").refusal == ACCESS_DENIED


@pytest.mark.point(17)
def test_a_bucket_that_blocks_public_access_takes_no_public_policy_and_no_public_acl(world: World) -> None:
    bucket, s3 = world.bucket(), world.admin("s3")
    blocked = {"BlockPublicAcls": True, "BlockPublicPolicy": True}
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=OPEN | blocked)
    document = json.dumps(everybody("s3:GetObject", f"arn:aws:s3:::{bucket}/*"))
    assert outcome(s3.put_bucket_policy, Bucket=bucket, Policy=document)[:2] == ACCESS_DENIED
    narrow = json.dumps(
        everybody("s3:GetObject", f"arn:aws:s3:::{bucket}/*", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1a2b"}})
    )
    assert outcome(s3.put_bucket_policy, Bucket=bucket, Policy=narrow)[0] == 200
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    assert outcome(s3.put_object, Bucket=bucket, Key="a", Body=b"", ACL="public-read")[:2] == ACCESS_DENIED


@pytest.mark.point(17)
def test_block_public_access_overrules_a_policy_and_an_acl_that_are_there(world: World) -> None:
    bucket, s3 = public(world, "ObjectWriter"), world.admin("s3")
    s3.put_object_acl(Bucket=bucket, Key="closed/a", ACL="public-read")
    world.bucket_policy(bucket, everybody("s3:GetObject", f"arn:aws:s3:::{bucket}/open/*"))
    assert [get(world, f"{bucket}/{key}").status for key in ("open/a", "closed/a")] == [200, 200]
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=OPEN | {"RestrictPublicBuckets": True})
    assert [get(world, f"{bucket}/{key}").status for key in ("open/a", "closed/a")] == [403, 200]
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=OPEN | {"IgnorePublicAcls": True})
    assert [get(world, f"{bucket}/{key}").status for key in ("open/a", "closed/a")] == [200, 403]
    s3.delete_public_access_block(Bucket=bucket)
    assert [get(world, f"{bucket}/{key}").status for key in ("open/a", "closed/a")] == [200, 200]


@pytest.mark.point(17)
def test_an_acl_opens_nothing_once_the_bucket_owner_enforces_ownership(world: World) -> None:
    bucket, s3 = public(world, "ObjectWriter"), world.admin("s3")
    s3.put_object_acl(Bucket=bucket, Key="open/a", ACL="public-read")
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    assert get(world, f"{bucket}/open/a").status == get(world, f"{bucket}?list-type=2").status == 200
    s3.put_bucket_ownership_controls(
        Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    )
    assert get(world, f"{bucket}/open/a").refusal == get(world, f"{bucket}?list-type=2").refusal == ACCESS_DENIED


@pytest.mark.point(17)
def test_an_object_under_a_kms_key_is_for_signed_requests_only(world: World) -> None:
    bucket = world.bucket(kms="managed")
    s3 = world.admin("s3")
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=OPEN)
    s3.put_object(Bucket=bucket, Key="a", Body=b"text")
    world.bucket_policy(bucket, everybody("s3:GetObject", f"arn:aws:s3:::{bucket}/*"))
    assert get(world, f"{bucket}/a").refusal == (400, "InvalidArgument")
