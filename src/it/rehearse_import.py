"""Plays the commands of docs/operations.md that follow a failed first deployment and a deleted stack.

The AWS CLI itself runs them, against an account that stands for AWS here. It refuses what AWS refuses: to delete what is
protected, and an import change set that breaks a rule of CloudFormation's guide ("Import AWS resources into a
CloudFormation stack"). Compares retained.yaml with template.yaml as well. Run with the Python of SAM's tools; AWS is the
path of the AWS CLI."""

from __future__ import annotations

import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from typing import Any
from xml.sax.saxutils import escape

import cfnlint
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
ACCOUNT, REGION = "111122223333", "eu-west-1"
NAME = "dev-sea-external-integrations"
STACK = "sea-external-integrations-dev"
KEY = "0a1b2c3d-0000-4000-8000-0123456789ab"
KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{KEY}"
POOL = f"{REGION}_EXAMPLE"
#: What a deleted stack leaves behind, by type and identifier.
RETAINED = {
    ("AWS::IAM::Role", "sea-gateway-dev"),
    ("AWS::DynamoDB::Table", NAME),
    ("AWS::KMS::Key", KEY),
    ("AWS::Logs::LogGroup", f"/aws/vendedlogs/{NAME}-access"),
    ("AWS::Logs::LogGroup", f"/aws/lambda/{NAME}-api"),
    ("AWS::Logs::LogGroup", f"/aws/lambda/{NAME}-sweep"),
}


class Loader(yaml.SafeLoader):
    pass


def _function(loader: Loader, suffix: str, node: yaml.Node) -> Any:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


Loader.add_multi_constructor("!", _function)


def read(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader)


class Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def identifier(resource_type: str) -> str:
    """The name of the property that identifies a resource of this type, from the schema that CloudFormation publishes."""
    schemas = pathlib.Path(cfnlint.__file__).parent / "data/schemas"
    digest = json.loads((schemas / "providers" / f"{REGION}.json").read_text())[resource_type]
    schema = json.loads((schemas / "resources" / f"{digest}.json").read_text())
    if "read" not in schema["handlers"]:
        raise Refused("ValidationError", f"{resource_type} is not supported for import")
    (pointer,) = schema["primaryIdentifier"]
    return pointer.removeprefix("/properties/")


def holds(condition: Any, template: dict[str, Any], given: dict[str, str]) -> bool:
    match condition:
        case str(name):
            return holds(template["Conditions"][name], template, given)
        case {"Fn::Not": [inner]}:
            return not holds(inner, template, given)
        case {"Fn::Equals": [left, right]}:
            return text(left, given) == text(right, given)
    raise Refused("ValidationError", f"unknown condition {condition}")


def text(value: Any, given: dict[str, str]) -> str:
    match value:
        case {"Ref": name}:
            return given[name]
        case {"Fn::Sub": pattern}:
            return re.sub(r"\$\{(\w+)}", lambda found: given[found[1]], pattern)
    return str(value)


def references(value: Any) -> set[str]:
    """The resources and parameters that a part of a template refers to."""
    match value:
        case {"Ref": name} | {"Condition": str(name)}:
            return {name}
        case {"Fn::GetAtt": path}:
            return {path.split(".")[0]}
        case {"Fn::Sub": str(pattern)}:
            return {name for name in re.findall(r"\$\{([^}!]+)}", pattern)}
        case dict():
            return set().union(*map(references, value.values())) if value else set()
        case list():
            return set().union(*map(references, value)) if value else set()
    return set()


