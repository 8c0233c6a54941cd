"""Our faster version of moto's DynamoDB gives the same answers."""

from __future__ import annotations

import concurrent.futures
import uuid
from typing import Any

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
