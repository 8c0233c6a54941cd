"""Sizes: the package, the loaded classes, the memory."""

from __future__ import annotations

import pathlib
import re
import statistics
import zipfile

import figures
from functions import WORK, Function, Running

RUNS = 10


def sizes(functions: dict[Function, object], zips: dict[str, pathlib.Path], aws: str) -> str:
    rows = []
    for function, event in functions.items():
        resident, classes = [], "-"
        for _ in range(RUNS):
            with Running(function, aws) as running:
                running.invoke(event)
                resident.append(running.resident_mb())
        if not function.is_native:
            classes = f"{_classes(function, event, aws):,}"
        archive = zips.get(function.name)
        if archive is None:
            files = [file for file in function.task.rglob("*") if file.is_file()]
            jars = sum(file.suffix == ".jar" for file in files)
            size = _mb(sum(file.stat().st_size for file in files))
            # Jars are packed already; a zip would make an executable smaller.
            rows.append([function.name, *(["-", size] if function.is_native else [size, "-"]), jars, classes])
        else:
            with zipfile.ZipFile(archive) as content:
                entries = content.infolist()
            jars = [entry for entry in entries if entry.filename.endswith(".jar")]
            unpacked = sum(entry.file_size for entry in entries)
            rows.append([function.name, _mb(archive.stat().st_size), _mb(unpacked), len(jars), classes])
        rows[-1].append(f"{statistics.median(resident):.0f}")
    header = ["function", "zip, MB", "unpacked, MB", "jars", "classes loaded at the first answer", "resident then, MB"]
    return figures.table(header, rows)


def _classes(function: Function, event: object, aws: str) -> int:
    log = WORK / "classes.log"
    with Running(function, aws, [f"-Xlog:class+load:file={log}"]) as running:
        running.invoke(event)
    return len(re.findall(r" source: ", log.read_text()))


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f}"
