"""What the shortcuts spare changes no answer: each call is made with them and without."""

from __future__ import annotations

import json
from typing import Any

import emulator
import moto_shortcuts
import pytest
from wire import Call

ACCOUNT, REGION = "111122223333", "us-east-1"
KEY = {"PK": {"S": "a"}, "SK": {"S": "1"}}
OTHER = {"PK": {"S": "a"}, "SK": {"S": "2"}}
ITEM = KEY | {
    "number": {"N": "7"},
    "yes": {"BOOL": True},
    "nothing": {"NULL": True},
    "words": {"SS": ["x", "ü"]},
    "map": {"M": {"in": {"M": {"deep": {"L": [{"S": "one"}, {"M": {"two": {"N": "2.50"}}}]}}}, "empty": {"M": {}}}},
    "list": {"L": []},
    "owner": {"S": "ada"},
}
FOUND = {":p": {"S": "a"}}
ONLY_NEW = {"ConditionExpression": "attribute_not_exists(PK)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("PutItem", {"Item": ITEM}),
    ("PutItem", {"Item": ITEM} | ONLY_NEW),
    ("PutItem", {"Item": OTHER | {"owner": {"S": "ada"}, "text": {"S": "z" * 3000}}}),
    ("PutItem", {"Item": OTHER | {"text": {"S": "z" * 410_000}}}),
    ("PutItem", {"Item": {"PK": {"S": "b"}, "SK": {"S": "1"}, "octets": {"B": "AAEC"}}}),
    ("GetItem", {"Key": KEY, "ConsistentRead": True}),
    ("GetItem", {"Key": KEY, "ProjectionExpression": "#n, yes, gone", "ExpressionAttributeNames": {"#n": "number"}}),
    ("GetItem", {"Key": KEY, "ProjectionExpression": "#m.#i.deep", "ExpressionAttributeNames": {"#m": "map", "#i": "in"}}),
    ("GetItem", {"Key": {"PK": {"S": "b"}, "SK": {"S": "1"}}}),
    ("GetItem", {"Key": {"PK": {"S": "nobody"}, "SK": {"S": "1"}}}),
    ("GetItem", {"Key": {"PK": {"S": "a"}}}),
    ("Query", {"KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": FOUND}),
    ("Query", {"KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": FOUND, "Limit": 1, "ScanIndexForward": False}),
    ("Query", {"KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": FOUND, "Select": "COUNT"}),
    ("Query", {"KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": FOUND, "ExclusiveStartKey": KEY}),
    ("Query", {"IndexName": "owner", "KeyConditionExpression": "#o = :p", "ExpressionAttributeNames": {"#o": "owner"}}),
    (
        "Query",
        {
            "IndexName": "owner",
            "KeyConditionExpression": "#o = :o",
            "ExpressionAttributeNames": {"#o": "owner"},
            "ExpressionAttributeValues": {":o": {"S": "ada"}},
        },
    ),
    ("Scan", {}),
    ("Scan", {"IndexName": "owner"}),
    ("Scan", {"FilterExpression": "SK = :s", "ExpressionAttributeValues": {":s": {"S": "2"}}}),
    ("Scan", {"Limit": 1}),
    ("BatchGetItem", {"RequestItems": {"TABLE": {"Keys": [KEY, OTHER], "ConsistentRead": True}}}),
    (
        "UpdateItem",
        {
            "Key": KEY,
            "UpdateExpression": "SET #n = #n + :one, #m.#i.more = :more ADD words :y REMOVE nothing",
            "ExpressionAttributeNames": {"#n": "number", "#m": "map", "#i": "in"},
            "ExpressionAttributeValues": {":one": {"N": "1"}, ":more": {"S": "m"}, ":y": {"SS": ["y"]}},
            "ReturnValues": "ALL_NEW",
        },
    ),
    (
        "UpdateItem",
        {
            "Key": KEY,
            "UpdateExpression": "SET yes = :no",
            "ConditionExpression": "attribute_exists(gone)",
            "ExpressionAttributeValues": {":no": {"BOOL": False}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
    ),
    ("UpdateItem", {"Key": KEY, "UpdateExpression": "SET yes = ", "ReturnValues": "ALL_NEW"}),
    # Grown deep inside, it has no place for another attribute.
    ("PutItem", {"Item": {"PK": {"S": "d"}, "SK": {"S": "1"}, "map": {"M": {}}}}),
    *(
        (
            "UpdateItem",
            {
                "Key": {"PK": {"S": "d"}, "SK": {"S": "1"}},
                "UpdateExpression": f"SET {path} = :text",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": {":text": {"S": "z" * 250_000}},
            },
        )
        for path, names in (("#m.grown", {"#m": "map"}), ("#o", {"#o": "other"}))
    ),
    ("DeleteItem", {"Key": {"PK": {"S": "d"}, "SK": {"S": "1"}}}),
    ("TransactWriteItems", {"TransactItems": [{"Put": {"TableName": "TABLE", "Item": ITEM} | ONLY_NEW}]}),
    (
        "TransactWriteItems",
        {
            "ClientRequestToken": "TABLE",
            "TransactItems": [
                {"Delete": {"TableName": "TABLE", "Key": OTHER}},
                {"Put": {"TableName": "TABLE", "Item": {"PK": {"S": "c"}, "SK": {"S": "1"}}}},
            ],
        },
    ),
    ("TransactGetItems", {"TransactItems": [{"Get": {"TableName": "TABLE", "Key": KEY}}]}),
    ("DeleteItem", {"Key": KEY, "ReturnValues": "ALL_OLD"}),
    ("DeleteItem", {"Key": KEY} | {"ConditionExpression": "attribute_exists(PK)"}),
    ("Scan", {}),
    ("Query", {"TableName": "none", "KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": FOUND}),
]


def answers(table: str) -> list[tuple[int, Any]]:
    emulator.json_call(
        "dynamodb",
        "DynamoDB_20120810.CreateTable",
        {
            "TableName": table,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "owner")],
            "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
            "GlobalSecondaryIndexes": [
                {
                    "IndexName": "owner",
                    "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["number"]},
                }
            ],
        },
        ACCOUNT,
        REGION,
    )
    return [
        answer(operation, {"TableName": table} | json.loads(json.dumps(call).replace('"TABLE"', f'"{table}"')))
        for operation, call in CALLS
    ]


