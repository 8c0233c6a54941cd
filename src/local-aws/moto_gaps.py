"""Adds to moto what it leaves out and real customers use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import moto.kms.models
from moto.core.responses import ActionResult, EmptyResult
from moto.events.exceptions import ValidationException
from moto.events.models import EventsBackend
from moto.iam.models import User
from moto.iam.responses import IamResponse
from moto.kms.models import Key, KmsBackend
from moto.s3.exceptions import EntityTooSmall, InvalidPart, MalformedXML
from moto.s3.models import FakeKey, FakeMultipart, MultipartChecksumBuilder
from moto.secretsmanager.exceptions import InvalidRequestException
from moto.secretsmanager.models import SecretsManagerBackend
from moto.settings import S3_UPLOAD_PART_MIN_SIZE

_generate_private_key = moto.kms.models.generate_private_key
_replicate_key = KmsBackend.replicate_key
_put_events = EventsBackend.put_events
_create_secret = SecretsManagerBackend.create_secret
_response_dict = FakeKey.response_dict.fget  # type: ignore[attr-defined]


def fill() -> None:
    moto.kms.models.generate_private_key = private_key  # type: ignore[assignment]
    FakeKey.response_dict = property(response_dict)  # type: ignore[assignment,method-assign]
    FakeMultipart.complete = complete  # type: ignore[method-assign]
    FakeKey.value = FakeKey.value.setter(set_value)  # type: ignore[attr-defined,method-assign]
    KmsBackend.replicate_key = replicate_key  # type: ignore[method-assign]
    EventsBackend.put_events = put_events  # type: ignore[method-assign]
    SecretsManagerBackend.create_secret = create_secret  # type: ignore[method-assign]
    IamResponse.put_user_permissions_boundary = put_user_permissions_boundary  # type: ignore[attr-defined]
    IamResponse.delete_user_permissions_boundary = delete_user_permissions_boundary  # type: ignore[attr-defined]


def response_dict(self: FakeKey) -> dict[str, Any]:
    """With DSSE-KMS the answer names the key, as with SSE-KMS. DSSE-KMS has no Bucket Keys."""
    headers = _response_dict(self)
    if self.encryption == "aws:kms:dsse" and self.kms_key_id is not None:
        headers["x-amz-server-side-encryption-aws-kms-key-id"] = self.kms_key_id
    return headers


def set_value(self: FakeKey, new_value: bytes) -> None:
    """Writes what is too big for the memory into a file at once; moto copies it twice on its way there."""
    self._value_buffer.seek(0)
    self._value_buffer.truncate()
    if len(new_value) > self._max_buffer_size:
        self._value_buffer.rollover()
    self._value_buffer.write(new_value)
    self.contentsize = len(new_value)


def complete(
    self: FakeMultipart, wanted: Iterable[tuple[int, str]]
) -> tuple[bytearray, str, tuple[str, str, int] | None]:
    """The object made of its parts, its ETag and its checksum; in one copy, and without the checksum that nobody asked for."""
    parts = [(self.parts.get(number), etag.replace('"', "")) for number, etag in wanted]
    if not parts:
        raise MalformedXML()
    found = [part for part, etag in parts if part is not None and part.etag == f'"{etag}"']
    if len(found) < len(parts):
        raise InvalidPart()
    if any(part.contentsize < S3_UPLOAD_PART_MIN_SIZE for part in found[:-1]):
        raise EntityTooSmall()
    algorithm = self.metadata.get("x-amz-checksum-algorithm")
    checksum = MultipartChecksumBuilder(algorithm, self.metadata.get("x-amz-checksum-type")) if algorithm else None
    whole = bytearray()
    for part in found:
        value = part.value
        whole += value
        if checksum:
            checksum.addPart(value)
    digest = hashlib.md5(b"".join(bytes.fromhex(etag) for _, etag in parts)).hexdigest()
    return whole, f"{digest}-{len(parts)}", checksum.build() if checksum else None


def private_key(key_spec: str) -> Any:
    """A symmetric key has none. Moto makes an RSA key for it, which takes longer than all the rest of CreateKey."""
    return None if key_spec == "SYMMETRIC_DEFAULT" else _generate_private_key(key_spec)


def replicate_key(self: KmsBackend, key_id: str, replica_region: str) -> Key:
    """A replica has a policy and grants of its own, while moto's has the primary key's; and moto takes no ARN."""
    replica = _replicate_key(self, self.get_key_id(key_id), replica_region)
    replica.policy, replica.grants = replica.generate_default_policy(), {}
    return replica


def put_events(self: EventsBackend, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not events:
        raise ValidationException(
            "1 validation error detected: Value '[]' at 'entries' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1"
        )
    return _put_events(self, events)


def create_secret(self: SecretsManagerBackend, name: str, *arguments: Any, **more: Any) -> Any:
    """The name of a secret that is scheduled for deletion is taken until then."""
    known = self.secrets.get(name)
    if known is not None and known.is_deleted():
        raise InvalidRequestException(
            "You can't create this secret because a secret with this name is already scheduled for deletion."
        )
    return _create_secret(self, name, *arguments, **more)


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
