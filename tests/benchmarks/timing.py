"""Durations in milliseconds, and what stands out of them."""

import gc
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

_Item = TypeVar("_Item")


def each(items: Iterable[_Item], do: Callable[[_Item], object]) -> list[float]:
    """Return how long `do` takes for each item, in milliseconds, ascending."""
    found: list[float] = []
    for item in items:
        start = time.perf_counter()
        do(item)
        found.append(1_000 * (time.perf_counter() - start))
    return sorted(found)


def once(do: Callable[[], _Item]) -> tuple[_Item, float]:
    """Return what `do` gives and how long it took, in seconds."""
    gc.collect()
    start = time.perf_counter()
    result = do()
    return result, time.perf_counter() - start


def percentile(ascending: list[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of the values lie."""
    return ascending[min(int(share * len(ascending)), len(ascending) - 1)]


def resident() -> float:
    """Return the memory that this process holds, in MB (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1_024
    return 0.0
