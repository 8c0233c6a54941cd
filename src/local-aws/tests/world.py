"""Short functions that set up accounts, roles and buckets in a running local AWS and read its answers."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
import uuid
import xml.etree.ElementTree
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

SERVICE, CUSTOMER, OTHER = "111122223333", "222233334444", "333344445555"
GATEWAY = f"arn:aws:iam::{SERVICE}:role/sea-gateway"
ADMIN = ("AKIALOCALADMIN000000", "local-admin-secret", None)
FUNCTION = ("AKIALOCALGATEWAY0000", "local-gateway-secret", None)
EXTERNAL_ID = "sea-abcdefghijklmnopqrstuvwxyz234567"
REGION = "us-east-1"
Keys = tuple[str, str, "str | None"]


def allow(actions: str | list[str], resources: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def trust(principal: Any = None, **condition: Any) -> dict[str, Any]:
    """A trust policy. Its default condition requires our external ID."""
    return policy(
        {
            "Effect": "Allow",
            "Principal": {"AWS": GATEWAY} if principal is None else principal,
            "Action": "sts:AssumeRole",
            "Condition": condition or {"StringEquals": {"sts:ExternalId": EXTERNAL_ID}},
        }
    )


def outcome(operation: Callable[..., Any], **arguments: Any) -> tuple[int, str, str]:
    """Status, error code and message; an empty code for a success."""
    try:
        return operation(**arguments)["ResponseMetadata"]["HTTPStatusCode"], "", ""
    except ClientError as refused:
        error = refused.response["Error"]
        return refused.response["ResponseMetadata"]["HTTPStatusCode"], error.get("Code", ""), error.get("Message", "")


@dataclass(frozen=True)
class Reply:
    """What came back, as no SDK has touched it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def error(self) -> dict[str, str]:
        """The elements of S3's error; empty if the body is none."""
        try:
            return {e.tag: e.text or "" for e in xml.etree.ElementTree.fromstring(self.body)}
        except xml.etree.ElementTree.ParseError:
            return {}

    @property
    def refusal(self) -> tuple[int, str]:
        return self.status, self.error.get("Code", "")


class _QueryAuth(S3SigV4QueryAuth):
    """botocore's, for which every payload is unsigned, except that a signed x-amz-content-sha256 counts, as in other SDKs."""

    def payload(self, request: AWSRequest) -> str:
        return request.headers.get("x-amz-content-sha256") or super().payload(request)


