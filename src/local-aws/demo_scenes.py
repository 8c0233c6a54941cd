"""The scenes of the demo, one for each outcome of a validation."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

import accounts
import seed
from accounts import CUSTOMER, OTHER

GATEWAY = f"arn:aws:iam::{accounts.SERVICE}:role/{accounts.GATEWAY_ROLE}"
ACTIONS = ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket", "s3:PutObject"]
KMS_ACTIONS = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]


@dataclass
class Scene:
    """How one customer's setup differs from a healthy one, and the outcome that a validation shows."""

    slug: str
    title: str
    shows: str
    actions: list[str] = field(default_factory=lambda: ACTIONS)
    statements: list[dict] = field(default_factory=list)  # in addition to the usual ones
    listing: dict[str, Any] = field(default_factory=dict)  # condition on s3:ListBucket
    prefix: str = ""
    trust: dict[str, Any] | None = None
    boundary: dict[str, Any] | None = None
    bucket_policy: dict[str, Any] | None = None
    bucket_account: str = CUSTOMER
    bucket_exists: bool = True
    region: str = seed.REGION
    kms: str = ""  # "own" or "managed"
    kms_actions: list[str] = field(default_factory=lambda: KMS_ACTIONS)
    key_policy: dict[str, Any] | None = None
    key_state: str = "Enabled"
    user_key: str = ""  # a user with this access key instead of a role
    key_status: str = "Active"

    @property
    def bucket(self) -> str:
        return f"acme-sea-{self.slug}"

    @property
    def role(self) -> str:
        return "SEA_ext_access_" + ("recorder" if self.slug == "recordings" else self.slug.replace("-", "_"))

    @property
    def external_id(self) -> str:
        """Fixed, unique to the scene, and in the format that the product generates."""
        digest = hashlib.sha256(f"demo {self.slug}".encode()).digest()[:20]
        return "sea-" + base64.b32encode(digest).decode().lower()

    @property
    def secret(self) -> str:
        return hashlib.sha256(f"demo secret {self.slug}".encode()).hexdigest()[:40]


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def enforced(external_id: str, principal: str = GATEWAY) -> dict[str, Any]:
    return seed.trust({"AWS": principal}, {"StringEquals": {"sts:ExternalId": external_id}})


def _deny(bucket: str, action: str, condition: dict[str, Any]) -> dict[str, Any]:
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    return document({"Effect": "Deny", "Principal": "*", "Action": action, "Resource": resources, "Condition": condition})


def _shared(scene: str, role: str) -> dict[str, Any]:
    bucket = f"acme-sea-{scene}"
    return document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{CUSTOMER}:role/{role}"},
            "Action": ACTIONS,
            "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
        }
    )


