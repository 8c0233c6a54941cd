"""Our version of moto's DynamoDB gives DynamoDB's answers."""

from __future__ import annotations

import concurrent.futures
import uuid
from typing import Any

import pytest
from world import ADMIN, FUNCTION, World, outcome

TABLE = "local-sea-external-integrations"


def text(value: str) -> dict[str, str]:
    return {"S": value}


def item(tenant: str, sort: str, **more: Any) -> dict[str, Any]:
    return {"PK": text(f"TENANT#{tenant}"), "SK": text(sort), **more}


def due(world: World, partition: int) -> list[str]:
    found = world.client("dynamodb", FUNCTION).query(
        TableName=TABLE,
        IndexName="due",
        KeyConditionExpression="duePartition = :p AND dueAt < :t",
        ExpressionAttributeValues={":p": {"N": str(partition)}, ":t": {"N": "1000"}},
    )
    return [found["SK"]["S"] for found in found["Items"]]


def test_the_index_follows_puts_updates_and_deletes(world: World) -> None:
    db, tenant, partition = world.client("dynamodb", FUNCTION), uuid.uuid4().hex, uuid.uuid4().int % 10**9
    keys = {"duePartition": {"N": str(partition)}}
    for sort, at in (("b", 20), ("a", 10), ("late", 5000)):
        db.put_item(TableName=TABLE, Item=item(tenant, sort, dueAt={"N": str(at)}, **keys))
    db.put_item(TableName=TABLE, Item=item(tenant, "sparse"))
    assert due(world, partition) == ["a", "b"]
    db.update_item(TableName=TABLE, Key=item(tenant, "a"), UpdateExpression="REMOVE duePartition, dueAt")
    db.update_item(
        TableName=TABLE,
        Key=item(tenant, "late"),
        UpdateExpression="SET dueAt = :t",
        ExpressionAttributeValues={":t": {"N": "15"}},
    )
    assert due(world, partition) == ["late", "b"]
    db.delete_item(TableName=TABLE, Key=item(tenant, "b"))
    db.put_item(TableName=TABLE, Item=item(tenant, "late"))
    assert due(world, partition) == []


def test_a_cancelled_transaction_leaves_everything_as_it_was(world: World) -> None:
    db, tenant, partition = world.client("dynamodb", ADMIN), uuid.uuid4().hex, uuid.uuid4().int % 10**9
    kept = item(tenant, "kept", n={"N": "1"}, duePartition={"N": str(partition)}, dueAt={"N": "1"})
    db.put_item(TableName=TABLE, Item=kept)
    status, code, message = outcome(
        db.transact_write_items,
        TransactItems=[
            {"Put": {"TableName": TABLE, "Item": item(tenant, "new")}},
            {
                "Update": {
                    "TableName": TABLE,
                    "Key": item(tenant, "kept"),
                    "UpdateExpression": "SET n = :n REMOVE dueAt",
                    "ExpressionAttributeValues": {":n": {"N": "2"}},
                }
            },
            {"ConditionCheck": {"TableName": TABLE, "Key": item(tenant, "none"), "ConditionExpression": "attribute_exists(PK)"}},
        ],
    )
    assert (status, code) == (400, "TransactionCanceledException") and "[None, None, ConditionalCheckFailed]" in message
    found = db.query(
        TableName=TABLE, KeyConditionExpression="PK = :p", ExpressionAttributeValues={":p": text(f"TENANT#{tenant}")}
    )
    assert found["Items"] == [kept]
    assert due(world, partition) == ["kept"]


def stored(world: World, tenant: str) -> list[dict[str, Any]]:
    found = world.client("dynamodb", ADMIN).query(
        TableName=TABLE, KeyConditionExpression="PK = :p", ExpressionAttributeValues={":p": text(f"TENANT#{tenant}")}
    )
    return found["Items"]


def test_a_transaction_is_written_once_for_a_token(world: World) -> None:
    db, tenant, token = world.client("dynamodb", ADMIN), uuid.uuid4().hex, uuid.uuid4().hex
    one = {"ExpressionAttributeValues": {":one": {"N": "1"}}}
    count = {"TableName": TABLE, "Key": item(tenant, "count"), "UpdateExpression": "ADD n :one", **one}
    for _ in range(2):
        db.transact_write_items(TransactItems=[{"Update": count}], ClientRequestToken=token)
    assert stored(world, tenant) == [item(tenant, "count", n={"N": "1"})]
    other = [{"Put": {"TableName": TABLE, "Item": item(tenant, "other")}}]
    _, code, _ = outcome(db.transact_write_items, TransactItems=other, ClientRequestToken=token)
    assert code == "IdempotentParameterMismatchException"
    db.transact_write_items(TransactItems=[{"Update": count}], ClientRequestToken=uuid.uuid4().hex)
    assert stored(world, tenant) == [item(tenant, "count", n={"N": "2"})]


def test_a_cancelled_transaction_may_be_repeated_under_its_token(world: World) -> None:
    db, tenant, token = world.client("dynamodb", ADMIN), uuid.uuid4().hex, uuid.uuid4().hex
    check = {"TableName": TABLE, "Key": item(tenant, "there"), "ConditionExpression": "attribute_exists(PK)"}
    parts = [{"ConditionCheck": check}, {"Put": {"TableName": TABLE, "Item": item(tenant, "new")}}]
    _, code, _ = outcome(db.transact_write_items, TransactItems=parts, ClientRequestToken=token)
    assert code == "TransactionCanceledException"
    db.put_item(TableName=TABLE, Item=item(tenant, "there"))
    db.transact_write_items(TransactItems=parts, ClientRequestToken=token)
    assert stored(world, tenant) == [item(tenant, "new"), item(tenant, "there")]


