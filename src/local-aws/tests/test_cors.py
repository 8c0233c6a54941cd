"""CORS: S3 answers a browser by the bucket's first rule that fits.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
"""

from __future__ import annotations

from typing import Any

import pytest
from world import Keys, Reply, World, allow

PAGE = "https://sea.example.com"
FORBIDDEN = (403, "AccessForbidden")
RULES = [
    {
        "AllowedOrigins": [PAGE],
        "AllowedMethods": ["GET", "HEAD"],
        "AllowedHeaders": ["range"],
        "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": 600,
    },
    {"AllowedOrigins": ["https://*.example.com"], "AllowedMethods": ["PUT"], "AllowedHeaders": ["x-amz-*", "Content-Type"]},
    {"AllowedOrigins": ["*"], "AllowedMethods": ["GET"]},
]


@pytest.fixture
def bucket(world: World) -> str:
    name = world.bucket()
    world.admin("s3").put_object(Bucket=name, Key="a", Body=b"0123456789")
    world.admin("s3").put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": RULES})
    return name


@pytest.fixture
def keys(world: World, bucket: str) -> Keys:
    return world.access(allow(["s3:GetObject", "s3:PutObject"], f"arn:aws:s3:::{bucket}/*"))


def preflight(world: World, path: str, method: str | None = "GET", origin: str | None = PAGE, headers: str = "") -> Reply:
    given = {"origin": origin, "access-control-request-method": method, "access-control-request-headers": headers}
    return world.send("OPTIONS", world.url + path, headers={name: value for name, value in given.items() if value})


def cors(reply: Reply) -> dict[str, Any]:
    return {k.lower(): v for k, v in reply.headers.items() if k.lower().startswith("access-control-")}


# 16. CORS.


@pytest.mark.point(16)
def test_a_preflight_is_answered_by_the_first_rule_that_fits(world: World, bucket: str, keys: Keys) -> None:
    url = world.presign("GET", f"/{bucket}/a", keys).removeprefix(world.url)  # a browser asks with the whole URL
    reply = preflight(world, url, headers="Range")
    assert (reply.status, reply.body) == (200, b"")
    assert cors(reply) == {
        "access-control-allow-origin": PAGE,
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "range",
        "access-control-expose-headers": "ETag",
        "access-control-max-age": "600",
        "access-control-allow-credentials": "true",
    }
    assert reply.headers["Vary"] == "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
    put = preflight(world, f"/{bucket}/b", "PUT", headers="content-type, x-amz-checksum-sha256")
    assert put.status == 200 and cors(put) == {
        "access-control-allow-origin": PAGE,
        "access-control-allow-methods": "PUT",
        "access-control-allow-headers": "content-type, x-amz-checksum-sha256",
        "access-control-allow-credentials": "true",
    }
    anybody = preflight(world, f"/{bucket}/a", origin="https://anybody.example")
    assert cors(anybody) == {"access-control-allow-origin": "*", "access-control-allow-methods": "GET"}


@pytest.mark.point(16)
@pytest.mark.parametrize(
    ("method", "origin", "headers"),
    [
        ("DELETE", PAGE, ""),
        ("PUT", "https://sea.example.org", ""),
        ("PUT", "http://sea.example.com", ""),
        ("PUT", PAGE, "content-type,if-none-match"),
        ("HEAD", "https://anybody.example", ""),
        ("GET", "https://anybody.example", "range"),
        ("GET", "https://app.example.com", "range"),
    ],
    ids=["method", "origin", "scheme", "header", "method-of-another-rule", "header-of-another-rule", "rule-for-put-only"],
)
def test_a_preflight_that_no_rule_fits_is_forbidden(world: World, bucket: str, method: str, origin: str, headers: str) -> None:
    reply = preflight(world, f"/{bucket}/a", method, origin, headers)
    assert reply.refusal == FORBIDDEN and cors(reply) == {}
    assert reply.error["Message"].startswith("CORSResponse: This CORS request is not allowed. This is usually because")
    assert (reply.error["Method"], reply.error["ResourceType"]) == (method, "OBJECT")


@pytest.mark.point(16)
def test_a_rule_for_everything_lets_any_page_ask_for_parts(world: World) -> None:
    bucket = world.bucket()
    rule = {"AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"]}
    world.admin("s3").put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})
    assert cors(preflight(world, f"/{bucket}/a", headers="range")) == {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "range",
    }


@pytest.mark.point(16)
def test_a_preflight_needs_a_bucket_with_rules_and_a_question(world: World, bucket: str) -> None:
    plain = preflight(world, f"/{world.bucket()}/a")
    assert plain.refusal == FORBIDDEN and plain.error["Message"] == "CORSResponse: CORS is not enabled for this bucket."
    assert preflight(world, "/there-is-no-such-bucket/a").refusal == FORBIDDEN
    no_origin = preflight(world, f"/{bucket}/a", origin=None)
    assert no_origin.refusal == (400, "BadRequest")
    assert no_origin.error["Message"] == "Insufficient information. Origin request header needed."
    assert preflight(world, f"/{bucket}/a", None).error["Message"] == "Invalid Access-Control-Request-Method: null"
    assert preflight(world, f"/{bucket}/a", "PATCH").error["Message"] == "Invalid Access-Control-Request-Method: PATCH"


@pytest.mark.point(16)
def test_an_answer_lets_the_browser_show_it_to_the_page(world: World, bucket: str, keys: Keys) -> None:
    url = world.presign("GET", f"/{bucket}/a", keys)
    reply = world.send("GET", url, headers={"origin": PAGE, "range": "bytes=0-3"})
    assert (reply.status, reply.body) == (206, b"0123")
    assert cors(reply) == {
        "access-control-allow-origin": PAGE,
        "access-control-allow-methods": "GET, HEAD",
        "access-control-expose-headers": "ETag",
        "access-control-max-age": "600",
        "access-control-allow-credentials": "true",
    }
    assert cors(world.send("GET", url)) == {}
    put = world.presign("PUT", f"/{bucket}/b", keys)
    assert cors(world.send("PUT", put, b"text", {"origin": PAGE}))["access-control-allow-methods"] == "PUT"
    stranger = world.send("PUT", put, b"text", {"origin": "https://anybody.example"})
    assert (stranger.status, cors(stranger)) == (200, {})  # S3 does it; the browser keeps the answer from the page


@pytest.mark.point(16)
def test_a_page_can_read_why_it_was_refused(world: World, bucket: str, keys: Keys) -> None:
    url = world.presign("GET", f"/{bucket}/a", keys).replace("/a?", "/b?")
    reply = world.send("GET", url, headers={"origin": PAGE})
    assert reply.refusal == (403, "SignatureDoesNotMatch") and cors(reply)["access-control-allow-origin"] == PAGE
