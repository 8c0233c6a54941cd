"""Reads the stack's template as CloudFormation would for the stage `local`, so that the service's permissions and its
table are defined only once."""

from __future__ import annotations

import pathlib
import re
from typing import Any

import yaml

PARTITION, SUFFIX = "aws", "amazonaws.com"


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short tags: !Sub becomes {"Fn::Sub": ...}."""


def _tagged(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _tagged)
# A policy's version, such as 2012-10-17, is text and not a date.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_NO_VALUE = object()


class Template:
    def __init__(self, text: str, account: str, region: str, parameters: dict[str, Any]):
        document = yaml.load(text, _Loader)  # noqa: S506 - derived from SafeLoader
        self.resources: dict[str, Any] = document.get("Resources", {})
        self.account, self.region = account, region
        self._conditions, self._mappings = document.get("Conditions", {}), document.get("Mappings", {})
        self._parameters = {
            name: parameters.get(name, _default(declared)) for name, declared in document.get("Parameters", {}).items()
        }
        #: Logical ID -> {"Ref": ..., "Arn": ...}, for created resources that get their name from AWS.
        self.return_values: dict[str, dict[str, str]] = {}

    def of_type(self, kind: str) -> list[str]:
        return [
            name
            for name, resource in self.resources.items()
            if resource["Type"] == kind and self._condition(resource.get("Condition"))
        ]

    def properties(self, logical_id: str) -> dict[str, Any]:
        return self._value(self.resources[logical_id].get("Properties", {}))

    def inline_policies(self, role: str) -> dict[str, dict]:
        """Every policy that the template gives to the role: inline, or as a resource of its own."""
        found = {p["PolicyName"]: p["PolicyDocument"] for p in self.properties(role).get("Policies", [])}
        name = self.attribute(role, "Ref")
        for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"):
            for logical_id in self.of_type(kind):
                properties = self.properties(logical_id)
                if name in properties.get("Roles", []) or name == properties.get("RoleName"):
                    found[logical_id] = properties["PolicyDocument"]
        attached = self.properties(role).get("ManagedPolicyArns", [])
        found |= {
            i: self.properties(i)["PolicyDocument"]
            for i in self.of_type("AWS::IAM::ManagedPolicy")
            if self.attribute(i, "Ref") in attached
        }
        return found

    def attribute(self, logical_id: str, attribute: str) -> str:
        """The value that Ref or GetAtt returns for a resource."""
        if attribute in self.return_values.get(logical_id, {}):
            return self.return_values[logical_id][attribute]
        kind, properties = self.resources[logical_id]["Type"], self.resources[logical_id].get("Properties", {})
        named, service, path = _ARNS.get(kind, ("", "", ""))
        name = str(self._value(properties[named])) if named in properties else logical_id
        if attribute == "Ref" and kind != "AWS::IAM::ManagedPolicy":
            return name
        if attribute in ("Ref", "Arn"):
            region = "" if service == "iam" else self.region
            return f"arn:{PARTITION}:{service}:{region}:{self.account}:{path.format(name=name)}"
        return f"{logical_id}.{attribute}"

    def _value(self, node: Any) -> Any:
        if isinstance(node, list):
            return [v for v in map(self._value, node) if v is not _NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((name, argument),) = node.items()
            if name == "Ref" or name.startswith("Fn::"):
                return self._function(name.removeprefix("Fn::"), argument)
        resolved = {key: self._value(value) for key, value in node.items()}
        return {key: value for key, value in resolved.items() if value is not _NO_VALUE}

    def _function(self, name: str, argument: Any) -> Any:
        if name == "Ref":
            return self._reference(argument)
        if name == "GetAtt":
            return self.attribute(*(argument.split(".", 1) if isinstance(argument, str) else argument))
        if name == "If":
            return self._value(argument[1 if self._condition(argument[0]) else 2])
        if name == "Sub":
            text, own = (argument, {}) if isinstance(argument, str) else (argument[0], self._value(argument[1]))
            return re.sub(r"\$\{(!?)([^}]+)\}", lambda m: "${" + m[2] + "}" if m[1] else self._substitute(m[2], own), text)
        value = self._value(argument)
        if name == "Join":
            return value[0].join(map(str, value[1]))
        if name == "Select":
            return value[1][int(value[0])]
        if name == "Split":
            return value[1].split(value[0])
        if name == "FindInMap":
            return self._mappings[value[0]][value[1]][value[2]]
        raise ValueError(f"template: the local AWS does not know Fn::{name}")

    def _substitute(self, name: str, own: dict[str, Any]) -> str:
        if name in own:
            return str(own[name])
        return self.attribute(*name.split(".", 1)) if "." in name else str(self._reference(name))

    def _reference(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return _NO_VALUE
        pseudo = {
            "AWS::Region": self.region,
            "AWS::AccountId": self.account,
            "AWS::Partition": PARTITION,
            "AWS::URLSuffix": SUFFIX,
            "AWS::StackName": "local",
            "AWS::StackId": "local",
        }
        if name in pseudo:
            return pseudo[name]
        return self._parameters[name] if name in self._parameters else self.attribute(name, "Ref")

    def _condition(self, condition: Any) -> bool:
        if condition is None:
            return True
        if isinstance(condition, str):
            return self._condition(self._conditions[condition])
        ((name, argument),) = condition.items()
        if name == "Condition":
            return self._condition(argument)
        if name == "Fn::Equals":
            left, right = (str(self._value(side)) for side in argument)
            return left == right
        if name == "Fn::Not":
            return not self._condition(argument[0])
        return {"Fn::And": all, "Fn::Or": any}[name](map(self._condition, argument))


def _default(declared: dict[str, Any]) -> Any:
    value = declared.get("Default", "")
    return [part.strip() for part in str(value).split(",")] if "List" in declared.get("Type", "") else value


#: type -> (property with the name, service, resource part of the ARN)
_ARNS = {
    "AWS::DynamoDB::Table": ("TableName", "dynamodb", "table/{name}"),
    "AWS::DynamoDB::GlobalTable": ("TableName", "dynamodb", "table/{name}"),
    "AWS::Events::EventBus": ("Name", "events", "event-bus/{name}"),
    "AWS::IAM::Role": ("RoleName", "iam", "role/{name}"),
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName", "iam", "policy/{name}"),
    "AWS::KMS::Key": ("", "kms", "key/{name}"),
    "AWS::Logs::LogGroup": ("LogGroupName", "logs", "log-group:{name}:*"),
    "AWS::SQS::Queue": ("QueueName", "sqs", "{name}"),
    "AWS::SNS::Topic": ("TopicName", "sns", "{name}"),
    "AWS::Serverless::Function": ("FunctionName", "lambda", "function:{name}"),
}


def read(path: pathlib.Path, account: str, region: str, **parameters: Any) -> Template:
    return Template(path.read_text(encoding="utf-8"), account, region, parameters)
