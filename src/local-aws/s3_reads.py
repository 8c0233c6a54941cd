"""What a read's answer says beside the object: the headers that the caller wants to be others.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
"""

from __future__ import annotations

import dataclasses

from wire import Answer, Call

PREFIX = "response-"
OVERRIDES = ("cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires")


def with_overrides(call: Call, answer: Answer) -> Answer:
    """The answer with the headers that the parameters response-... ask for. Only a signed request may have these."""
    wanted = {name: call.arguments[PREFIX + name] for name in OVERRIDES if PREFIX + name in call.arguments}
    if not wanted or call.operation not in ("GetObject", "HeadObject"):
        return answer
    kept = tuple((name, value) for name, value in answer.headers if name.lower() not in wanted)
    return dataclasses.replace(answer, headers=kept + tuple(wanted.items()))
