"""Figures as Markdown: medians with their spread, and tables."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The median and the quartiles. The quartiles ignore single outliers, which come from the machine."""
    low, _, high = statistics.quantiles(values, n=4)
    return f"{statistics.median(values):,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def ratios(ours: Sequence[float], others: Sequence[float]) -> list[float]:
    """The ratio of each pair. Both were measured in turn, so that the machine's load was the same for both."""
    return [mine / theirs for mine, theirs in zip(ours, others, strict=True)]


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"