class Account:
    """What is left of a stack, and what became of it."""

    def __init__(self, left: set[tuple[str, str]], pool: bool) -> None:
        self.left = left | ({("AWS::Cognito::UserPool", POOL)} if pool else set())
        self.protected = {NAME, POOL}
        self.stack = "ROLLBACK_COMPLETE"
        self.imported: list[dict[str, Any]] = []
        self.calls: list[str] = []

    def answer(self, operation: str, asked: dict[str, Any]) -> Any:
        self.calls.append(operation)
        return getattr(self, operation)(**asked)

    def has(self, resource_type: str, name: str) -> bool:
        return (resource_type, name) in self.left

    def delete(self, resource_type: str, name: str) -> dict[str, Any]:
        if name in self.protected:
            raise Refused("ValidationException", f"{name} is protected against deletion")
        self.left.remove((resource_type, name))
        return {}

    def Scan(self, TableName: str, Limit: int) -> Any:
        return {"Count": 0, "Items": [], "ScannedCount": 0}

    def DescribeTable(self, TableName: str) -> Any:
        if not self.has("AWS::DynamoDB::Table", TableName):
            raise Refused("ResourceNotFoundException", "no such table")
        return {"Table": {"TableStatus": "ACTIVE", "SSEDescription": {"KMSMasterKeyArn": KEY_ARN}}}

    def UpdateTable(self, TableName: str, DeletionProtectionEnabled: bool) -> Any:
        self.protected.discard(TableName) if not DeletionProtectionEnabled else self.protected.add(TableName)
        return {}

    def DeleteTable(self, TableName: str) -> Any:
        return self.delete("AWS::DynamoDB::Table", TableName)

    def ScheduleKeyDeletion(self, KeyId: str, PendingWindowInDays: int) -> Any:
        if self.has("AWS::DynamoDB::Table", NAME):
            raise Refused("ConflictException", "the table still needs the key")
        return self.delete("AWS::KMS::Key", KeyId.split("/")[-1])

    def ListUserPools(self, MaxResults: int) -> Any:
        pools = [{"Id": POOL, "Name": NAME}] if self.has("AWS::Cognito::UserPool", POOL) else []
        return {"UserPools": [{"Id": f"{REGION}_OTHER", "Name": "another"}, *pools]}

    def UpdateUserPool(self, UserPoolId: str, DeletionProtection: str) -> Any:
        self.protected.discard(UserPoolId) if DeletionProtection == "INACTIVE" else self.protected.add(UserPoolId)
        return {}

    def DeleteUserPool(self, UserPoolId: str) -> Any:
        return self.delete("AWS::Cognito::UserPool", UserPoolId)

    def DeleteStack(self, StackName: str) -> str:
        self.stack = "DELETE_COMPLETE"
        return ""

    def DescribeStacks(self, StackName: str) -> str:
        return f"<Stacks><member><StackName>{StackName}</StackName><StackStatus>{self.stack}</StackStatus></member></Stacks>"

    def CreateChangeSet(
        self,
        StackName: str,
        ChangeSetName: str,
        ChangeSetType: str,
        TemplateBody: str,
        ResourcesToImport: list[dict[str, Any]],
        Parameters: list[dict[str, str]],
        Capabilities: list[str],
    ) -> str:
        if ChangeSetType != "IMPORT":
            raise Refused("ValidationError", "this would make new resources")
        template = read(TemplateBody)
        given = {name: str(parameter.get("Default", "")) for name, parameter in template["Parameters"].items()}
        for parameter in Parameters:
            if parameter["ParameterKey"] not in given:
                raise Refused("ValidationError", f"Parameters: {parameter['ParameterKey']} does not exist in the template")
            given[parameter["ParameterKey"]] = parameter.get("ParameterValue", "")
        for part in ("Outputs", "Transform"):
            if part in template:
                raise Refused("ValidationError", f"As part of the import operation, you cannot modify or add [{part}]")
        made = {
            name: resource
            for name, resource in template["Resources"].items()
            if "Condition" not in resource or holds(resource["Condition"], template, given)
        }
        wanted = {resource["LogicalResourceId"]: resource for resource in ResourcesToImport}
        if wanted.keys() != made.keys():
            raise Refused("ValidationError", f"{made.keys() ^ wanted.keys()} must be imported as well, or be in the template")
        for name, resource in made.items():
            self._check(name, resource, wanted[name], given)
        if "CAPABILITY_NAMED_IAM" not in Capabilities:
            raise Refused("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]")
        self.imported = ResourcesToImport
        return f"<Id>arn:aws:cloudformation:{REGION}:{ACCOUNT}:changeSet/{ChangeSetName}/1</Id>"

    def _check(self, name: str, resource: dict[str, Any], wanted: dict[str, Any], given: dict[str, str]) -> None:
        if "DeletionPolicy" not in resource:
            raise Refused("ValidationError", f"{name} needs a DeletionPolicy")
        if wanted["ResourceType"] != resource["Type"]:
            raise Refused("ValidationError", f"{name} is of another type")
        by = identifier(resource["Type"])
        if list(wanted["ResourceIdentifier"]) != [by]:
            raise Refused("ValidationError", f"{name} is identified by {by}")
        value = wanted["ResourceIdentifier"][by]
        if by in resource["Properties"] and text(resource["Properties"][by], given) != value:
            raise Refused("ValidationError", f"{name}: {value} is not what the template says")
        if not self.has(resource["Type"], value):
            raise Refused("ValidationError", f"{name}: there is no {value}")

    def DescribeChangeSet(self, StackName: str, ChangeSetName: str) -> str:
        changes = "".join(
            "<member><Type>Resource</Type><ResourceChange><Action>Import</Action>"
            f"<LogicalResourceId>{each['LogicalResourceId']}</LogicalResourceId>"
            f"<PhysicalResourceId>{escape(next(iter(each['ResourceIdentifier'].values())))}</PhysicalResourceId>"
            "</ResourceChange></member>"
            for each in self.imported
        )
        return f"<Status>CREATE_COMPLETE</Status><Changes>{changes}</Changes>"

    def ExecuteChangeSet(self, StackName: str, ChangeSetName: str) -> str:
        self.stack = "IMPORT_COMPLETE"
        return ""


