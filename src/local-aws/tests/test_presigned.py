"""Presigned URLs: S3 honours what was signed, for as long as it was signed for, and nothing else.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
Stock moto looks at neither the signature nor the time.
"""

from __future__ import annotations

import base64
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import botocore.auth
import pytest
import requests
from botocore.config import Config
from world import EXTERNAL_ID, REGION, Keys, World, allow, outcome, policy

NOT_ALLOWED = (403, "AccessDenied")
MISMATCH = (403, "SignatureDoesNotMatch")
PARAMETERS = (400, "AuthorizationQueryParametersError")


def everything(bucket: str) -> list[dict[str, Any]]:
    return [allow(["s3:GetObject", "s3:PutObject", "s3:ListBucket"], [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"])]


@pytest.fixture
def bucket(world: World) -> str:
    """A bucket with an object `a`."""
    name = world.bucket()
    world.admin("s3").put_object(Bucket=name, Key="a", Body=b"0123456789")
    return name


@pytest.fixture(params=["session", "long-term"])
def keys(request: pytest.FixtureRequest, world: World, bucket: str) -> Keys:
    """Keys that may read, write and list the bucket."""
    return world.access(*everything(bucket)) if request.param == "session" else world.user(policy(*everything(bucket)))[1]


@pytest.fixture
def signed_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the signer's clock, as a difference to now."""

    def set_clock(difference: timedelta) -> None:
        moment = (datetime.now(timezone.utc) + difference).replace(tzinfo=None)
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: moment)

    return set_clock


def signer(world: World, keys: Keys) -> Any:
    """A boto3 client that signs URLs by Version 4."""
    return world.session.client(
        "s3",
        endpoint_url=world.url,
        region_name=REGION,
        aws_access_key_id=keys[0],
        aws_secret_access_key=keys[1],
        aws_session_token=keys[2],
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )


# 13. Presigned URLs.


@pytest.mark.point(13)
def test_a_url_is_good_for_its_method_key_and_parameters_only(world: World, bucket: str, keys: Keys) -> None:
    url = world.presign("GET", f"/{bucket}/a", keys)
    good = world.send("GET", url)
    assert (good.status, good.body) == (200, b"0123456789")
    assert world.send("GET", url).status == 200  # as often as the holder likes
    for method in ("HEAD", "PUT", "DELETE"):
        assert world.send(method, url).status == 403
    assert world.send("PUT", url, b"other").refusal == MISMATCH
    assert world.send("GET", url.replace("/a?", "/b?")).refusal == MISMATCH
    assert world.send("GET", url + "&versionId=null").refusal == MISMATCH
    assert world.send("GET", url + "&response-content-type=text/html").refusal == MISMATCH
    assert world.send("GET", url.replace("Expires=300", "Expires=3600")).refusal == MISMATCH
    assert world.send("GET", url[:-1] + ("0" if url[-1] != "0" else "1")).refusal == MISMATCH
    assert world.admin("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == b"0123456789"


@pytest.mark.point(13)
def test_the_secret_of_the_access_key_must_have_signed(world: World, bucket: str, keys: Keys) -> None:
    wrong = (keys[0], keys[1][::-1], keys[2])
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", wrong)).refusal == MISMATCH
    unknown = ("AKIA0000000000000000", keys[1], None)
    reply = world.send("GET", world.presign("GET", f"/{bucket}/a", unknown))
    assert reply.refusal == (403, "InvalidAccessKeyId") and reply.error["AWSAccessKeyId"] == unknown[0]


@pytest.mark.point(13)
def test_a_url_is_no_more_than_its_signer_may_do(world: World, bucket: str) -> None:
    reader = world.access(allow("s3:GetObject", f"arn:aws:s3:::{bucket}/a"))
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", reader)).status == 200
    assert world.send("GET", world.presign("GET", f"/{bucket}/b", reader)).refusal == NOT_ALLOWED
    denied = world.send("PUT", world.presign("PUT", f"/{bucket}/a", reader), b"other")
    assert denied.refusal == NOT_ALLOWED and "because no identity-based policy allows" in denied.error["Message"]


@pytest.mark.point(13)
def test_an_expired_url_says_when_it_expired(
    world: World, bucket: str, keys: Keys, signed_at: Callable[[timedelta], None]
) -> None:
    signed_at(timedelta(seconds=-301))
    reply = world.send("GET", world.presign("GET", f"/{bucket}/a", keys))
    assert reply.refusal == NOT_ALLOWED
    assert reply.error["Message"] == "Request has expired" and reply.error["X-Amz-Expires"] == "300"
    read = lambda name: datetime.strptime(reply.error[name], "%Y-%m-%dT%H:%M:%SZ")
    assert timedelta(0) < read("ServerTime") - read("Expires") < timedelta(minutes=1)
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", keys, seconds=900)).status == 200


@pytest.mark.point(13)
def test_a_url_of_the_future_is_not_yet_valid(
    world: World, bucket: str, keys: Keys, signed_at: Callable[[timedelta], None]
) -> None:
    signed_at(timedelta(minutes=14))  # a clock may be wrong by a quarter of an hour
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", keys)).status == 200
    signed_at(timedelta(minutes=16))
    reply = world.send("GET", world.presign("GET", f"/{bucket}/a", keys))
    assert reply.refusal == NOT_ALLOWED and reply.error["Message"] == "Request is not yet valid"


@pytest.mark.point(13)
@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (604801, "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"),
        (-1, "X-Amz-Expires must be non-negative"),
        ("soon", "X-Amz-Expires should be a number"),
        ("", "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "),
    ],
    ids=["too-long", "negative", "no-number", "empty"],
)
def test_a_url_lives_for_a_week_at_most(world: World, bucket: str, seconds: Any, told: str) -> None:
    _, keys = world.user(policy(*everything(bucket)))
    reply = world.send("GET", world.presign("GET", f"/{bucket}/a", keys, seconds=seconds))
    assert reply.refusal == PARAMETERS and reply.error["Message"].startswith(told)
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", keys, seconds=604800)).status == 200


@pytest.mark.point(13)
@pytest.mark.parametrize(
    ("pattern", "put", "told"),
    [
        ("(%2F)us-east-1(%2F)", r"\1us-east-1\1us-east-1\1", "the Credential is mal-formed"),
        ("aws4_request", "aws5_request", 'incorrect terminal "aws5_request"'),
        (r"%2F\d{8}%2F", "%2F20130524%2F", 'Invalid credential date "20130524"'),
        (r"(X-Amz-Date=\d{8})T", r"\1", "X-Amz-Date must be in the ISO8601 Long Format"),
        ("AWS4-HMAC-SHA256", "AWS4-HMAC-MD5", "X-Amz-Algorithm only supports"),
        ("X-Amz-SignedHeaders=host&", "", "Query-string authentication version 4 requires"),
        ("X-Amz-Algorithm=AWS4-HMAC-SHA256&", "", "Query-string authentication version 4 requires"),
    ],
    ids=["parts", "terminal", "date-of-scope", "date", "algorithm", "no-headers", "no-algorithm"],
)
def test_a_malformed_url_is_told_what_is_wrong(world: World, bucket: str, pattern: str, put: str, told: str) -> None:
    url, changed = re.subn(pattern, put, world.presign("GET", f"/{bucket}/a", world.access(*everything(bucket))))
    reply = world.send("GET", url)
    assert changed == 1 and reply.refusal == PARAMETERS and told in reply.error["Message"]


@pytest.mark.point(13)
def test_the_scope_names_the_buckets_region_and_s3(world: World, bucket: str, keys: Keys) -> None:
    other = world.send("GET", world.presign("GET", f"/{bucket}/a", keys, region="eu-central-1"))
    assert other.refusal == PARAMETERS and other.error["Region"] == "us-east-1"
    assert "the region 'eu-central-1' is wrong; expecting 'us-east-1'" in other.error["Message"]
    sts = world.send("GET", world.presign("GET", f"/{bucket}/a", keys, service="sts"))
    assert sts.refusal == PARAMETERS and 'incorrect service "sts". This endpoint belongs to "s3".' in sts.error["Message"]


@pytest.mark.point(13)
def test_signed_headers_must_come_as_they_were_signed(world: World, bucket: str, keys: Keys) -> None:
    headers = {"content-type": "video/mp4", "content-length": "4", "x-amz-meta-camera": "7"}
    url = world.presign("PUT", f"/{bucket}/b", keys, headers)
    assert "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-meta-camera" in url
    for name in ("content-type", "x-amz-meta-camera"):
        left_out = {key: value for key, value in headers.items() if key != name}
        assert world.send("PUT", url, b"text", left_out).refusal == MISMATCH
        assert world.send("PUT", url, b"text", headers | {name: "8"}).refusal == MISMATCH
    assert world.send("PUT", url, b"texts", headers | {"content-length": "5"}).refusal == MISMATCH
    assert world.send("PUT", url, b"text", headers).status == 200
    stored = world.admin("s3").head_object(Bucket=bucket, Key="b")
    assert (stored["ContentType"], stored["ContentLength"], stored["Metadata"]) == ("video/mp4", 4, {"camera": "7"})


@pytest.mark.point(13)
@pytest.mark.parametrize(
    "name", ["x-amz-acl", "x-amz-tagging", "x-amz-copy-source", "x-amz-checksum-sha256", "x-amz-security-token"]
)
def test_a_header_of_amazons_that_was_not_signed_is_refused(world: World, bucket: str, keys: Keys, name: str) -> None:
    reply = world.send("PUT", world.presign("PUT", f"/{bucket}/b", keys), b"text", {name: "kind=recording"})
    assert reply.refusal == NOT_ALLOWED and reply.error.get("HeadersNotSigned") == name
    assert reply.error["Message"] == "There were headers present in the request which were not signed"
    plain = {"content-type": "video/mp4", "cache-control": "no-store", "x-forwarded-for": "10.0.0.1"}
    assert world.send("PUT", world.presign("PUT", f"/{bucket}/b", keys), b"text", plain).status == 200


@pytest.mark.point(13)
def test_the_host_must_be_signed(world: World, bucket: str, keys: Keys) -> None:
    url = world.presign("GET", f"/{bucket}/a", keys).replace("SignedHeaders=host", "SignedHeaders=range")
    assert world.send("GET", url).error.get("HeadersNotSigned") == "host"
    url = world.presign("GET", f"/{bucket}/a", keys).replace("127.0.0.1", "localhost")
    assert requests.get(url, timeout=5).status_code == 403


@pytest.mark.point(13)
def test_a_header_in_the_url_counts_as_the_header(world: World, bucket: str) -> None:
    """Some SDKs put headers into the query string, where they are signed too."""
    _, keys = world.user(policy(*everything(bucket), allow("s3:PutObjectTagging", f"arn:aws:s3:::{bucket}/*")))
    url = world.presign("PUT", f"/{bucket}/b?x-amz-tagging=kind%3Drecording&X-Amz-Meta-Camera=7", keys)
    assert world.send("PUT", url, b"text").status == 200
    s3 = world.admin("s3")
    assert s3.get_object_tagging(Bucket=bucket, Key="b")["TagSet"] == [{"Key": "kind", "Value": "recording"}]
    assert s3.head_object(Bucket=bucket, Key="b")["Metadata"] == {"camera": "7"}
    _, may_not_tag = world.user(policy(*everything(bucket)))
    url = world.presign("PUT", f"/{bucket}/b?x-amz-tagging=kind%3Drecording", may_not_tag)
    assert world.send("PUT", url, b"text").refusal == NOT_ALLOWED


@pytest.mark.point(13)
def test_a_session_needs_its_own_token(world: World, bucket: str) -> None:
    role = world.role(permissions=policy(*everything(bucket)))
    keys, another, (_, long_term) = world.assume(role), world.assume(role), world.user(policy(*everything(bucket)))
    at = lambda who: world.send("GET", world.presign("GET", f"/{bucket}/a", who))
    assert at(keys).status == 200
    assert at((keys[0], keys[1], None)).refusal == (403, "InvalidAccessKeyId")
    assert at((keys[0], keys[1], another[2])).refusal == (400, "InvalidToken")
    assert at((long_term[0], long_term[1], keys[2])).refusal == (400, "InvalidToken")


@pytest.mark.point(13)
def test_a_url_ends_with_the_session_that_signed_it(world: World, bucket: str) -> None:
    role = world.role(permissions=policy(*everything(bucket)))
    url = world.presign("GET", f"/{bucket}/a", world.assume(role), seconds=3600)
    assert world.send("GET", url).status == 200
    world.control("POST", "expire", {"roleArn": role})
    assert world.send("GET", url).refusal == (400, "ExpiredToken")


@pytest.mark.point(13)
def test_a_url_ends_with_the_access_key_that_signed_it(world: World, bucket: str) -> None:
    name, keys = world.user(policy(*everything(bucket)))
    url = world.presign("GET", f"/{bucket}/a", keys)
    assert world.send("GET", url).status == 200
    world.admin("iam").update_access_key(UserName=name, AccessKeyId=keys[0], Status="Inactive")
    assert world.send("GET", url).refusal == (403, "InvalidAccessKeyId")


@pytest.mark.point(13)
def test_there_is_one_signature_only_and_of_version_4(world: World, bucket: str, keys: Keys) -> None:
    url = world.presign("GET", f"/{bucket}/a", keys)
    both = world.send("GET", url, headers={"authorization": "Bearer of-the-players-own"})
    assert both.refusal == (400, "InvalidArgument") and both.error["ArgumentName"] == "Authorization"
    assert both.error["Message"].startswith("Only one auth mechanism allowed")
    old = f"{world.url}/{bucket}/a?AWSAccessKeyId={keys[0]}&Signature=c2lnbmF0dXJl&Expires=4102444800"
    assert world.send("GET", old).refusal == (400, "InvalidRequest")


@pytest.mark.point(13)
def test_a_signed_payload_hash_binds_the_bytes(world: World, bucket: str, keys: Keys) -> None:
    headers = {"x-amz-content-sha256": hashlib.sha256(b"text").hexdigest()}
    url = world.presign("PUT", f"/{bucket}/b", keys, headers)
    other = world.send("PUT", url, b"TEXT", headers)
    assert other.refusal == (400, "XAmzContentSHA256Mismatch")
    assert other.error["ClientComputedContentSHA256"] == headers["x-amz-content-sha256"]
    assert other.error["S3ComputedContentSHA256"] == hashlib.sha256(b"TEXT").hexdigest()
    assert world.send("PUT", url, b"text", headers).status == 200
    unsigned = {"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}
    assert world.send("PUT", world.presign("PUT", f"/{bucket}/b", keys, unsigned), b"anything", unsigned).status == 200


@pytest.mark.point(13)
def test_what_a_response_header_shall_be_is_signed_or_refused(world: World, bucket: str, keys: Keys) -> None:
    wanted = "response-content-type=video%2Fmp4&response-content-disposition=attachment%3B%20filename%3D%22a.mp4%22"
    reply = world.send("GET", world.presign("GET", f"/{bucket}/a?{wanted}", keys))
    assert reply.status == 200 and reply.headers["Content-Type"] == "video/mp4"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="a.mp4"'
    anonymous = world.send("GET", f"{world.url}/{bucket}/a?{wanted}")
    assert anonymous.refusal == (400, "InvalidRequest")
    assert anonymous.error["Message"] == "Request specific response headers cannot be used for anonymous GET requests."


@pytest.mark.point(13)
def test_what_another_client_signs_is_good_too(world: World, bucket: str, keys: Keys) -> None:
    """boto3 signs, requests sends; with a key of every kind of character."""
    s3 = signer(world, keys)
    for key in ("2026/11/28/9f2c.mp4", "a b+c&d=e?f#g%20h", "Übung/видео/动画.mp4", "a//b", "~'()*!"):
        at = {"Bucket": bucket, "Key": key}
        put = s3.generate_presigned_url("put_object", {**at, "ContentType": "video/mp4", "IfNoneMatch": "*"})
        headers = {"Content-Type": "video/mp4", "If-None-Match": "*"}
        assert requests.put(put, data=b"text", headers=headers, timeout=5).status_code == 200, key
        got = requests.get(s3.generate_presigned_url("get_object", at), timeout=5)
        assert (got.status_code, got.content) == (200, b"text")
        assert requests.put(put, data=b"text", timeout=5).status_code == 403
        assert requests.put(put, data=b"text", headers=headers, timeout=5).status_code == 412


@pytest.mark.point(13)
@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl_stores_and_reads_what_was_signed(world: World, bucket: str, keys: Keys, tmp_path: pathlib.Path) -> None:
    s3, data = signer(world, keys), b"text" * 500_000  # so big that curl waits for 100 Continue
    (file := tmp_path / "sent.mp4").write_bytes(data)
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    wanted = {"IfNoneMatch": "*", "ChecksumSHA256": digest, "ContentLength": len(data), "ContentType": "video/mp4"}
    put = s3.generate_presigned_url("put_object", {"Bucket": bucket, "Key": "b", **wanted})
    headers = ["If-None-Match: *", f"x-amz-checksum-sha256: {digest}", "Content-Type: video/mp4"]

    def curl(*arguments: str) -> str:
        command = ["curl", "--silent", "--show-error", "--output", str(tmp_path / "got"), "--write-out", "%{http_code}"]
        return subprocess.run([*command, *arguments], check=True, capture_output=True, text=True, timeout=30).stdout

    sent = [argument for header in headers for argument in ("--header", header)]
    assert curl("--upload-file", str(file), *sent[2:], put) == "403"
    assert curl("--upload-file", __file__, *sent, put) == "403"  # of another length
    assert curl("--upload-file", str(file), *sent, put) == "200"
    assert curl("--upload-file", str(file), *sent, put) == "412"
    get = s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "b"})
    assert curl(get) == "200" and (tmp_path / "got").read_bytes() == data
    assert curl("--range", "4-11", get) == "206" and (tmp_path / "got").read_bytes() == b"texttext"