def test_an_update_that_its_item_forbids_is_the_reason_for_a_cancellation(world: World) -> None:
    db, tenant = world.client("dynamodb", ADMIN), uuid.uuid4().hex
    db.put_item(TableName=TABLE, Item=item(tenant, "a", n=text("no number")))
    for expression in ("ADD n :v", "SET m.inner = :v", "SET n = lacking + :v", "SET m = list_append(lacking, :v)"):
        update = {
            "TableName": TABLE,
            "Key": item(tenant, "a"),
            "UpdateExpression": expression,
            "ExpressionAttributeValues": {":v": {"L": []} if "list" in expression else {"N": "1"}},
        }
        parts = [{"Put": {"TableName": TABLE, "Item": item(tenant, "b")}}, {"Update": update}]
        _, code, message = outcome(db.transact_write_items, TransactItems=parts)
        assert (code, "[None, ValidationError]" in message) == ("TransactionCanceledException", True), expression
        assert outcome(db.update_item, **update)[1] == "ValidationException", expression
    assert stored(world, tenant) == [item(tenant, "a", n=text("no number"))]


def test_an_update_that_fails_leaves_no_item_and_no_part_of_its_work(world: World) -> None:
    db, tenant = world.client("dynamodb", ADMIN), uuid.uuid4().hex
    db.put_item(TableName=TABLE, Item=item(tenant, "a", s={"SS": ["x"]}))
    for sort in ("a", "none"):
        _, code, _ = outcome(
            db.update_item,
            TableName=TABLE,
            Key=item(tenant, sort),
            UpdateExpression="SET n = :one, m.inner = :one ADD s :s",
            ExpressionAttributeValues={":one": {"N": "1"}, ":s": {"SS": ["y"]}},
        )
        assert code == "ValidationException"
    assert stored(world, tenant) == [item(tenant, "a", s={"SS": ["x"]})]


def test_an_update_that_only_takes_away_makes_no_item(world: World) -> None:
    db, tenant = world.client("dynamodb", ADMIN), uuid.uuid4().hex
    db.update_item(TableName=TABLE, Key=item(tenant, "a"), UpdateExpression="REMOVE n")
    db.update_item(
        TableName=TABLE,
        Key=item(tenant, "b"),
        UpdateExpression="DELETE s :s",
        ExpressionAttributeValues={":s": {"SS": ["x"]}},
    )
    assert stored(world, tenant) == []


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("lacking <> :n", True),
        ("lacking <> lacking2", True),
        ("lacking = lacking2", False),
        ("lacking <= :n", False),
        ("lacking BETWEEN lacking2 AND :n", False),
        ("NOT lacking = :n", True),
        ("word < :n", False),
        ("word <> :n", True),
        ("word IN (:n)", False),
        ("size(lacking) < :n", False),
        ("size(flag) < :n", False),
        ("size(word) < :n", True),
        ("flag = :n", False),
        ("contains(numbers, :n)", True),
        ("contains(words, :n)", False),
    ],
)
def test_what_is_missing_or_of_another_type_meets_no_comparison_but_unequal(world: World, condition: str, holds: bool) -> None:
    db, tenant = world.client("dynamodb", ADMIN), uuid.uuid4().hex
    values = {"word": text("1"), "flag": {"BOOL": True}, "numbers": {"NS": ["5"]}, "words": {"SS": ["5"]}}
    db.put_item(TableName=TABLE, Item=item(tenant, "a", **values))
    more = {"ExpressionAttributeValues": {":n": {"N": "5"}}} if ":n" in condition else {}
    _, code, _ = outcome(
        db.delete_item, TableName=TABLE, Key=item(tenant, "a"), ConditionExpression=condition, **more
    )
    assert code == ("" if holds else "ConditionalCheckFailedException")


def test_a_page_that_reaches_its_limit_names_the_last_item_it_read(world: World) -> None:
    db, tenant = world.client("dynamodb", ADMIN), uuid.uuid4().hex
    for sort in ("a", "b"):
        db.put_item(TableName=TABLE, Item=item(tenant, sort))
    pages = [
        db.query(
            TableName=TABLE,
            KeyConditionExpression="PK = :p",
            FilterExpression="SK <> :b",
            ExpressionAttributeValues={":p": text(f"TENANT#{tenant}"), ":b": text("b")},
            Limit=limit,
        )
        for limit in (2, 3)
    ]
    assert [page["Items"] for page in pages] == [[item(tenant, "a")]] * 2
    assert [page["ScannedCount"] for page in pages] == [2, 2]
    assert [page.get("LastEvaluatedKey") for page in pages] == [item(tenant, "b"), None]


def test_of_several_conditional_writes_at_once_one_succeeds(world: World) -> None:
    db, tenant = world.client("dynamodb", FUNCTION), uuid.uuid4().hex
    write = lambda n: outcome(
        db.put_item, TableName=TABLE, Item=item(tenant, f"claim-{n // 8}"), ConditionExpression="attribute_not_exists(PK)"
    )
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        codes = [code for _, code, _ in pool.map(write, range(80))]
    assert codes.count("") == 10 and codes.count("ConditionalCheckFailedException") == 70


def test_the_stack_control_returns_the_key_of_the_table(world: World) -> None:
    table = world.client("dynamodb", ADMIN).describe_table(TableName=TABLE)["Table"]
    assert table["SSEDescription"]["KMSMasterKeyArn"] == world.control("GET", "stack")["Key"]["Arn"]
