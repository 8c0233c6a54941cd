"""Adds to moto what it leaves out and real customers use."""

from __future__ import annotations

from typing import Any

import moto.kms.models
from moto.core.responses import ActionResult, EmptyResult
from moto.iam.models import User
from moto.iam.responses import IamResponse
from moto.kms.models import Key, KmsBackend
from moto.s3.models import FakeKey

_generate_private_key = moto.kms.models.generate_private_key
_replicate_key = KmsBackend.replicate_key
_response_dict = FakeKey.response_dict.fget  # type: ignore[attr-defined]


def fill() -> None:
    moto.kms.models.generate_private_key = private_key  # type: ignore[assignment]
    FakeKey.response_dict = property(response_dict)  # type: ignore[assignment,method-assign]
    KmsBackend.replicate_key = replicate_key  # type: ignore[method-assign]
    IamResponse.put_user_permissions_boundary = put_user_permissions_boundary  # type: ignore[attr-defined]
    IamResponse.delete_user_permissions_boundary = delete_user_permissions_boundary  # type: ignore[attr-defined]


def response_dict(self: FakeKey) -> dict[str, Any]:
    """With DSSE-KMS the answer names the key, as with SSE-KMS. DSSE-KMS has no Bucket Keys."""
    headers = _response_dict(self)
    if self.encryption == "aws:kms:dsse" and self.kms_key_id is not None:
        headers["x-amz-server-side-encryption-aws-kms-key-id"] = self.kms_key_id
    return headers


def private_key(key_spec: str) -> Any:
    """A symmetric key has none. Moto makes an RSA key for it, which takes longer than all the rest of CreateKey."""
    return None if key_spec == "SYMMETRIC_DEFAULT" else _generate_private_key(key_spec)


def replicate_key(self: KmsBackend, key_id: str, replica_region: str) -> Key:
    """A replica has a policy and grants of its own, while moto's has the primary key's; and moto takes no ARN."""
    replica = _replicate_key(self, self.get_key_id(key_id), replica_region)
    replica.policy, replica.grants = replica.generate_default_policy(), {}
    return replica


def put_user_permissions_boundary(self: IamResponse) -> ActionResult:
    arn = self._get_param("PermissionsBoundary")
    self.backend.get_policy(arn)  # raises NoSuchEntity
    _user(self).permissions_boundary_arn = arn  # type: ignore[attr-defined]
    return EmptyResult()


def delete_user_permissions_boundary(self: IamResponse) -> ActionResult:
    _user(self).permissions_boundary_arn = None  # type: ignore[attr-defined]
    return EmptyResult()


def _user(self: IamResponse) -> User:
    return self.backend.get_user(self._get_param("UserName"))
