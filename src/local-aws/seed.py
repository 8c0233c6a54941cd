"""Sets up what exists at the start: accounts, administrator, and the service's own roles, key, table and event bus."""

from __future__ import annotations

import json
import pathlib
from typing import Any

from moto.kms.models import kms_backends

import accounts
import emulator
import principals
import template as templates
from accounts import CUSTOMER, OTHER, SERVICE

REGION = "us-east-1"
ADMIN_ROLE = "OrganizationAccountAccessRole"
#: Logical ID -> Ref and Arn, for the template's resources that get their name from AWS.
RETURN_VALUES: dict[str, dict[str, str]] = {}
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def trust(principal: dict[str, Any], condition: dict[str, Any] | None = None) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement | ({"Condition": condition} if condition else {})]}


def role(
    account: str,
    name: str,
    trusted: dict[str, Any],
    policies: dict[str, dict],
    boundary: str | None = None,
    hours: int = 1,
    path: str = "/",
) -> Any:
    made = accounts.iam(account).create_role(name, json.dumps(trusted), path, boundary, "", [], str(hours * 3600))
    principals.pin(made, trusted)
    for policy_name, document in policies.items():
        made.put_policy(policy_name, json.dumps(document))
    return made


def user(account: str, name: str, key: str, secret: str, policies: dict[str, dict]) -> Any:
    """A user with a fixed access key."""
    iam = accounts.iam(account)
    made = iam.create_user(REGION, name)
    for policy_name, document in policies.items():
        made.put_policy(policy_name, json.dumps(document))
    pair = iam.create_access_key(name)
    del iam.access_keys[pair.access_key_id]
    pair.access_key_id, pair.secret_access_key = key, secret
    iam.access_keys[key] = pair
    return made


def all_accounts(template_path: pathlib.Path) -> None:
    user(SERVICE, "local-admin", accounts.ADMIN_KEY, accounts.ADMIN_SECRET, {"everything": EVERYTHING})
    for account in (CUSTOMER, OTHER):
        role(account, ADMIN_ROLE, trust({"AWS": f"arn:aws:iam::{SERVICE}:root"}), {"everything": EVERYTHING}, hours=12)
    if template_path.exists():
        _service(templates.read(template_path, SERVICE, REGION, Stage="local", GatewayRoleName=accounts.GATEWAY_ROLE))
    else:
        print(f"no {template_path}: the service's principals may do nothing but assume roles", flush=True)
        _principals({"none": EVERYTHING}, {"customers-roles": EVERYTHING}, None)


def _service(stack: templates.Template) -> None:
    for logical_id in stack.of_type("AWS::KMS::Key"):
        # First, since AWS picks its ID. Its policy comes last, since it may name the roles, which are created next.
        made = emulator.json_call("kms", "TrentService.CreateKey", {"Description": logical_id}, SERVICE, REGION)["KeyMetadata"]
        stack.return_values[logical_id] = {"Ref": made["KeyId"], "Arn": made["Arn"]}
    functions = [name for name in ("ApiFunctionRole", "SweepFunctionRole") if name in stack.resources]
    # One principal acts for all functions and has the permissions of all of them.
    for name in [*functions, "GatewayRole"]:
        local = accounts.GATEWAY_ROLE if name == "GatewayRole" else "sea-function"
        stack.return_values[name] = {"Ref": local, "Arn": f"arn:aws:iam::{SERVICE}:role/{local}"}
    RETURN_VALUES.update(stack.return_values)
    rights = {f"{name}-{policy}": document for name in functions for policy, document in stack.inline_policies(name).items()}
    _principals(rights, stack.inline_policies("GatewayRole"), stack.properties("GatewayRole")["AssumeRolePolicyDocument"])
    for logical_id in stack.of_type("AWS::KMS::Key"):
        key = kms_backends[SERVICE][REGION].keys[stack.attribute(logical_id, "Ref")]
        key.policy = json.dumps(stack.properties(logical_id)["KeyPolicy"])
        principals.pin(key, json.loads(key.policy))
    for logical_id in stack.of_type("AWS::DynamoDB::Table"):
        _table(stack.properties(logical_id))
    for logical_id in stack.of_type("AWS::Events::EventBus"):
        emulator.json_call("events", "AWSEvents.CreateEventBus", {"Name": stack.attribute(logical_id, "Ref")}, SERVICE, REGION)


def _principals(rights: dict[str, dict], gateway_rights: dict[str, dict], gateway_trust: dict | None) -> None:
    function = role(SERVICE, "sea-function", trust({"Service": "lambda.amazonaws.com"}), rights)
    role(SERVICE, accounts.GATEWAY_ROLE, gateway_trust or trust({"AWS": function.arn}), gateway_rights)
    accounts.act_as(accounts.FUNCTION_KEY, accounts.FUNCTION_SECRET, function)


def _table(properties: dict[str, Any]) -> None:
    known = (
        "TableName",
        "AttributeDefinitions",
        "KeySchema",
        "BillingMode",
        "ProvisionedThroughput",
        "GlobalSecondaryIndexes",
        "LocalSecondaryIndexes",
        "DeletionProtectionEnabled",
    )
    request = {name: properties[name] for name in known if name in properties}
    encryption = properties.get("SSESpecification")
    if encryption:
        request["SSESpecification"] = {("Enabled" if k == "SSEEnabled" else k): v for k, v in encryption.items()}
    emulator.json_call("dynamodb", "DynamoDB_20120810.CreateTable", request, SERVICE, REGION)
    if "TimeToLiveSpecification" in properties:
        emulator.json_call(
            "dynamodb",
            "DynamoDB_20120810.UpdateTimeToLive",
            {"TableName": properties["TableName"], "TimeToLiveSpecification": properties["TimeToLiveSpecification"]},
            SERVICE,
            REGION,
        )
