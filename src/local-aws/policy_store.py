"""Checks policies as AWS does before they are stored, and pins the principals in them to their unique IDs."""

from __future__ import annotations

import json
from typing import Any

from moto.kms.models import kms_backends

import accounts
import grammar
import kms_rules
import principals
import s3_rules
from errors import AwsError
from wire import Answer, Call

#: (service, operation) -> (parameter with the policy, its kind, AWS's error code for an invalid one).
STORED = {
    ("iam", "CreateRole"): ("AssumeRolePolicyDocument", "trust", "MalformedPolicyDocument"),
    ("iam", "UpdateAssumeRolePolicy"): ("PolicyDocument", "trust", "MalformedPolicyDocument"),
    ("iam", "PutRolePolicy"): ("PolicyDocument", "identity", "MalformedPolicyDocument"),
    ("iam", "PutUserPolicy"): ("PolicyDocument", "identity", "MalformedPolicyDocument"),
    ("iam", "PutGroupPolicy"): ("PolicyDocument", "identity", "MalformedPolicyDocument"),
    ("iam", "CreatePolicy"): ("PolicyDocument", "identity", "MalformedPolicyDocument"),
    ("iam", "CreatePolicyVersion"): ("PolicyDocument", "identity", "MalformedPolicyDocument"),
    ("kms", "CreateKey"): ("Policy", "key", "MalformedPolicyDocumentException"),
    ("kms", "PutKeyPolicy"): ("Policy", "key", "MalformedPolicyDocumentException"),
    ("s3", "PutBucketPolicy"): ("", "bucket", "MalformedPolicy"),
}


def _document(call: Call) -> str | None:
    parameter, _, _ = STORED[call.service, call.operation]
    return call.params.get(parameter) if parameter else call.body.decode("utf-8", "replace")


def check(call: Call) -> None:
    if (call.service, call.operation) not in STORED:
        return
    _, kind, code = STORED[call.service, call.operation]
    document = _document(call)
    if document is not None:
        try:
            grammar.parse(document, kind)
        except ValueError as error:
            raise AwsError(400, code, str(error)) from None


def pin(call: Call, account: str, answer: Answer) -> None:
    """Once the policy is stored, records which roles and users its principals name now."""
    holder: Any = None
    if call.service == "iam" and call.operation in ("CreateRole", "UpdateAssumeRolePolicy"):
        holder = accounts.role_named(account, call.params["RoleName"])
    elif call.service == "kms" and call.operation == "CreateKey":
        holder = kms_backends[account][call.region].keys[json.loads(answer.body)["KeyMetadata"]["KeyId"]]
    elif call.service == "kms" and call.operation == "PutKeyPolicy":
        holder = kms_rules.find(call.params["KeyId"], account, call.region)
    elif call.operation == "PutBucketPolicy":
        holder = s3_rules.bucket_of(call.bucket)
    document = _document(call) if holder is not None else None
    if document:
        principals.pin(holder, json.loads(document))