def answer(operation: str, parameters: dict[str, Any]) -> tuple[int, Any]:
    scope = f"Credential=TEST/20260101/{REGION}/dynamodb/aws4_request"
    headers = {
        "x-amz-target": f"DynamoDB_20120810.{operation}",
        "content-type": "application/x-amz-json-1.0",
        "host": "127.0.0.1",
        "authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0",
    }
    body = json.dumps(parameters).encode()
    call = Call("POST", "/", "", headers, body, service="dynamodb", protocol="json", operation=operation)
    result = emulator.carry_out(call, ACCOUNT)
    return result.status, in_order(json.loads(result.body.replace(parameters["TableName"].encode(), b"TABLE")))


def in_order(value: Any) -> Any:
    """A set has no order."""
    if isinstance(value, dict):
        return {name: sorted(each) if name == "SS" else in_order(each) for name, each in value.items()}
    return [in_order(each) for each in value] if isinstance(value, list) else value


def test_each_answer_is_the_same_with_the_shortcuts_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(moto_shortcuts, "take", lambda: None)
        without.setattr(moto_shortcuts, "carry_out", lambda _call, _account: None)
        emulator.prepare()
        long_way = answers("long-way")
    moto_shortcuts.take()
    short = answers("short")
    for (operation, call), expected, seen in zip(CALLS, long_way, short):
        assert seen == expected, (operation, call)
    assert {status for status, _ in short} == {200, 400}
