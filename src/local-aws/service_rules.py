"""The permissions that operations of DynamoDB, Secrets Manager, EventBridge, IAM and other services need.

DynamoDB and Secrets Manager use a customer-managed key with the caller's permissions, so their calls need the key as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.secretsmanager.models import secretsmanager_backends

import accounts
import authorization
import kms_rules
from accounts import Identity
from authorization import Need
from errors import AwsError
from wire import Call

#: Part of a DynamoDB transaction -> the action that it needs. The transaction has no action of its own.
TRANSACTED = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}
ITEM_ACCESS = {
    "GetItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "Query",
    "Scan",
    "BatchGetItem",
    "BatchWriteItem",
    "ConditionCheckItem",
}


def check(call: Call, identity: Identity) -> str:
    account = identity.caller.account
    rules = {"dynamodb": _dynamodb, "secretsmanager": _secret, "events": _events, "iam": _iam}.get(call.service, _any)
    for need in rules(call, account):
        authorization.demand(call, identity, need)
        if call.service == "dynamodb" and need.action.split(":")[1] in ITEM_ACCESS:
            _use_table_key(call, identity, need.resource)
    if call.service == "secretsmanager":
        _use_secret_key(call, identity)
    return account


def _dynamodb(call: Call, account: str) -> Iterator[Need]:
    def arn(table: str) -> str:
        return table if table.startswith("arn:") else f"arn:aws:dynamodb:{call.region}:{account}:table/{table}"

    params = call.params
    if call.operation in ("TransactWriteItems", "TransactGetItems"):
        for part in params.get("TransactItems", []):
            for kind, item in part.items():
                yield Need(
                    f"dynamodb:{TRANSACTED[kind]}", arn(item["TableName"]), {"dynamodb:EnclosingOperation": call.operation}
                )
    elif call.operation in ("BatchGetItem", "BatchWriteItem"):
        for table in params.get("RequestItems", {}):
            yield Need(f"dynamodb:{call.operation}", arn(table))
    elif call.operation in ("ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement"):
        yield Need("dynamodb:PartiQLSelect", arn("*"))
    elif table := params.get("TableName") or params.get("ResourceArn"):
        index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
        yield Need(f"dynamodb:{call.operation}", arn(table) + index, _leading_key(call, account))
    else:
        yield Need(f"dynamodb:{call.operation}", "*")


def _leading_key(call: Call, account: str) -> dict[str, Any]:
    item = call.params.get("Key") or call.params.get("Item")
    table = dynamodb_backends[account][call.region].tables.get(call.params.get("TableName", ""))
    value = item.get(table.hash_key_attr) if table is not None and isinstance(item, dict) else None
    return {"dynamodb:LeadingKeys": [str(v) for v in value.values()]} if isinstance(value, dict) else {}


def _use_table_key(call: Call, identity: Identity, resource: str) -> None:
    name = resource.split(":table/")[1].split("/")[0]
    table = dynamodb_backends[identity.caller.account][call.region].tables.get(name)
    key_id = (getattr(table, "sse_specification", None) or {}).get("KMSMasterKeyId")
    if table is not None and key_id:
        context = {"aws:dynamodb:tableName": name, "aws:dynamodb:subscriberId": identity.caller.account}
        _use_key(call, identity, ["kms:Decrypt"], key_id, context)


def _use_secret_key(call: Call, identity: Identity) -> None:
    uses = {
        "CreateSecret": ["kms:GenerateDataKey", "kms:Decrypt"],
        "PutSecretValue": ["kms:GenerateDataKey", "kms:Decrypt"],
        "UpdateSecret": ["kms:GenerateDataKey", "kms:Decrypt"],
        "GetSecretValue": ["kms:Decrypt"],
    }
    secret = _find_secret(call, identity.caller.account)
    key_id = call.params.get("KmsKeyId") or (secret.kms_key_id if secret is not None else None)
    if call.operation in uses and key_id and "alias/aws/" not in key_id:
        arn = secret.arn if secret is not None else _secret_arn(call, identity.caller.account)
        _use_key(call, identity, uses[call.operation], key_id, {"SecretARN": arn})


def _use_key(call: Call, identity: Identity, actions: list[str], key_id: str, context: dict[str, str]) -> None:
    key = kms_rules.find(key_id, identity.caller.account, call.region)
    if key is None:
        raise AwsError(400, "ResourceNotFoundException", f"KMS key {key_id} does not exist")
    for action in actions:
        authorization.demand(call, identity, kms_rules.need(action, key, identity, context), via=call.service)


def _find_secret(call: Call, account: str) -> Any:
    name = call.params.get("SecretId") or ""
    backend = secretsmanager_backends[account][call.region]
    for secret in list(backend.secrets.values()):
        if name and name in (secret.name, secret.arn):
            return secret
    return None


def _secret_arn(call: Call, account: str) -> str:
    name = call.params.get("SecretId") or call.params.get("Name") or "*"
    # AWS adds a hyphen and six characters to the name; a policy's pattern must allow for them.
    return name if name.startswith("arn:") else f"arn:aws:secretsmanager:{call.region}:{account}:secret:{name}-AbCdEf"


def _secret(call: Call, account: str) -> Iterator[Need]:
    params, secret = call.params, _find_secret(call, account)
    context: dict[str, Any] = {}
    for name in (
        "Name",
        "SecretId",
        "KmsKeyId",
        "Description",
        "VersionId",
        "VersionStage",
        "RecoveryWindowInDays",
        "ForceDeleteWithoutRecovery",
    ):
        if name in params:
            value = params[name]
            context[f"secretsmanager:{name}"] = str(value).lower() if isinstance(value, bool) else str(value)
    context |= _tag_context(params.get("Tags"))
    for tag in getattr(secret, "tags", None) or []:
        context[f"aws:ResourceTag/{tag['Key']}"] = context[f"secretsmanager:ResourceTag/{tag['Key']}"] = tag["Value"]
    if call.operation in ("ListSecrets", "BatchGetSecretValue", "GetRandomPassword"):
        yield Need(f"secretsmanager:{call.operation}", "*", context)
        return
    arn = secret.arn if secret is not None else _secret_arn(call, account)
    yield Need(f"secretsmanager:{call.operation}", arn, context)
    if call.operation == "CreateSecret" and params.get("Tags"):
        yield Need("secretsmanager:TagResource", arn, context)


def _events(call: Call, account: str) -> Iterator[Need]:
    def bus(name: str) -> str:
        return name if name.startswith("arn:") else f"arn:aws:events:{call.region}:{account}:event-bus/{name}"

    if call.operation != "PutEvents":
        name = call.params.get("Name") or call.params.get("EventBusName")
        yield Need(f"events:{call.operation}", bus(name) if name and "EventBus" in call.operation else "*")
        return
    for entry in call.params.get("Entries", []):
        context = {
            f"events:{key}": entry[name] for key, name in (("source", "Source"), ("detail-type", "DetailType")) if name in entry
        }
        yield Need("events:PutEvents", bus(entry.get("EventBusName") or "default"), context)


def _iam(call: Call, account: str) -> Iterator[Need]:
    params, resource, context = call.params, "*", {}
    for kind, name in (("role", "RoleName"), ("user", "UserName"), ("group", "GroupName"), ("policy", "PolicyName")):
        if name in params and (kind != "policy" or call.operation == "CreatePolicy"):
            found = accounts.iam(account)
            holder = (
                accounts.role_named(account, params[name])
                if kind == "role"
                else found.users.get(params[name])
            )
            path = params.get("Path", "/")
            resource = (
                holder.arn
                if holder is not None and kind in ("role", "user")
                else f"arn:aws:iam::{account}:{kind}{path}{params[name]}"
            )
            break
    else:
        resource = params.get("PolicyArn", "*")
    if "PermissionsBoundary" in params:
        context["iam:PermissionsBoundary"] = params["PermissionsBoundary"]
    if "PolicyArn" in params:
        context["iam:PolicyARN"] = params["PolicyArn"]
    yield Need(f"iam:{call.operation}", resource, context)


def _any(call: Call, account: str) -> Iterator[Need]:
    params, resource = call.params, "*"
    if call.service == "logs" and (group := params.get("logGroupName")):
        resource = f"arn:aws:logs:{call.region}:{account}:log-group:{group}"
        resource += f":log-stream:{params['logStreamName']}" if "logStreamName" in params else ""
    service = {"monitoring": "cloudwatch"}.get(call.service, re.sub(r"[^a-z0-9-]", "", call.service))
    yield Need(f"{service}:{call.operation}", resource, _tag_context(params.get("Tags")))


def _tag_context(tags: Any) -> dict[str, Any]:
    pairs = {t["Key"]: t.get("Value", "") for t in tags if isinstance(t, dict) and "Key" in t} if isinstance(tags, list) else {}
    return {f"aws:RequestTag/{k}": v for k, v in pairs.items()} | ({"aws:TagKeys": list(pairs)} if pairs else {})
