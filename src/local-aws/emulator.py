"""moto keeps the state and carries out operations in the account that we name. Access has been decided before."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

os.environ.setdefault("MOTO_DISABLE_GLOBAL_CORS", "true")
for _name in ("MOTO_ACCOUNT_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"):  # the developer's own, which moto would use
    os.environ.pop(_name, None)

from moto.core import responses  # noqa: E402
from moto.iam import models as iam_models  # noqa: E402
from moto.iam.access_control import PermissionResult  # noqa: E402
from moto.kms import responses as kms_responses  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from moto.s3.models import FakeBucket  # noqa: E402

import moto_conditions  # noqa: E402
import moto_dynamodb  # noqa: E402
import moto_gaps  # noqa: E402
import moto_shortcuts  # noqa: E402
from wire import Answer, Call  # noqa: E402

SERVICES = ("s3", "iam", "kms", "dynamodb", "secretsmanager", "events", "logs")
_apps: dict[str, Callable[..., Any]] = {}
_others = DomainDispatcherApplication(create_backend_app)
# moto checks first and writes afterwards: without these locks, two conditional writes at once could both succeed.
_one_at_a_time = {service: threading.RLock() for service in SERVICES}


def prepare() -> None:
    """Loads the services and turns off moto's own checks of policies, which know too few of AWS's rules."""
    for service in SERVICES:
        _apps[service] = create_backend_app(service)  # type: ignore[arg-type]
    moto_conditions.improve()
    moto_dynamodb.improve()
    moto_gaps.fill()
    moto_shortcuts.take()
    # moto looks these up by reflection for each request.
    responses.method_names_from_class = functools.lru_cache(responses.method_names_from_class)
    FakeBucket.get_permission = lambda *_: PermissionResult.NEUTRAL  # type: ignore[method-assign]
    kms_responses.validate_policy = lambda *_: None
    iam_models.random_resource_id = _user_id
    for name in ("IAMPolicyDocumentValidator", "IAMTrustPolicyDocumentValidator"):
        getattr(iam_models, name).validate = lambda *_: None


def _user_id(size: int = 17) -> str:
    """AWS's user IDs begin with AIDA; moto's do not."""
    return "AIDA" + "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(size))


def carry_out(call: Call, account: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Carries out the operation, as if the account's owner had asked for it."""
    with _one_at_a_time.get(call.service, contextlib.nullcontext()):
        return moto_shortcuts.carry_out(call, account) or _by_http(call, account, headers)


def _by_http(call: Call, account: str, headers: Mapping[str, str] | None) -> Answer:
    path = unquote_to_bytes(call.path).decode("latin-1")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": call.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": call.query,
        "RAW_URI": call.path + (f"?{call.query}" if call.query else ""),
        "REQUEST_URI": call.path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": call.client_ip,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(call.body),
        "wsgi.input_terminated": True,  # so that it is read in one go, which copies nothing
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(call.body)),
    }
    for name, value in {**call.headers, **(headers or {}), "x-moto-account-id": account}.items():
        if name not in ("content-length", "transfer-encoding", "expect"):
            environ["CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")] = value
    started: list[Any] = []

    def start_response(status: str, response_headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], None]:
        started[:] = [int(status.split()[0]), response_headers]
        return lambda _data: None

    chunks = _apps.get(call.service, _others)(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return Answer(started[0], tuple(started[1]), body)


def json_call(service: str, target: str, params: dict[str, Any], account: str, region: str) -> dict[str, Any]:
    """Calls an operation directly, for seeding."""
    scope = f"Credential=SEED/20260101/{region}/{service}/aws4_request"
    headers = {
        "x-amz-target": target,
        "content-type": "application/x-amz-json-1.1",
        "host": "127.0.0.1",
        "authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0",
    }
    call = Call(
        "POST", "/", "", headers, json.dumps(params).encode(), service=service, protocol="json", operation=target.split(".")[1]
    )
    answer = carry_out(call, account)
    if answer.status != 200:
        raise RuntimeError(f"{target}: {answer.status} {answer.body.decode()}")
    return json.loads(answer.body or b"{}")
