"""Version IDs and expiry dates, as answers about objects tell them.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html
https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#API_PutObject_ResponseSyntax
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from world import World

DATE = "%a, %d %b %Y %H:%M:%S GMT"

# 18. What an upload's answer tells of the bucket.


def rule(name: str, prefix: str = "", **more: Any) -> dict[str, Any]:
    return {"ID": name, "Status": "Enabled", "Filter": {"Prefix": prefix}, **more}


def expiration(world: World, *rules: dict[str, Any], key: str = "a/b", tags: str = "") -> str | None:
    """What the upload is told, which a read must be told, too."""
    bucket, s3 = world.bucket(), world.admin("s3")
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": list(rules)})
    told = s3.put_object(Bucket=bucket, Key=key, Body=b"text", Tagging=tags).get("Expiration")
    assert s3.get_object(Bucket=bucket, Key=key).get("Expiration") == told
    assert s3.head_object(Bucket=bucket, Key=key).get("Expiration") == told
    return told


def in_days(days: int) -> str:
    """The next midnight after so many days."""
    due = datetime.now(UTC) + timedelta(days=days + 1)
    return due.replace(hour=0, minute=0, second=0, microsecond=0).strftime(DATE)


@pytest.mark.point(18)
def test_the_date_is_the_midnight_after_the_days_and_the_rules_name_is_encoded(world: World) -> None:
    before = in_days(7)
    told = expiration(world, rule("Delete after a week", Expiration={"Days": 7}))
    assert told in {f'expiry-date="{day}", rule-id="Delete%20after%20a%20week"' for day in (before, in_days(7))}


@pytest.mark.point(18)
def test_of_several_rules_the_one_that_comes_first_is_told(world: World) -> None:
    told = expiration(world, rule("late", Expiration={"Days": 30}), rule("early", "a/", Expiration={"Days": 1}))
    assert told is not None and re.search(r'rule-id="early"$', told)


@pytest.mark.point(18)
def test_a_rule_with_a_date_is_told_with_it(world: World) -> None:
    told = expiration(world, rule("once", Expiration={"Date": datetime(2031, 1, 1, tzinfo=UTC)}))
    assert told == 'expiry-date="Wed, 01 Jan 2031 00:00:00 GMT", rule-id="once"'


@pytest.mark.point(18)
def test_a_rule_for_a_tag_is_told_of_objects_that_have_it(world: World) -> None:
    tagged = {"ID": "tagged", "Status": "Enabled", "Filter": {"Tag": {"Key": "keep", "Value": "no"}}, "Expiration": {"Days": 1}}
    assert expiration(world, tagged, tags="keep=no") is not None
    assert expiration(world, tagged, tags="keep=yes") is None


def test_nothing_is_told_of_rules_that_do_not_delete_the_object(world: World) -> None:
    assert expiration(world, rule("elsewhere", "c/", Expiration={"Days": 1})) is None
    assert expiration(world, {**rule("off", Expiration={"Days": 1}), "Status": "Disabled"}) is None
    assert expiration(world, rule("old", NoncurrentVersionExpiration={"NoncurrentDays": 1})) is None
    assert expiration(world, rule("colder", Transitions=[{"Days": 30, "StorageClass": "GLACIER"}])) is None


def test_an_upload_has_a_version_id_only_where_versions_are_kept(world: World) -> None:
    bucket, s3 = world.bucket(), world.admin("s3")

    def upload() -> str | None:
        version = s3.put_object(Bucket=bucket, Key="a", Body=b"text").get("VersionId")
        return None if version is None else str(version)

    assert upload() is None
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first, second = upload(), upload()
    assert first not in (None, "null", second)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    assert upload() in (None, "null")