# Requests that are signed in a header.


@pytest.mark.point(13)
def test_a_header_of_amazons_must_be_signed_in_a_header_too(world: World, bucket: str, keys: Keys) -> None:
    headers = world.signed("PUT", f"/{bucket}/b", keys)
    path = f"{world.url}/{bucket}/b"
    more = world.send("PUT", path, headers=headers | {"x-amz-tagging": "kind=recording"})
    assert more.error.get("HeadersNotSigned") == "x-amz-tagging"
    assert world.send("PUT", path, headers=headers).status == 200


@pytest.mark.point(13)
def test_a_signature_in_a_header_covers_the_payload(world: World, bucket: str, keys: Keys) -> None:
    path, headers = f"{world.url}/{bucket}/b", world.signed("PUT", f"/{bucket}/b", keys, b"text")
    assert world.send("PUT", path, b"TEXT", headers).refusal == (400, "XAmzContentSHA256Mismatch")
    assert world.send("PUT", path, b"text", headers).status == 200
    missing = {name: value for name, value in headers.items() if name.lower() != "x-amz-content-sha256"}
    assert world.send("PUT", path, b"text", missing).refusal == (400, "InvalidRequest")
    wrong = {name: "none" if name.lower() == "x-amz-content-sha256" else value for name, value in headers.items()}
    assert world.send("PUT", path, b"text", wrong).refusal == (400, "InvalidArgument")


