"""What was measured, for people and for programs."""

import json
import math
import platform
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.measuring import Figure

_HEADER = ("what", "case", "figure", "value", "baseline", "ratio", "bound")


def table(figures: Sequence[Figure]) -> list[str]:
    """Return the lines of a table."""
    rows = [_HEADER, *map(_row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if 3 <= at <= 5 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def write(path: Path, figures: Sequence[Figure], *, loads: tuple[float, float]) -> None:
    """Write the figures as JSON, with the load before and after they were taken."""
    path.parent.mkdir(exist_ok=True)
    written = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "load_before": loads[0],
        "load_after": loads[1],
        "figures": [
            {**asdict(one), "ratio": _finite(one.ratio), "verdict": one.verdict} for one in figures
        ],
    }
    path.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


def _finite(value: float) -> float | None:
    """Return None for a ratio to nothing, for which JSON has no number."""
    return value if math.isfinite(value) else None


def _row(one: Figure) -> tuple[str, ...]:
    unit = f" {one.unit}" if one.unit else ""
    return (
        one.benchmark,
        one.case,
        one.name,
        f"{_number(one.value)}{unit}",
        f"{_number(one.baseline)}{unit} {one.baseline_name}",
        f"{_number(one.ratio)}×",
        _bound(one),
    )


def _bound(one: Figure) -> str:
    sign = "≥" if one.is_best_high else "≤"
    wanted = one.floor if one.verdict == "floor" or one.goal is None else one.goal
    if wanted is None:
        return ""
    return f"{one.verdict}: {sign} {_number(wanted)}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
