"""Creates a customer in the local AWS for each kind of validation: role or access key, with or without KMS."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import boto3

ACCOUNT = "222233334444"
GATEWAY = "arn:aws:iam::111122223333:role/sea-gateway"
EXTERNAL_ID = "sea-" + "b" * 32
REGION = "us-east-1"


@dataclasses.dataclass(frozen=True)
class Customer:
    name: str
    bucket: str
    access: dict[str, str]

    @property
    def draft(self) -> dict[str, Any]:
        return {"type": "S3", "target": {"region": REGION, "bucket": self.bucket}, "access": self.access}

    @property
    def for_peer(self) -> str:
        access = [value for name, value in self.access.items() if name != "method"]
        return "\t".join([self.bucket, *access])


def customers(aws: str) -> list[Customer]:
    session = _administrator(aws)
    made = []
    for kms in (False, True):
        bucket = f"bench-{'kms' if kms else 'plain'}"
        statements = _bucket(session, aws, bucket, kms)
        suffix = ", SSE-KMS" if kms else ""
        made.append(Customer(f"role{suffix}", bucket, _role(session, aws, bucket, statements)))
        made.append(Customer(f"access key{suffix}", bucket, _user(session, aws, bucket, statements)))
    return made


def _administrator(aws: str) -> boto3.Session:
    sts = boto3.client(
        "sts",
        endpoint_url=aws,
        region_name=REGION,
        aws_access_key_id="AKIALOCALADMIN000000",
        aws_secret_access_key="local-admin-secret",
    )
    role = f"arn:aws:iam::{ACCOUNT}:role/OrganizationAccountAccessRole"
    given = sts.assume_role(RoleArn=role, RoleSessionName="bench")["Credentials"]
    return boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], REGION)


def _bucket(session: boto3.Session, aws: str, name: str, kms: bool) -> list[dict[str, Any]]:
    """The statements that its role or user needs."""
    s3 = session.client("s3", endpoint_url=aws)
    s3.create_bucket(Bucket=name)
    objects = ["s3:PutObject", "s3:GetObject", "s3:GetObjectTagging"]
    statements = [
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{name}"},
        {"Effect": "Allow", "Action": objects, "Resource": f"arn:aws:s3:::{name}/*"},
    ]
    if kms:
        key = session.client("kms", endpoint_url=aws).create_key()["KeyMetadata"]["Arn"]
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
        actions = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"]
        statements.append({"Effect": "Allow", "Action": actions, "Resource": key})
    return statements


def _role(session: boto3.Session, aws: str, name: str, statements: list[dict[str, Any]]) -> dict[str, str]:
    iam = session.client("iam", endpoint_url=aws)
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": GATEWAY},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": EXTERNAL_ID}},
    }
    role = "SEA_ext_access_" + name
    made = iam.create_role(RoleName=role, AssumeRolePolicyDocument=_policy([trust]))
    iam.put_role_policy(RoleName=role, PolicyName="access", PolicyDocument=_policy(statements))
    return {"method": "ASSUME_ROLE", "roleArn": made["Role"]["Arn"], "externalId": EXTERNAL_ID}


def _user(session: boto3.Session, aws: str, name: str, statements: list[dict[str, Any]]) -> dict[str, str]:
    iam = session.client("iam", endpoint_url=aws)
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="access", PolicyDocument=_policy(statements))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {
        "method": "ACCESS_CREDENTIAL",
        "accessKeyId": key["AccessKeyId"],
        "secretAccessKey": key["SecretAccessKey"],
    }


def _policy(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
