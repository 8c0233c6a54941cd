"""Spares moto work that changes no answer: most of what a DynamoDB call costs it is Flask, botocore's shapes and copies.

A call is answered by moto's handler, but its JSON is read and written as it is, since it has on the wire the form in which
moto keeps it. Nothing changes an item between a read and its answer, so reads need no copy.
"""

from __future__ import annotations

import binascii
import copy
import functools
import json
import types
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.dynamodb.models import table
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.utilities import DynamoJsonEncoder, bytesize
from moto.dynamodb.responses import DynamoHandler
from werkzeug.exceptions import HTTPException

from wire import Answer, Call

#: The calls whose input and output hold nothing but text, numbers and attribute values.
_DIRECT = {"GetItem", "BatchGetItem", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem"}
_DIRECT |= {"TransactGetItems", "TransactWriteItems"}
_CONTENT_TYPE = "application/x-amz-json-1.0"
#: In bytes, as moto has it.
_LARGEST_ITEM = 405_000
_size, _project, _set_attribute = Item.size, Item.project, LimitedSizeDict.__setitem__


def take() -> None:
    table.copy = types.SimpleNamespace(copy=copy.copy, deepcopy=_copied)  # type: ignore[attr-defined]
    Item.size, Item.project = size, project  # type: ignore[method-assign]
    Item.__deepcopy__ = lambda self, _memo: _copy_of(self)  # type: ignore[method-assign]
    LimitedSizeDict.__setitem__ = set_attribute  # type: ignore[method-assign]


# Calls


def carry_out(call: Call, account: str) -> Answer | None:
    """None: the call takes the long way."""
    # A binary value is Base64 on the wire, and octets in moto.
    if call.service != "dynamodb" or call.operation not in _DIRECT or b'"B"' in call.body or b'"BS"' in call.body:
        return None
    parameters = json.loads(call.body)
    handler = DynamoHandler()
    handler.body = handler.params = parameters
    handler.region, handler.current_account = call.region, account
    try:
        result = getattr(handler, camelcase_to_underscores(call.operation))()
    except ServiceException as refused:
        handler.headers = {"Content-Type": _CONTENT_TYPE, "x-amz-target": call.headers["x-amz-target"]}
        handler.querystring, handler.response_headers = {}, {}
        status, _, body = handler.serialized(ActionResult(refused))
    except HTTPException as refused:  # its description is the whole body
        status, body = refused.code, refused.description
    else:
        known = {name: value for name, value in result.result.items() if name in _members(call.operation)}
        status, body = 200, json.dumps(known, cls=DynamoJsonEncoder, separators=(",", ":"))
    octets = body.encode() if isinstance(body, str) else body
    return Answer(status, (("Content-Type", _CONTENT_TYPE), ("x-amz-crc32", str(binascii.crc32(octets)))), octets)


@functools.cache
def _members(operation: str) -> set[str]:
    """Of the output, which botocore knows; moto's handlers make others as well."""
    return set(get_service_model("dynamodb").operation_model(operation).output_shape.members)


# Items


def _copied(value: Any) -> Any:
    items = isinstance(value, Item) or (isinstance(value, list) and all(isinstance(each, Item) for each in value))
    return value if items else copy.deepcopy(value)


def _copy_of(item: Item) -> Item:
    copied: Item = Item.__new__(Item)
    copied.hash_key, copied.range_key, copied.attrs = item.hash_key, item.range_key, LimitedSizeDict.__new__(LimitedSizeDict)
    dict.update(copied.attrs, {name: _deep(value) for name, value in item.attrs.items()})
    return copied


def _deep(value: Any) -> Any:
    """An attribute's value is a tree, so it needs none of what copy.deepcopy does against circles."""
    if isinstance(value, DynamoType):
        copied: DynamoType = DynamoType.__new__(DynamoType)
        copied.type, copied.value = value.type, _deep(value.value)
        return copied
    if isinstance(value, dict):
        return {name: _deep(each) for name, each in value.items()}
    return [_deep(each) for each in value] if isinstance(value, list) else value


def size(self: Item) -> int:
    """Measured once, until forget()."""
    known: int | None = self.__dict__.get("our_size")
    if known is None:
        known = self.__dict__["our_size"] = _size(self)
    return known


def forget(item: Item) -> None:
    """The item has changed, maybe deep inside."""
    item.__dict__.pop("our_size", None)
    item.attrs.__dict__.pop("our_most", None)


def project(self: Item, projection_expressions: list[list[str]]) -> Item:
    if any(len(path) != 1 or "[" in path[0] for path in projection_expressions):
        return _project(self, projection_expressions)
    projected = Item(self.hash_key, self.range_key, {})
    for (name,) in projection_expressions:
        if name in self.attrs:
            dict.__setitem__(projected.attrs, name, self.attrs[name])
    return projected


def set_attribute(self: LimitedSizeDict, key: str, value: Any) -> None:
    """Measures all attributes only when the sum of what was ever set comes near the limit; moto measures them each time."""
    most: int | None = self.__dict__.get("our_most")
    if most is None:
        most = sum(_bytes(name) + _bytes(known) for name, known in self.items())
    most += _bytes(key) + _bytes(value)
    if most > _LARGEST_ITEM:
        _set_attribute(self, key, value)
        most = None  # measured anew by the next
    else:
        dict.__setitem__(self, key, value)
    self.__dict__["our_most"] = most


def _bytes(value: Any) -> int:
    return value.size() if isinstance(value, DynamoType) else bytesize(str(value))
