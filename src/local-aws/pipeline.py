"""Handles a request in order: controls, faults, signature, permission, and only then moto."""

from __future__ import annotations

import dataclasses
import traceback

import authentication
import controls
import emulator
import errors
import faults
import kms_grants
import kms_rules
import policy_store
import presigned
import s3_cors
import s3_operations
import s3_payment
import s3_rules
import service_rules
import sts
import uploads
from conditions import UnknownPolicyElement
from errors import AwsError
from wire import Answer, Call


def answer(call: Call) -> Answer:
    if call.path.startswith(controls.PREFIX):
        return controls.answer(call)
    faults.wait(call)
    fault = faults.take(call)
    error = ""
    try:
        if fault:
            result = faults.apply(fault, call, lambda: _respond(call)[0])
        else:
            result, error = _respond(call)
    except AwsError as fault_error:
        result, error = errors.answer(call, fault_error), fault_error.code
    controls.record(call, result, error)
    return result


def _respond(call: Call) -> tuple[Answer, str]:
    """The service's answer and error code; the code is empty for a success."""
    error = ""
    try:
        result = _serve(call)
    except AwsError as refused:
        result, error = errors.answer(call, refused), refused.code
    except UnknownPolicyElement as unknown:
        refusal = AwsError(501, "LocalAwsUnknownPolicyElement", str(unknown))
        result, error = errors.answer(call, refusal), refusal.code
    except NotImplementedError as missing:
        refusal = AwsError(501, "NotImplemented", f"The local AWS does not know this operation: {missing}")
        result, error = errors.answer(call, refusal), refusal.code
    except Exception:  # noqa: BLE001 - a bug here or in moto looks like a 500 from AWS
        traceback.print_exc()
        failed = errors.internal(call)
        result, error = errors.answer(call, failed), failed.code
    return _with_usual_headers(call, result), error


def _serve(call: Call) -> Answer:
    if call.operation == s3_operations.PREFLIGHT:
        return s3_cors.preflight(call, s3_rules.bucket_of(call.bucket))
    if call.protocol == "s3" and call.credential is None and not presigned.is_presigned(call):
        s3_rules.redirect(call)  # S3 redirects unsigned requests, too
    identity = authentication.authenticate(call)
    if call.presigned:
        presigned.unfold(call)
    call.caller_arn = identity.caller.arn
    if call.service == "sts":
        return sts.answer(call, identity)
    if call.protocol != "s3":
        account = kms_rules.check(call, identity) if call.service == "kms" else service_rules.check(call, identity)
        policy_store.check(call)
        result = emulator.carry_out(call, account)
    else:
        s3_rules.redirect(call)
        account, headers = s3_rules.check(call, identity)
        policy_store.check(call)
        upload = uploads.decoded(call) if call.method in ("PUT", "POST") else call
        own = s3_payment.answer(upload, s3_rules.bucket_of(call.bucket))
        result = own or emulator.carry_out(upload, account, headers)
        if result.status < 300:
            result = s3_rules.done(upload, identity, result)
    if result.status < 300:
        policy_store.pin(call, account, result)
        kms_grants.pin(call, account, result)
    return result


def _with_usual_headers(call: Call, result: Answer) -> Answer:
    if call.protocol == "s3" and call.operation != s3_operations.PREFLIGHT:
        result = s3_cors.with_headers(call, s3_rules.bucket_of(call.bucket), result)
    # moto sends the request ID headers of all protocols; the SDK would show whichever it finds first.
    foreign = "x-amzn-requestid" if call.protocol == "s3" else "x-amz-request-id"
    headers = [(name, value) for name, value in result.headers if name.lower() != foreign]
    named = {name.lower() for name, _ in headers}
    headers += [(k, v) for k, v in errors.request_ids(call.protocol).items() if k.lower() not in named]
    if call.operation == "HeadBucket" and "x-amz-bucket-region" not in named and (bucket := s3_rules.bucket_of(call.bucket)):
        headers += s3_rules.region_header(bucket).items()
    # AWS's JSON services answer 400 if something is not found; moto sometimes answers 404.
    status = 400 if call.protocol == "json" and result.status == 404 else result.status
    return dataclasses.replace(result, status=status, headers=tuple(headers))
