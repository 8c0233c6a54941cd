"""AWS's errors in the format of each protocol, so that every SDK can read code and message."""

from __future__ import annotations

import base64
import json
import os
import uuid
from collections.abc import Mapping
from xml.sax.saxutils import escape

from wire import Answer, Call

NAMESPACES = {
    "sts": "https://sts.amazonaws.com/doc/2011-06-15/",
    "iam": "https://iam.amazonaws.com/doc/2010-05-08/",
}


class AwsError(Exception):
    """An error answer. `extras` are further elements of S3's XML, `headers` further HTTP headers."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str = "",
        extras: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ):
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code, self.message = status, code, message
        self.extras, self.headers = dict(extras or {}), dict(headers or {})


def access_denied(call: Call, message: str = "") -> AwsError:
    """A denial. Without a message S3 says just `Access Denied`."""
    if call.protocol == "json":
        return AwsError(400, "AccessDeniedException", message)
    return AwsError(403, "AccessDenied", message or "Access Denied")


def throttled(call: Call) -> AwsError:
    if call.protocol == "s3":
        return AwsError(503, "SlowDown", "Please reduce your request rate.")
    if call.service == "dynamodb":
        return AwsError(
            400,
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded. "
            "Consider increasing your provisioning level with the UpdateTable API.",
        )
    if call.protocol == "query":
        return AwsError(400, "Throttling", "Rate exceeded")
    return AwsError(400, "ThrottlingException", "Rate exceeded")


def internal(call: Call, status: int = 500) -> AwsError:
    if call.protocol == "s3":
        return (
            AwsError(503, "ServiceUnavailable", "Service is unable to handle request.")
            if status == 503
            else AwsError(status, "InternalError", "We encountered an internal error. Please try again.")
        )
    if call.protocol == "query":
        return AwsError(
            status,
            "ServiceUnavailable" if status == 503 else "InternalFailure",
            "The request processing has failed because of an unknown error, exception or failure.",
        )
    code = {
        "kms": "KMSInternalException",
        "secretsmanager": "InternalServiceError",
        "dynamodb": "InternalServerError",
        "events": "InternalException",
    }.get(call.service, "InternalFailure")
    return AwsError(status, code, "The service was unable to process the request because of an internal failure.")


def answer(call: Call, error: AwsError) -> Answer:
    request_id = str(uuid.uuid4())
    headers = dict(error.headers)
    if call.protocol == "s3":
        headers |= request_ids("s3")
        members = {
            "Code": error.code,
            "Message": error.message,
            **error.extras,
            "RequestId": headers["x-amz-request-id"],
            "HostId": headers["x-amz-id-2"],
        }
        text = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in members.items())
        headers["Content-Type"] = "application/xml"
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{text}</Error>'
    elif call.protocol == "query":
        headers |= {"x-amzn-RequestId": request_id, "Content-Type": "text/xml"}
        kind = "Receiver" if error.status >= 500 else "Sender"
        space = NAMESPACES.get(call.service, "")
        body = (
            f'<ErrorResponse xmlns="{space}"><Error><Type>{kind}</Type><Code>{escape(error.code)}</Code>'
            f"<Message>{escape(error.message)}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
        )
    else:
        headers |= {
            "x-amzn-RequestId": request_id,
            "x-amzn-ErrorType": error.code,
            "Content-Type": call.headers.get("content-type", "application/x-amz-json-1.1"),
        }
        body = json.dumps({"__type": error.code, "message": error.message})
    whole = Answer(error.status, tuple(headers.items()), body.encode())
    return whole.without_body() if call.method == "HEAD" else whole


def request_ids(protocol: str) -> dict[str, str]:
    if protocol != "s3":
        return {"x-amzn-RequestId": str(uuid.uuid4())}
    return {"x-amz-request-id": os.urandom(8).hex().upper(), "x-amz-id-2": base64.b64encode(os.urandom(48)).decode()}
