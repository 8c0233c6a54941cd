"""Cold starts: the time to the first answer that needs DynamoDB."""

from __future__ import annotations

import statistics

import figures
from functions import Function, Running, first_after_restore

#: Longer than the JDK keeps an idle connection, like the time between a snapshot and its restore.
IDLE_SECONDS = 6.0


def on_demand(functions: dict[Function, object], aws: str, runs: int) -> str:
    """functions: each with its event, the floor first."""
    walls: dict[Function, list[float]] = {function: [] for function in functions}
    processor: dict[Function, list[float]] = {function: [] for function in functions}
    for _ in range(runs):
        for function, event in functions.items():
            with Running(function, aws) as running:
                walls[function].append(running.invoke(event)[0])
                processor[function].append(running.processor_ms())
    least = next(iter(functions))
    rows = [
        [
            function.name,
            figures.spread(walls[function]),
            figures.spread(figures.ratios(walls[function], walls[least]), 2),
            figures.spread(processor[function]),
            f"{statistics.median(processor[function]) / statistics.median(processor[least]):.2f}",
        ]
        for function in functions
    ]
    header = ["function", "first answer, ms", "times the floor", "processor time until then, ms", "times the floor"]
    note = f"{runs} starts each, in turns. The system counts processor time in steps of 10 ms."
    return f"{note}\n\n" + figures.table(header, rows)


def from_snapshot(functions: dict[Function, object], aws: str, runs: int) -> str:
    took: dict[Function, list[float]] = {function: [] for function in functions}
    for _ in range(runs):
        for function, event in functions.items():
            took[function].append(first_after_restore(function, aws, event, IDLE_SECONDS))
    least = next(iter(functions))
    rows = [
        [function.name, figures.spread(times), figures.spread(figures.ratios(times, took[least]), 2)]
        for function, times in took.items()
    ]
    return f"{runs} each, in turns; without the restore itself, which is Lambda's.\n\n" + figures.table(
        ["function", "from restored to the first answer, ms", "times the floor"], rows
    )