def test_faults_and_the_log_tell_a_url_from_a_header(world: World, bucket: str, keys: Keys) -> None:
    world.control("POST", "faults", {"kind": "500", "match": {"bucket": bucket, "authType": "REST-QUERY-STRING"}})
    assert outcome(world.client("s3", keys).get_object, Bucket=bucket, Key="none")[0] == 404
    assert [world.send("GET", world.presign("GET", f"/{bucket}/none", keys)).status for _ in range(2)] == [500, 404]
    calls = world.control("GET", f"calls?bucket={bucket}&operation=GetObject")
    assert [call["authType"] for call in calls] == ["REST-HEADER", "REST-QUERY-STRING", "REST-QUERY-STRING"]


# 14. What policies can ask about a signature, and how far a session reaches.


@pytest.mark.point(14)
@pytest.mark.parametrize("kind", ["identity", "session", "bucket"])
@pytest.mark.parametrize(
    ("denied", "by_header", "by_url"),
    [
        ({"StringEquals": {"s3:authType": "REST-QUERY-STRING"}}, 200, 403),
        ({"StringNotEquals": {"s3:authType": "REST-QUERY-STRING"}}, 403, 200),
        ({"NumericGreaterThan": {"s3:signatureAge": "600000"}}, 200, 403),
        ({"NumericGreaterThan": {"s3:signatureAge": "720000"}}, 200, 200),
        ({"StringEquals": {"s3:signatureversion": "AWS"}}, 200, 200),
        ({"StringEquals": {"s3:signatureversion": "AWS4-HMAC-SHA256"}}, 403, 403),
    ],
    ids=["no-urls", "urls-only", "older", "not-so-old", "version-2", "version-4"],
)
def test_a_policy_can_ask_how_and_when_a_request_was_signed(
    world: World,
    bucket: str,
    signed_at: Callable[[timedelta], None],
    denied: dict[str, Any],
    by_header: int,
    by_url: int,
    kind: str,
) -> None:
    statement = {"Effect": "Deny", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*", "Condition": denied}
    allowed = everything(bucket)
    role = world.role(permissions=policy(*allowed, *([statement] if kind == "identity" else [])))
    if kind == "bucket":
        world.bucket_policy(bucket, policy({**statement, "Principal": "*"}))
    keys = world.assume(role, **({"Policy": json.dumps(policy(*allowed, statement))} if kind == "session" else {}))
    assert outcome(world.client("s3", keys).get_object, Bucket=bucket, Key="a")[0] == by_header
    signed_at(timedelta(minutes=-11))
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", keys, seconds=3600)).status == by_url
    # Who may nothing is denied, while stock moto allows every call.
    assert world.send("GET", world.presign("GET", f"/{bucket}", world.access(), seconds=3600)).status == 403


@pytest.mark.point(14)
def test_a_policy_can_demand_a_signed_payload(world: World, bucket: str) -> None:
    unsigned = {"StringEquals": {"s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD"}}
    deny = allow("s3:PutObject", f"arn:aws:s3:::{bucket}/*", Effect="Deny", Principal="*", Condition=unsigned)
    world.bucket_policy(bucket, policy(deny))
    keys = world.access(*everything(bucket))

    def put(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return world.send("PUT", world.presign("PUT", f"/{bucket}/b", keys, named), b"text", named).status

    assert put(x_amz_content_sha256="UNSIGNED-PAYLOAD") == 403
    assert put(x_amz_content_sha256=hashlib.sha256(b"text").hexdigest()) == 200
    assert put() == 200  # the key is about the header, which most presigned requests do not have


@pytest.mark.point(14)
def test_a_session_for_one_key_does_one_thing_with_it(world: World, bucket: str) -> None:
    role = world.role(permissions=policy(*everything(bucket)))
    one = f"arn:aws:s3:::{bucket}/2026/one.mp4"

    def session(action: str) -> tuple[Any, Keys]:
        document = json.dumps(policy(allow(action, one)))
        answer = world.gateway.assume_role(RoleArn=role, RoleSessionName="tests", ExternalId=EXTERNAL_ID, Policy=document)
        assert 0 < answer["PackedPolicySize"] < 20  # per cent
        return world.client("s3", world.keys_of(answer)), world.keys_of(answer)

    (writer, writing), (reader, reading) = session("s3:PutObject"), session("s3:GetObject")
    at = {"Bucket": bucket, "Key": "2026/one.mp4"}
    assert outcome(writer.put_object, **at, Body=b"text")[0] == 200
    assert outcome(reader.get_object, **at)[0] == 200
    assert outcome(writer.get_object, **at)[2].endswith("because no session policy allows the s3:GetObject action")
    assert outcome(reader.put_object, **at, Body=b"other")[:2] == NOT_ALLOWED
    for s3 in (writer, reader):
        assert outcome(s3.put_object, Bucket=bucket, Key="2026/two.mp4", Body=b"text")[:2] == NOT_ALLOWED
        assert outcome(s3.get_object, Bucket=bucket, Key="a")[:2] == NOT_ALLOWED
        assert outcome(s3.list_objects_v2, Bucket=bucket)[:2] == NOT_ALLOWED
        assert outcome(s3.delete_object, **at)[:2] == NOT_ALLOWED
    assert world.send("PUT", world.presign("PUT", f"/{bucket}/2026/one.mp4", writing), b"more").status == 200
    assert world.send("PUT", world.presign("PUT", f"/{bucket}/2026/two.mp4", writing), b"more").refusal == NOT_ALLOWED
    assert world.send("GET", world.presign("GET", f"/{bucket}/2026/one.mp4", reading)).body == b"more"
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", reading)).refusal == NOT_ALLOWED


@pytest.mark.point(14)
def test_a_session_policy_gives_nothing_that_the_role_lacks(world: World, bucket: str) -> None:
    role = world.role(permissions=policy(allow("s3:GetObject", f"arn:aws:s3:::{bucket}/a")))
    keys = world.assume(role, Policy=json.dumps(policy(allow("s3:*"))))
    assert world.send("GET", world.presign("GET", f"/{bucket}/a", keys)).status == 200
    assert world.send("PUT", world.presign("PUT", f"/{bucket}/a", keys), b"other").refusal == NOT_ALLOWED


@pytest.mark.point(14)
def test_a_session_uses_a_kms_key_through_s3_only_if_its_policy_says_so(world: World) -> None:
    bucket = world.bucket(kms=(key := world.key()))
    role = world.role(permissions=policy(*everything(bucket), allow(["kms:GenerateDataKey", "kms:Decrypt"], key)))
    through_s3 = {"StringEquals": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}}
    write = allow("s3:PutObject", f"arn:aws:s3:::{bucket}/one.mp4")
    without = world.assume(role, Policy=json.dumps(policy(write)))
    assert world.send("PUT", world.presign("PUT", f"/{bucket}/one.mp4", without), b"text").refusal == NOT_ALLOWED
    keys = world.assume(role, Policy=json.dumps(policy(write, allow("kms:GenerateDataKey", key, Condition=through_s3))))
    assert world.send("PUT", world.presign("PUT", f"/{bucket}/one.mp4", keys), b"text").status == 200
    kms = world.client("kms", keys)
    assert outcome(kms.generate_data_key, KeyId=key, KeySpec="AES_256")[1] == "AccessDeniedException"