def scenes() -> list[Scene]:
    admin_only = document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{CUSTOMER}:role/{seed.ADMIN_ROLE}"},
            "Action": "kms:*",
            "Resource": "*",
        }
    )
    return [
        Scene("recordings", "Everything as the procedure says", "HEALTHY"),
        Scene(
            "prefix",
            "Everything allowed on one prefix only",
            "HEALTHY",
            prefix="plant-7/",
            listing={"StringLike": {"s3:prefix": ["plant-7/", "plant-7/*"]}},
        ),
        Scene("kms", "Bucket encrypts with a KMS key of the customer's", "HEALTHY", kms="own"),
        Scene("managed-key", "Bucket encrypts with the AWS managed key aws/s3", "HEALTHY", kms="managed", kms_actions=[]),
        Scene(
            "shared",
            "Bucket in the customer's second account, both sides allow",
            "HEALTHY",
            bucket_account=OTHER,
            bucket_policy=_shared("shared", "SEA_ext_access_shared"),
        ),
        Scene(
            "no-put",
            "s3:PutObject is missing",
            "put: IDENTITY_POLICY_MISSING",
            actions=[a for a in ACTIONS if a != "s3:PutObject"],
        ),
        Scene(
            "no-tagging",
            "s3:GetObjectTagging is missing",
            "tagging: IDENTITY_POLICY_MISSING",
            actions=[a for a in ACTIONS if a != "s3:GetObjectTagging"],
        ),
        Scene("nothing", "The role has no policy", "list, put: IDENTITY_POLICY_MISSING", actions=[]),
        Scene(
            "boundary",
            "A permissions boundary allows reading only",
            "put: PERMISSIONS_BOUNDARY_DENIED",
            boundary=document({"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}),
        ),
        Scene(
            "own-deny",
            "The role's own policy denies uploads without an encryption header",
            "put: EXPLICIT_DENY",
            statements=[
                {
                    "Effect": "Deny",
                    "Action": "s3:PutObject",
                    "Resource": "*",
                    "Condition": {"Null": {"s3:x-amz-server-side-encryption": "true"}},
                }
            ],
        ),
        Scene(
            "bucket-deny",
            "The bucket policy lets in one VPC endpoint only",
            "list, put: BUCKET_POLICY_DENIED",
            bucket_policy=_deny(
                "acme-sea-bucket-deny", "s3:*", {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}
            ),
        ),
        Scene(
            "foreign",
            "Bucket in another account, whose policy does not let the role in",
            "list, put: ACCESS_DENIED",
            bucket_account=OTHER,
        ),
        Scene(
            "no-decrypt",
            "kms:Decrypt is missing",
            "get: KMS_DENIED",
            kms="own",
            kms_actions=["kms:Encrypt", "kms:GenerateDataKey"],
        ),
        Scene(
            "key-policy",
            "The key's policy leaves IAM policies out",
            "put, kms: KMS_KEY_POLICY_DENIED",
            kms="own",
            key_policy=admin_only,
        ),
        Scene("key-disabled", "The bucket's key is disabled", "put: KMS_KEY_UNUSABLE", kms="own", key_state="Disabled"),
        Scene(
            "create-only",
            "The bucket policy lets objects be created, and never overwritten",
            "HEALTHY",
            bucket_policy=_deny("acme-sea-create-only", "s3:PutObject", {"Null": {"s3:if-none-match": "true"}}),
        ),
        Scene(
            "no-urls",
            "The bucket policy denies presigned URLs",
            "HEALTHY, presigned: WARNING",
            bucket_policy=_deny("acme-sea-no-urls", "s3:*", {"StringNotEquals": {"s3:authType": "REST-HEADER"}}),
        ),
        Scene("wrong-region", "The bucket is in eu-central-1", "bucket: WRONG_REGION", region="eu-central-1"),
        Scene("no-bucket", "There is no such bucket", "bucket: NO_SUCH_BUCKET", bucket_exists=False),
        Scene(
            "open",
            "The trust policy demands no external ID",
            "external-id-enforced: EXTERNAL_ID_NOT_ENFORCED",
            trust=seed.trust({"AWS": GATEWAY}),
        ),
        Scene(
            "stale-id",
            "The trust policy holds another external ID",
            "credentials: TRUST_POLICY_DENIED",
            trust=enforced("sea-" + "a" * 32),
        ),
        Scene(
            "stranger",
            "The trust policy names another account",
            "credentials: TRUST_POLICY_DENIED",
            trust=seed.trust({"AWS": f"arn:aws:iam::{OTHER}:root"}),
        ),
        Scene("stored-key", "Access key of a user with just what is needed", "HEALTHY", user_key="AKIALOCALDEMOUSER001"),
        Scene(
            "mighty-key",
            "Access key that may do anything in S3",
            "HEALTHY, least-privilege: WARNING",
            user_key="AKIALOCALDEMOUSER002",
            statements=[{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
        ),
        Scene(
            "inactive-key",
            "Access key that was switched off",
            "credentials: INVALID_ACCESS_KEY",
            user_key="AKIALOCALDEMOUSER003",
            key_status="Inactive",
        ),
    ]
