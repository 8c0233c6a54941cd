"""KMS: finds the key that a name means, reads its policy, and checks its state; for direct calls and for S3's."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
import threading
from typing import Any

from moto.kms.models import Key, kms_backends
from moto.kms.utils import _deserialize_ciphertext_blob

import accounts
import authorization
import kms_grants
import policy
import principals
from accounts import Identity
from authorization import Need
from errors import AwsError
from wire import Call

MANAGED = "alias/aws/s3"
#: Operations that use key material: they fail if the key is unusable, and they accept DryRun.
CRYPTOGRAPHIC = {
    "Encrypt",
    "Decrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncrypt",
    "Sign",
    "Verify",
    "GenerateMac",
    "VerifyMac",
}
_lock = threading.Lock()


def find(name: str, account: str, region: str) -> Key | None:
    """The key with this ID, ARN or alias (name or ARN). The AWS managed key is created on first use."""
    if name.startswith("arn:"):
        parts = name.split(":", 5)
        if len(parts) < 6 or parts[3] != region or not re.fullmatch(r"\d{12}", parts[4]):
            return None
        account, name = parts[4], parts[5].removeprefix("key/")
    if account not in accounts.known_accounts():
        return None
    backend = kms_backends[account][region]
    if name == MANAGED:
        return _managed_key(backend, account, region)
    if name.startswith("alias/"):
        return next((key for key in list(backend.keys.values()) if name in key.aliases), None)
    return backend.keys.get(name)


def _managed_key(backend: Any, account: str, region: str) -> Key:
    with _lock:
        key = next((key for key in list(backend.keys.values()) if MANAGED in key.aliases), None)
        if key is None:
            key = backend.create_key(
                _managed_policy(account, region),
                "ENCRYPT_DECRYPT",
                "SYMMETRIC_DEFAULT",
                "Default key that protects my S3 objects when no other key is defined",
                None,
            )
            key.key_manager = "AWS"
            backend.create_alias(key.id, MANAGED)
        return key


def _managed_policy(account: str, region: str) -> str:
    """The policy that AWS writes: everybody in the account may use the key through S3, nobody directly."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Id": "auto-s3-2",
            "Statement": [
                {
                    "Sid": "Allow access through S3 for all principals in the account that are authorized to use S3",
                    "Effect": "Allow",
                    "Principal": {"AWS": "*"},
                    "Resource": "*",
                    "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
                    "Condition": {"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com", "kms:CallerAccount": account}},
                },
                {
                    "Sid": "Allow direct access to key metadata to the account",
                    "Effect": "Allow",
                    "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                    "Resource": "*",
                    "Action": ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
                },
            ],
        }
    )


def need(action: str, key: Key, identity: Identity, encryption_context: dict[str, str], alias: str = "") -> Need:
    context: dict[str, Any] = {
        "kms:CallerAccount": identity.caller.account,
        "kms:KeySpec": key.key_spec,
        "kms:KeyUsage": key.key_usage or "ENCRYPT_DECRYPT",
        "kms:KeyOrigin": key.origin,
        "kms:MultiRegion": "true" if key.multi_region else "false",
    }
    if key.aliases:
        context["kms:ResourceAliases"] = list(key.aliases)
    if alias:
        context["kms:RequestAlias"] = alias
    if action.split(":")[1] in CRYPTOGRAPHIC or action.startswith("kms:ReEncrypt"):
        context["kms:EncryptionAlgorithm"] = "SYMMETRIC_DEFAULT"
    context |= {f"kms:EncryptionContext:{k}": v for k, v in encryption_context.items()}
    if encryption_context:
        context["kms:EncryptionContextKeys"] = list(encryption_context)
    for tag in kms_backends[key.account_id][key.region].tagger.list_tags_for_resource(key.id)["Tags"]:
        context[f"aws:ResourceTag/{tag['TagKey']}"] = tag["TagValue"]
    own_policy = principals.effective(key, key.policy)
    return Need(action, key.arn, context, own_policy, key.account_id, "key", kms_grants.of(key))


