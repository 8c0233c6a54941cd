"""Makes moto evaluate DynamoDB's conditions and filters as DynamoDB does.

moto takes what is missing for Python's None, so that two missing attributes are equal, and `#a <= :n` fails with status
500 where the attribute is a text. In DynamoDB an attribute that is missing, or of another type, meets no comparison but
`<>`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from moto.dynamodb import comparisons
from moto.dynamodb.exceptions import InvalidConditionExpression
from moto.dynamodb.models.dynamo_type import Item

#: A value and its type; None for what is missing.
Typed = tuple[str, Any] | None

_ORDERED = ("S", "N", "B")


def improve() -> None:
    for kind, holds in (
        (comparisons.OpLessThan, operator.lt),
        (comparisons.OpLessThanOrEqual, operator.le),
        (comparisons.OpGreaterThan, operator.gt),
        (comparisons.OpGreaterThanOrEqual, operator.ge),
    ):
        kind.expr = _comparison(holds)  # type: ignore[method-assign]
    comparisons.OpEqual.expr = lambda self, item: _equal(_typed(self.lhs, item), _typed(self.rhs, item))  # type: ignore[method-assign]
    comparisons.OpNotEqual.expr = lambda self, item: not _equal(_typed(self.lhs, item), _typed(self.rhs, item))  # type: ignore[method-assign]
    comparisons.FuncBetween.expr = between  # type: ignore[method-assign]
    comparisons.FuncIn.expr = lambda self, item: any(  # type: ignore[method-assign]
        _equal(_typed(self.attr, item), _typed(value, item)) for value in self.possible_values
    )
    comparisons.FuncContains.expr = contains  # type: ignore[method-assign]


def between(self: comparisons.FuncBetween, item: Item | None) -> bool:
    value, low, high = (_typed(operand, item) for operand in (self.attr, self.start, self.end))
    _refuse_unordered("BETWEEN", self.start, low)
    _refuse_unordered("BETWEEN", self.end, high)
    return _compare(operator.ge, value, low) and _compare(operator.le, value, high)


def contains(self: comparisons.FuncContains, item: Item | None) -> bool:
    whole, part = _typed(self.attr, item), _typed(self.operand, item)
    if whole is None or part is None:
        return False
    if whole[0] == "L":
        return any(part[1] == element for element in whole[1])
    return whole[0] in (part[0], f"{part[0]}S") and whole[0] in ("S", "SS", "NS", "BS") and part[1] in whole[1]


def _comparison(holds: Callable[[Any, Any], bool]) -> Callable[[Any, Item | None], bool]:
    def expr(self: Any, item: Item | None) -> bool:
        left, right = _typed(self.lhs, item), _typed(self.rhs, item)
        _refuse_unordered(self.OP, self.lhs, left)
        _refuse_unordered(self.OP, self.rhs, right)
        return _compare(holds, left, right)

    return expr


def _typed(operand: Any, item: Item | None) -> Typed:
    if isinstance(operand, comparisons.FuncSize):
        whole = _typed(operand.attr, item)
        sized = whole is not None and whole[0] in ("S", "B", "SS", "NS", "BS", "L", "M")
        return ("N", Decimal(len(whole[1]))) if sized else None  # type: ignore[index]
    kind = operand.get_type(item)
    return None if kind is None else (kind, operand.expr(item))


def _equal(one: Typed, other: Typed) -> bool:
    return one is not None and one == other


def _compare(holds: Callable[[Any, Any], bool], one: Typed, other: Typed) -> bool:
    if one is None or other is None or one[0] != other[0] or one[0] not in _ORDERED:
        return False
    return holds(one[1], other[1])


def _refuse_unordered(name: str, operand: Any, value: Typed) -> None:
    """A value of the request must have an order. One of an item need not."""
    if isinstance(operand, comparisons.AttributeValue) and value is not None and value[0] not in _ORDERED:
        raise InvalidConditionExpression(
            f"Incorrect operand type for operator or function; operator: {name}, operand type: {value[0]}"
        )