class World:
    """The local AWS as its users see it: through HTTP only."""

    def __init__(self, url: str):
        self.url = url
        self.session = boto3.Session()
        self._clients: dict[Any, Any] = {}

    def client(self, service: str, keys: Keys, region: str = REGION) -> Any:
        place = service, keys, region
        if place not in self._clients:
            self._clients[place] = self.session.client(
                service,
                endpoint_url=self.url,
                region_name=region,
                aws_access_key_id=keys[0],
                aws_secret_access_key=keys[1],
                aws_session_token=keys[2],
                config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, read_timeout=5),
            )
        return self._clients[place]

    def admin(self, service: str, account: str = CUSTOMER, region: str = REGION) -> Any:
        if account == SERVICE:
            return self.client(service, ADMIN, region)
        if account not in self._clients:
            role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
            self._clients[account] = self.keys_of(self.client("sts", ADMIN).assume_role(RoleArn=role, RoleSessionName="tests"))
        return self.client(service, self._clients[account], region)

    @property
    def gateway(self) -> Any:
        if "gateway" not in self._clients:
            self._clients["gateway"] = self.keys_of(
                self.client("sts", FUNCTION).assume_role(RoleArn=GATEWAY, RoleSessionName="tests")
            )
        return self.client("sts", self._clients["gateway"])

    @staticmethod
    def keys_of(answer: dict[str, Any]) -> Keys:
        keys = answer["Credentials"]
        return keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]

    def role(
        self,
        trusted: dict | None = None,
        permissions: dict | None = None,
        boundary: dict | None = None,
        path: str = "/",
        name: str = "",
    ) -> str:
        iam, name = self.admin("iam"), name or f"SEA_ext_access_{uuid.uuid4().hex[:10]}"
        limit = {}
        if boundary:
            made = iam.create_policy(PolicyName=f"boundary-{name}", PolicyDocument=json.dumps(boundary))["Policy"]
            limit = {"PermissionsBoundary": made["Arn"]}
        arn = iam.create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=json.dumps(trusted or trust()), **limit)["Role"][
            "Arn"
        ]
        if permissions:
            iam.put_role_policy(RoleName=name, PolicyName="access", PolicyDocument=json.dumps(permissions))
        return arn

    def assume(self, role: str, **more: Any) -> Keys:
        return self.keys_of(self.gateway.assume_role(RoleArn=role, RoleSessionName="tests", ExternalId=EXTERNAL_ID, **more))

    def assuming(self, role: str, **more: Any) -> tuple[int, str, str]:
        return outcome(self.gateway.assume_role, RoleArn=role, **{"RoleSessionName": "tests", "ExternalId": EXTERNAL_ID, **more})

    def user(self, permissions: dict | None = None) -> tuple[str, Keys]:
        iam, name = self.admin("iam"), f"recorder-{uuid.uuid4().hex[:10]}"
        iam.create_user(UserName=name)
        if permissions:
            iam.put_user_policy(UserName=name, PolicyName="access", PolicyDocument=json.dumps(permissions))
        pair = iam.create_access_key(UserName=name)["AccessKey"]
        return name, (pair["AccessKeyId"], pair["SecretAccessKey"], None)

    def bucket(self, account: str = CUSTOMER, region: str = REGION, kms: str = "", bucket_key: bool = False) -> str:
        """`kms`: a key's ARN, or "managed"."""
        s3, name = self.admin("s3", account, region), f"test-{uuid.uuid4().hex[:12]}"
        s3.create_bucket(
            Bucket=name, **({} if region == REGION else {"CreateBucketConfiguration": {"LocationConstraint": region}})
        )
        if kms:
            rule = {"SSEAlgorithm": "aws:kms", **({} if kms == "managed" else {"KMSMasterKeyID": kms})}
            s3.put_bucket_encryption(
                Bucket=name,
                ServerSideEncryptionConfiguration={
                    "Rules": [{"ApplyServerSideEncryptionByDefault": rule, "BucketKeyEnabled": bucket_key}]
                },
            )
        return name

    def bucket_policy(self, bucket: str, document: dict, account: str = CUSTOMER) -> None:
        self.admin("s3", account).put_bucket_policy(Bucket=bucket, Policy=json.dumps(document))

    def key(self, document: dict | None = None, account: str = CUSTOMER) -> str:
        kms = self.admin("kms", account)
        made = kms.create_key()["KeyMetadata"]
        if document:
            kms.put_key_policy(
                KeyId=made["KeyId"], PolicyName="default", Policy=json.dumps(document), BypassPolicyLockoutSafetyCheck=True
            )
        return made["Arn"]

    def access(self, *statements: dict[str, Any], **more: Any) -> Keys:
        """Keys of a new role with these statements."""
        return self.assume(self.role(permissions=policy(*statements) if statements else None, **more))

    def raw(
        self, method: str, path: str, keys: Keys, region: str = REGION, headers: dict[str, str] | None = None
    ) -> tuple[int, Any, bytes]:
        """Sends a signed S3 request and returns the raw answer, which SDKs would interpret."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=5)
        connection.request(method, path, headers=self.signed(method, path, keys, b"", region, headers))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def signed(
        self,
        method: str,
        path: str,
        keys: Keys,
        body: bytes = b"",
        region: str = REGION,
        headers: dict[str, str] | None = None,
    ) -> dict[str, str]:
        """The headers of a request that is signed in a header."""
        request = AWSRequest(method, self.url + path, headers=headers or {}, data=body)
        S3SigV4Auth(Credentials(*keys), "s3", region).add_auth(request)
        return dict(request.headers)

    def presign(
        self,
        method: str,
        path: str,
        keys: Keys,
        headers: dict[str, str] | None = None,
        region: str = REGION,
        seconds: int = 300,
        service: str = "s3",
    ) -> str:
        """A presigned URL. The path may have parameters of its own; the headers are signed and must be sent."""
        request = AWSRequest(method, self.url + path, headers=headers or {})
        _QueryAuth(Credentials(*keys), service, region, expires=seconds).add_auth(request)
        return str(request.url)

    def send(self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        """Sends just this, with Host and Content-Length."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=30)
        connection.putrequest(method, url.removeprefix(self.url), skip_accept_encoding=True)
        given = headers or {}
        if (body or method in ("PUT", "POST")) and "content-length" not in {name.lower() for name in given}:
            connection.putheader("Content-Length", str(len(body)))
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.headers, answer.read())
        connection.close()
        return reply

    def control(self, method: str, name: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.url}/_local/{name}", method=method, data=json.dumps(body).encode() if body else None
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return json.load(answer)
        except (urllib.error.HTTPError, ValueError) as error:
            raise AssertionError(f"no control {method} {name}: {error}") from None