def unusable(key: Key) -> tuple[str, str] | None:
    """KMS's error code and message if the key cannot be used now."""
    if key.key_state == "Enabled":
        return None
    if key.key_state == "Disabled":
        return "DisabledException", f"{key.arn} is disabled."
    state = {"PendingDeletion": "is pending deletion.", "PendingImport": "is pending import."}
    return "KMSInvalidStateException", f"{key.arn} {state.get(key.key_state, 'is in an invalid state.')}"


def check(call: Call, identity: Identity) -> str:
    """Checks a direct call and returns the account that owns the key. Raises KMS's errors, DryRunOperationException too."""
    name, operation = call.params.get("KeyId") or call.params.get("TargetKeyId") or "", call.operation
    own = identity.caller.account
    if operation in ("Decrypt", "ReEncrypt"):
        name = name or _key_of(call.params.get("CiphertextBlob", ""))
    if operation == "DeleteAlias" or operation == "UpdateAlias":
        name = name or call.params.get("AliasName", "")
    if not name:
        authorization.demand(call, identity, Need(f"kms:{operation}", "*", {"kms:CallerAccount": own}))
        return own
    key = find(name, own, call.region)
    if key is None:
        raise _missing(call, identity, name)
    context = call.params.get("EncryptionContext") or {}
    alias = name.rpartition(":")[2] if "alias/" in name else ""
    action = "ReEncryptFrom" if operation == "ReEncrypt" else operation
    needed = need(f"kms:{action}", key, identity, context, alias)
    authorization.demand(call, identity, dataclasses.replace(needed, context={**needed.context, **kms_grants.context(call)}))
    if operation == "ReEncrypt":
        target = find(call.params.get("DestinationKeyId", ""), own, call.region)
        if target is None:
            raise _missing(call, identity, call.params.get("DestinationKeyId", ""))
        authorization.demand(
            call, identity, need("kms:ReEncryptTo", target, identity, call.params.get("DestinationEncryptionContext") or {})
        )
    if operation == "CreateAlias":
        resource = f"arn:aws:kms:{call.region}:{own}:{call.params.get('AliasName', '')}"
        authorization.demand(call, identity, Need("kms:CreateAlias", resource, {"kms:CallerAccount": own}))
    if operation in CRYPTOGRAPHIC:
        if problem := unusable(key):
            raise AwsError(400, *problem)
        if call.params.get("DryRun"):
            raise AwsError(412, "DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
    return key.account_id


def _missing(call: Call, identity: Identity, name: str) -> AwsError:
    """No such key. For another account's key the error is the same whether the key is missing or denies access."""
    account = name.split(":")[4] if name.startswith("arn:") and name.count(":") >= 5 else identity.caller.account
    if account != identity.caller.account:
        return AwsError(400, "AccessDeniedException", unseen(identity, f"kms:{call.operation}", name))
    if name.startswith("arn:") and name.split(":")[3] != call.region:
        return AwsError(400, "NotFoundException", f"Invalid arn {name.split(':')[3]}")
    if "alias/" in name:
        arn = name if name.startswith("arn:") else f"arn:aws:kms:{call.region}:{account}:{name}"
        return AwsError(400, "NotFoundException", f"Alias {arn} is not found.")
    if not name.startswith("arn:") and not re.fullmatch("(mrk-)?[0-9a-f-]{32,36}", name):
        return AwsError(400, "NotFoundException", f"Invalid keyId '{name}'")
    arn = name if name.startswith("arn:") else f"arn:aws:kms:{call.region}:{account}:key/{name}"
    return AwsError(400, "NotFoundException", f"Key '{arn}' does not exist")


def unseen(identity: Identity, action: str, arn: str) -> str:
    """The message for another account's key, the same whether it is missing or denies access."""
    request, decision = policy.Request(action, arn, {}), policy.Decision(False, "resource", False)
    return policy.sentence(identity.caller, request, decision, "key")


def _key_of(ciphertext: str) -> str:
    """The ARN of the key that moto's ciphertext names, in any account."""
    try:
        key_id = _deserialize_ciphertext_blob(base64.b64decode(ciphertext)).key_id
    except Exception:  # noqa: BLE001 - all damage gives the same error
        raise AwsError(400, "InvalidCiphertextException") from None
    for account in accounts.known_accounts():
        for backend in list(kms_backends[account].values()):
            if key_id in backend.keys:
                return backend.keys[key_id].arn
    raise AwsError(400, "InvalidCiphertextException")
