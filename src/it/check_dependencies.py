"""Compares what is built with the advisories in advisories.json; check-dependencies.sh has what for.

An advisory is an object with
  id          of the CVE, else of the GHSA, else of the release whose notes tell of it
  package     the package URL without a version, of which * stands for any part: pkg:maven/io.netty/netty-*
  vulnerable  comparisons that hold together: ">= 2.19, < 2.21.5"
  what        it does, in a few words
  accepted    since no version without it is to be had, or it cannot be reached: an object with reason and date (optional)
"""

from __future__ import annotations

import fnmatch
import json
import pathlib
import re
import sys
import zipfile
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ADVISORIES = HERE / "advisories.json"
COMPONENTS = ROOT / "target/function.cdx.json"
FUNCTION = ROOT / "target/function.zip"
LOCK = ROOT / "src/local-aws/requirements.txt"

#: What may follow the numbers of a version, and whether it comes before (-) or after (+) the version without it.
QUALIFIERS = {
    **dict.fromkeys(("dev", "snapshot"), -5),
    **dict.fromkeys(("a", "alpha"), -4),
    **dict.fromkeys(("b", "beta"), -3),
    **dict.fromkeys(("m", "milestone"), -2),
    **dict.fromkeys(("rc", "c", "cr"), -1),
    **dict.fromkeys(("final", "ga", "release", "jre", "android"), 0),
    **dict.fromkeys(("post", "sp"), 1),
}
COMPARISON = re.compile(r"(<=|>=|<|>|=)\s*(\S+)")


def version_key(version: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Sorts as Maven's and Python's versions do. A word that this does not know is an error, not a guess."""
    number = re.match(r"\d+(\.\d+)*", version)
    if not number:
        raise ValueError(f"{version}: a version begins with a number")
    numbers = [int(part) for part in number[0].split(".")]
    while numbers and numbers[-1] == 0:  # 1.0 is 1
        numbers.pop()
    rest = version[number.end() :].lower()
    words = re.findall(r"([a-z]+)\W*(\d*)", rest)
    unknown = re.sub(r"[a-z]+\W*\d*|[.-]", "", rest)
    if unknown or any(word not in QUALIFIERS for word, _ in words):
        raise ValueError(f"{version}: {rest} is unknown here")
    qualifiers = [(QUALIFIERS[word], int(digits or 0)) for word, digits in words if QUALIFIERS[word]]
    return tuple(numbers), tuple(qualifiers) or ((0, 0),)


def vulnerable(version: str, comparisons: str) -> bool:
    """Whether all the comparisons hold for the version."""
    key = version_key(version)
    answers = []
    for comparison in comparisons.split(","):
        parts = COMPARISON.fullmatch(comparison.strip())
        if not parts:
            raise ValueError(f"{comparison}: no comparison")
        operator, other = parts[1], version_key(parts[2])
        answers.append(
            key < other
            if operator == "<"
            else key <= other
            if operator == "<="
            else key > other
            if operator == ">"
            else key >= other
            if operator == ">="
            else key == other
        )
    return all(answers)


def maven_packages(bill: dict[str, Any]) -> list[tuple[str, str]]:
    """Package URL and version of each component of a CycloneDX document."""
    found = []
    for component in bill["components"]:
        package, _, version = component["purl"].partition("?")[0].rpartition("@")
        found.append((package, version))
    return found


def python_packages(lock: str) -> list[tuple[str, str]]:
    """Package URL and version of each line of a lock; one package may have a version for each Python."""
    pinned = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*])?==([^\s;]+)", lock, re.MULTILINE)
    return [("pkg:pypi/" + re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in pinned]


def unlisted(function: pathlib.Path, packages: list[tuple[str, str]]) -> list[str]:
    """Jars of the function that the list of components does not have."""
    listed = {f"{package.removeprefix('pkg:maven/').replace('/', '.')}-{version}.jar" for package, version in packages}
    with zipfile.ZipFile(function) as files:
        jars = [name.removeprefix("lib/").removeprefix("modified-") for name in files.namelist() if name.endswith(".jar")]
    return [jar for jar in jars if jar not in listed]


def judge(advisories: list[dict[str, Any]], packages: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """What is wrong, and what is accepted. An advisory accepted for nothing is wrong: it would hide the next version."""
    wrong, accepted = [], []
    for advisory in advisories:
        matches = [
            f"{package}@{version}"
            for package, version in packages
            if fnmatch.fnmatchcase(package, advisory["package"]) and vulnerable(version, advisory["vulnerable"])
        ]
        text = f"{advisory['id']} ({advisory['what']}; {advisory['package']} {advisory['vulnerable']})"
        excuse = advisory.get("accepted")
        if excuse and not matches:
            wrong.append(f"{text} is accepted, but nothing here has it: take the acceptance out")
        for match in matches:
            if excuse:
                accepted.append(f"{match}: {text}. Accepted on {excuse['date']}: {excuse['reason']}")
            else:
                wrong.append(f"{match}: {text}")
    return wrong, accepted


def main() -> None:
    components = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else COMPONENTS
    if not components.exists():
        sys.exit(f"{components} is missing: ./mvnw package")
    java = maven_packages(json.loads(components.read_text()))
    packages = java + python_packages(LOCK.read_text())
    wrong, accepted = judge(json.loads(ADVISORIES.read_text()), packages)
    if components == COMPONENTS:
        wrong += [f"{jar} is in {FUNCTION.name}, but not in {components.name}" for jar in unlisted(FUNCTION, java)]
    for line in accepted:
        print(f"accepted: {line}")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(packages)} packages: none has an advisory that is not accepted")


if __name__ == "__main__":
    main()
