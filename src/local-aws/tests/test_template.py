"""template.py reads a template as CloudFormation does."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from collections.abc import Mapping

import pytest
from template import Template

PROJECT = pathlib.Path(__file__).resolve().parents[3]

TEXT = """
Parameters:
  Stage: {Type: String, Default: dev}
  Names: {Type: CommaDelimitedList, Default: 'a, b'}
Mappings: {Sizes: {local: {memory: 512}}}
Conditions:
  IsLocal: !Equals [!Ref Stage, local]
  IsOther: !Not [!Condition IsLocal]
  Both: !And [!Condition IsLocal, !Equals [a, a]]
Resources:
  Key: {Type: 'AWS::KMS::Key'}
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: !Sub '${Stage}-table'}
  Absent: {Type: 'AWS::Events::EventBus', Condition: IsOther, Properties: {Name: x}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Join ['-', [!Ref Stage, !Select [1, !Split ['/', 'x/role']]]]
      Size: !FindInMap [Sizes, !Ref Stage, memory]
      Gone: !If [IsLocal, !Ref 'AWS::NoValue', kept]
      Both: !If [Both, 'yes', 'no']
      Names: !Ref Names
      Policies:
        - PolicyName: inline
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - Resource: [!GetAtt Table.Arn, !Sub '${Table.Arn}/index/due', !Sub ['${x}-${!Literal}-${AWS::AccountId}', {x: !Ref Stage}]]
                Key: !GetAtt Key.Arn
                Prefix: {'Fn::Sub': 'arn:${AWS::Partition}:iam::*:role/${Stage}*'}
  Beside:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: beside, Roles: [!Ref Role], PolicyDocument: {Statement: []}}
"""


def read() -> Template:
    template = Template(TEXT, "111122223333", "us-east-1", {"Stage": "local"})
    template.return_values["Key"] = {"Ref": "1234", "Arn": "arn:aws:kms:us-east-1:111122223333:key/1234"}
    return template


def test_functions_conditions_and_pseudo_parameters_resolve() -> None:
    role = read().properties("Role")
    assert {k: v for k, v in role.items() if k != "Policies"} == {
        "RoleName": "local-role",
        "Size": 512,
        "Both": "yes",
        "Names": ["a", "b"],
    }
    statement = role["Policies"][0]["PolicyDocument"]["Statement"][0]
    table = "arn:aws:dynamodb:us-east-1:111122223333:table/local-table"
    assert statement["Resource"] == [table, f"{table}/index/due", "local-${Literal}-111122223333"]
    assert statement["Key"] == "arn:aws:kms:us-east-1:111122223333:key/1234"
    assert statement["Prefix"] == "arn:aws:iam::*:role/local*"
    assert role["Policies"][0]["PolicyDocument"]["Version"] == "2012-10-17"


def test_a_role_has_its_inline_policies_and_those_attached_by_other_resources() -> None:
    assert set(read().inline_policies("Role")) == {"inline", "Beside"}


def test_a_resource_with_a_false_condition_does_not_exist() -> None:
    assert read().of_type("AWS::Events::EventBus") == []
    assert read().of_type("AWS::DynamoDB::Table") == ["Table"]


def own(parameters: Mapping[str, str | int] = {}) -> Template:
    given = {"Stage": "local", "SweepReservedConcurrency": 2, **parameters}
    return Template((PROJECT / "template.yaml").read_text(), "111122223333", "us-east-1", given)


def test_every_route_without_a_token_has_a_throttle_of_its_own() -> None:
    template = own()
    routes = [event["Properties"] for event in template.properties("ApiFunction")["Events"].values() if event["Type"] == "HttpApi"]
    public = {f"{route['Method']} {route['Path']}" for route in routes if route.get("Auth", {}).get("Authorizer") == "NONE"}
    assert public
    assert set(template.properties("Api")["RouteSettings"]) == public


def test_every_log_outlasts_the_stack() -> None:
    logs = [resource for resource in own().resources.values() if resource["Type"] == "AWS::Logs::LogGroup"]
    assert len(logs) == 3
    assert {log.get("DeletionPolicy") for log in logs} == {"RetainExceptOnCreate"}
    assert {log.get("UpdateReplacePolicy") for log in logs} == {"Retain"}


def test_sweeps_keep_a_share_of_the_accounts_concurrency() -> None:
    assert own().properties("SweepFunction")["ReservedConcurrentExecutions"] == 2


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"CreateUserPool": "yes"}, "https://sea-local-111122223333.auth.us-east-1.amazoncognito.com/logout"),
        ({"SignInCognitoLogout": "https://login.example.com/logout"}, "https://login.example.com/logout"),
        ({}, None),
    ],
)
def test_the_page_learns_where_a_user_pool_signs_out(parameters: dict[str, str], expected: str | None) -> None:
    template = own(parameters)
    template.return_values["UserPool"] = {"ProviderURL": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE"}
    assert template.properties("Api")["StageVariables"].get("signInCognitoLogout") == expected


def test_cfn_lint_finds_nothing_in_the_projects_own_template() -> None:
    command = [sys.executable, "-c", "import sys; from cfnlint.runner import main; sys.exit(main())", str(PROJECT / "template.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