class Endpoint(http.server.BaseHTTPRequestHandler):
    account: Account

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        target = self.headers.get("X-Amz-Target")
        operation = target.split(".")[-1] if target else urllib.parse.parse_qs(body)["Action"][0]
        asked = json.loads(body) if target else _unflatten(body)
        try:
            content, status = self.account.answer(operation, asked), 200
        except (Refused, TypeError) as refused:
            code = refused.code if isinstance(refused, Refused) else "ValidationException"
            status = 400
            content = (
                {"__type": code, "message": str(refused)}
                if target
                else f"<Error><Code>{code}</Code><Message>{escape(str(refused))}</Message></Error>"
            )
        if not target and status == 200:
            content = f"<{operation}Response><{operation}Result>{content}</{operation}Result></{operation}Response>"
        elif not target:
            content = f"<ErrorResponse>{content}</ErrorResponse>"
        data = (json.dumps(content) if target else str(content)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1" if target else "text/xml")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def _unflatten(body: str) -> dict[str, Any]:
    """A body of AWS's query protocol as nested objects and lists."""
    root: dict[str, Any] = {}
    for name, value in urllib.parse.parse_qsl(body, keep_blank_values=True):
        if name in ("Action", "Version"):
            continue
        *path, last = name.split(".")
        at = root
        for part in path:
            at = at.setdefault(part, {})
        at[last] = value
    return {name: _lists(value) for name, value in root.items()}


def _lists(value: Any) -> Any:
    match value:
        case {"member": members}:
            return [_lists(members[key]) for key in sorted(members, key=int)]
        case {"entry": entries}:
            return {entry["key"]: entry["value"] for entry in entries.values()}
        case dict():
            return {key: _lists(inner) for key, inner in value.items()}
    return value


def commands(heading: str) -> str:
    section = (ROOT / "docs/operations.md").read_text().split(f"### {heading}\n")[1].split("\n##")[0]
    return re.search(r"```sh\n(.*?)```", section, re.DOTALL)[1]


def play(script: str, account: Account) -> None:
    """Runs it in bash, with the AWS CLI. `sam` only checks that the stack is there for it."""
    Endpoint.account = account
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server, tempfile.TemporaryDirectory() as work:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (pathlib.Path(work) / "retained.yaml").write_bytes((ROOT / "retained.yaml").read_bytes())
        aws = pathlib.Path(os.environ["AWS"])
        script = f'sam() {{ echo "sam $*"; }}\naws() {{ "{aws}" "$@"; }}\n{script}'
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": work,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_address[1]}",
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "rehearsal",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_PAGER": "",
        }
        done = subprocess.run(["bash", "-c", script], cwd=work, env=environment, capture_output=True, text=True)
        server.shutdown()
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nafter {', '.join(account.calls)}")


def compare() -> None:
    """retained.yaml has all that template.yaml retains, as it stands there, and refers to nothing that it lacks."""
    template, retained = (read((ROOT / name).read_text()) for name in ("template.yaml", "retained.yaml"))
    there = retained["Resources"]
    kept = {name: each for name, each in template["Resources"].items() if "DeletionPolicy" in each}
    trust = "AssumeRolePolicyDocument"
    if there["GatewayRole"]["Properties"].pop(trust) == kept["GatewayRole"]["Properties"].pop(trust):
        sys.exit("retained.yaml: with the same trust, no deployment would write it again")
    if there != kept:
        sys.exit(f"retained.yaml differs from template.yaml in {sorted(k for k in there | kept if there.get(k) != kept.get(k))}")
    for part in ("Parameters", "Conditions"):
        for name, each in retained[part].items():
            if template[part][name] != each:
                sys.exit(f"retained.yaml: {name} is not as in template.yaml")
    known = there.keys() | retained["Parameters"].keys() | retained["Conditions"].keys()
    unknown = {name for name in references(there) if name.split(".")[0] not in known and not name.startswith("AWS::")}
    if unknown:
        sys.exit(f"retained.yaml: {unknown} are not in it")


def main() -> None:
    compare()
    for pool in (False, True):
        after = Account({("AWS::DynamoDB::Table", NAME), ("AWS::KMS::Key", KEY)}, pool)
        play(commands("If the first deployment fails"), after)
        if after.left or after.stack != "DELETE_COMPLETE":
            sys.exit(f"a failed first deployment still leaves {after.left}")
        again = Account(set(RETAINED), pool)
        script = commands("What deleting the stack leaves behind")
        play(script.replace("pool=no ", "pool=yes") if pool else script, again)
        if again.stack != "IMPORT_COMPLETE" or len(again.imported) != len(again.left):
            sys.exit(f"not imported: {again.left}")
        print(f"played {'with' if pool else 'without'} a user pool: {len(after.calls)} and {len(again.calls)} calls")


if __name__ == "__main__":
    main()
