"""Requests without a signature: what anybody learns of a bucket.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
"""

from __future__ import annotations

import pytest
from world import CUSTOMER, OTHER, Reply, World


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
