"""Validates, creates, edits, lists and deletes with the generated client."""

from __future__ import annotations

from os import environ
from typing import TypeVar

from httpx import Timeout
from sea.api.integrations import (
    create_integration,
    delete_integration,
    edit_integration,
    get_integration,
    list_integrations,
)
from sea.api.validations import validate_draft, validate_integration
from sea.client import AuthenticatedClient
from sea.models import (
    AccessInput,
    AccessMethod,
    EditInput,
    GatewayMessage,
    Integration,
    IntegrationInput,
    IntegrationInputType,
    IntegrationPage,
    Problem,
    Report,
    ReportStatus,
    TargetInput,
)

NAME = "From Python"
T = TypeVar("T")


def expect(kind: type[T], answer: object) -> T:
    assert isinstance(answer, kind), answer
    return answer


def draft(bucket: str, access: AccessInput) -> IntegrationInput:
    return IntegrationInput(IntegrationInputType.S3, TargetInput("us-east-1", environ[bucket]), access)


def tag(integration: Integration) -> str:
    return f'"{integration.version}"'


client = AuthenticatedClient(environ["SEA_URL"], environ["SEA_TOKEN"], timeout=Timeout(60))

role = AccessInput(AccessMethod.ASSUME_ROLE, role_arn=environ["ROLE_ARN"], external_id=environ["EXTERNAL_ID"])
report = expect(Report, validate_draft.sync(client=client, body=draft("BUCKET_OF_ROLE", role)))
assert report.status is ReportStatus.HEALTHY, report

key = AccessInput(
    AccessMethod.ACCESS_CREDENTIAL,
    access_key_id=environ["ACCESS_KEY_ID"],
    secret_access_key=environ["SECRET_ACCESS_KEY"],
)
wanted = draft("BUCKET_OF_KEY", key)
wanted.name, wanted.description = NAME, "Made by a generated client"
made = expect(Integration, create_integration.sync(client=client, body=wanted, idempotency_key="walk-python"))
assert expect(Report, made.validation).status is ReportStatus.HEALTHY, made
report = expect(Report, validate_integration.sync(made.id, client=client))
assert report.status is ReportStatus.HEALTHY, report

answer = edit_integration.sync_detailed(made.id, client=client, if_match=tag(made), body=EditInput(description=None))
edited = expect(Integration, answer.parsed)
assert edited.description == "" and answer.headers["ETag"] == tag(edited), answer
stale = expect(Problem, edit_integration.sync(made.id, client=client, if_match=tag(made), body=EditInput()))
assert stale.status == 412, stale
page = expect(IntegrationPage, list_integrations.sync(client=client, name="from p"))
assert page.items == [get_integration.sync(made.id, client=client)], page

assert delete_integration.sync_detailed(made.id, client=client, if_match=tag(edited)).status_code == 204
gone = expect(Problem, get_integration.sync(made.id, client=client))
assert gone.type_ == "urn:sea:problem:not-found", gone

stranger = AuthenticatedClient(environ["SEA_URL"], "nobody")
refused = expect(GatewayMessage, get_integration.sync(made.id, client=stranger))
assert refused.message == "Unauthorized", refused
