"""--seed demo: a bucket and a role (or user) in the customer's account for each outcome that the page can show.

README.md has the table. /_local/demo serves it; each row has a draft for POST /v1/validations.
"""

from __future__ import annotations

import json
from typing import Any

from moto.kms.models import Key, kms_backends
from moto.s3.models import s3_backends

import accounts
import demo_scenes
import kms_rules
import principals
import seed
from accounts import CUSTOMER
from demo_scenes import Scene, document, enforced

#: One row for each scene, filled by make().
TABLE: list[dict[str, Any]] = []


def make() -> None:
    for scene in demo_scenes.scenes():
        key = _bucket(scene)
        _principal(scene, key)
        access = (
            {"method": "ACCESS_CREDENTIAL", "accessKeyId": scene.user_key, "secretAccessKey": scene.secret}
            if scene.user_key
            else {
                "method": "ASSUME_ROLE",
                "roleArn": f"arn:aws:iam::{CUSTOMER}:role/{scene.role}",
                "externalId": scene.external_id,
            }
        )
        target = {"region": seed.REGION, "bucket": scene.bucket} | ({"prefix": scene.prefix} if scene.prefix else {})
        TABLE.append(
            {
                "title": scene.title,
                "shows": scene.shows,
                "draft": {"type": "S3", "name": scene.bucket, "target": target, "access": access},
            }
        )


def _bucket(scene: Scene) -> Key | None:
    key = None
    if scene.kms:
        name = kms_rules.MANAGED
        if scene.kms == "own":
            key = kms_backends[CUSTOMER][scene.region].create_key(
                None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", scene.bucket, None
            )
            key.policy = json.dumps(scene.key_policy) if scene.key_policy else key.policy
            key.key_state, key.enabled = scene.key_state, scene.key_state == "Enabled"
            principals.pin(key, json.loads(key.policy))
            name = key.arn
    if scene.bucket_exists:
        bucket = s3_backends[scene.bucket_account]["aws"].create_bucket(scene.bucket, scene.region)
        if scene.kms:
            bucket.encryption = {
                "Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": name}}
            }
    return key


def _principal(scene: Scene, key: Key | None) -> None:
    objects = [a for a in scene.actions if a != "s3:ListBucket"]
    statements = list(scene.statements)
    if "s3:ListBucket" in scene.actions:
        statements.append(
            {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{scene.bucket}"}
            | ({"Condition": scene.listing} if scene.listing else {})
        )
    if objects:
        statements.append({"Effect": "Allow", "Action": objects, "Resource": f"arn:aws:s3:::{scene.bucket}/{scene.prefix}*"})
    if key is not None:
        statements.append({"Effect": "Allow", "Action": scene.kms_actions, "Resource": key.arn})
    policies = {"access": document(*statements)} if statements else {}
    if scene.user_key:
        made = seed.user(CUSTOMER, f"acme-{scene.slug}", scene.user_key, scene.secret, policies)
        made.access_keys[0].status = scene.key_status
    else:
        iam, boundary = accounts.iam(CUSTOMER), None
        if scene.boundary:
            boundary = iam.create_policy("", "/", json.dumps(scene.boundary), f"boundary-{scene.slug}", []).arn
        seed.role(CUSTOMER, scene.role, scene.trust or enforced(scene.external_id), policies, boundary)
    if scene.bucket_policy:  # names the role, which must exist first
        bucket = s3_backends[scene.bucket_account]["aws"].get_bucket(scene.bucket)
        bucket.policy = json.dumps(scene.bucket_policy).encode()
        principals.pin(bucket, scene.bucket_policy)
