"""Reads Terraform on standard input and prints what its blocks say as JSON: {"resource aws_iam_role": {...}, ...}.

python-hcl2 parses; strings and jsonencode() are evaluated here, references to other resources are left as null.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import hcl2
from lark import Token, Tree

ESCAPE = re.compile(r'\\u([0-9A-Fa-f]{4})|\\(["\\nrt])|([$%])\3\{|([$%])\{')
PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


def text(raw: str) -> str:
    """The meaning of a quoted string, by the language's own rules; a template in it is refused."""

    def meaning(escape: re.Match[str]) -> str:
        code, plain, doubled, template = escape.groups()
        if template:
            raise ValueError(f"a template: {raw}")
        return chr(int(code, 16)) if code else doubled + "{" if doubled else PLAIN.get(plain, plain)

    return ESCAPE.sub(meaning, raw)


def children(tree: Tree[Token], name: str) -> list[Tree[Token]]:
    return [child for child in tree.children if isinstance(child, Tree) and child.data == name]


def value(node: Tree[Token]) -> Any:
    inner = next((child for child in node.children if isinstance(child, Tree)), node) if node.data == "expr_term" else node
    if inner.data == "string":
        return text("".join(str(token) for token in inner.scan_values(lambda token: token.type != "DBLQUOTE")))
    if inner.data == "identifier":
        return str(inner.children[0])
    if inner.data == "tuple":
        return [value(element) for element in children(inner, "expr_term")]
    if inner.data == "object":
        elements = children(inner, "object_elem")
        return {value(children(e, "object_elem_key")[0].children[0]): value(children(e, "expr_term")[0]) for e in elements}
    if inner.data == "function_call":
        assert inner.children[0].children[0] == "jsonencode", inner.pretty()
        return value(children(children(inner, "arguments")[0], "expr_term")[0])
    return None


def main() -> None:
    blocks = {}
    for block in children(children(hcl2.parses_to_tree(sys.stdin.read()), "body")[0], "block"):
        kind, *labels = [value(part) for part in block.children if isinstance(part, Tree) and part.data in ("identifier", "string")]
        attributes = children(children(block, "body")[0], "attribute")
        name = f"{kind} {labels[0]}"
        blocks[name] = {str(a.children[0].children[0]): value(children(a, "expr_term")[0]) for a in attributes}
    json.dump(blocks, sys.stdout)


if __name__ == "__main__":
    main()
