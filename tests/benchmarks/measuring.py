"""Taking time and memory, and what a measured figure says."""

import gc
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

_MEGABYTE: Final = 1024 * 1024
_STATM: Final = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside a baseline that was measured in the same run.

    `goal` is what we want to reach and `floor` what must hold, both in `unit`; None where nobody
    asked for a bound. `is_best_high` is true for scores, false for times and memory.
    """

    benchmark: str
    case: str
    name: str
    value: float
    unit: str
    baseline: float
    baseline_name: str
    goal: float | None = None
    floor: float | None = None
    is_best_high: bool = False

    @property
    def ratio(self) -> float:
        """Return the value ÷ its baseline."""
        return self.value / self.baseline if self.baseline else float("inf")

    @property
    def verdict(self) -> str:
        """Return "goal", "floor" (reached, but not the goal), "missed", or nothing to reach."""
        if self._reaches(self.goal):
            return "goal"
        if self._reaches(self.floor):
            return "floor"
        return "" if self.goal is None and self.floor is None else "missed"

    def _reaches(self, bound: float | None) -> bool:
        if bound is None:
            return False
        return self.value >= bound if self.is_best_high else self.value <= bound


def seconds_of(action: Callable[[], object]) -> float:
    """Return how long `action` takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def median_seconds(action: Callable[[], object], *, times: int) -> float:
    """Return the median duration of `action`, done `times` times."""
    return statistics.median(seconds_of(action) for _ in range(times))


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value below which `share` percent of `values` lie."""
    return float(np.percentile(values, share))


def resident_megabytes() -> float:
    """Return the memory that this process holds now (where the system does not say: its peak)."""
    gc.collect()
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
    return peak_megabytes()


def peak_megabytes() -> float:
    """Return the most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MEGABYTE if sys.platform == "darwin" else peak / 1024


def load() -> float:
    """Return the load average of the last minute."""
    return os.getloadavg()[0]
