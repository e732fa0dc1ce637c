"""How long `python -m bot ask` takes from its start to its answer, as a program of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from tests.benchmarks.measuring import Figure, seconds_of

QUESTION: Final = "wat is GGU"
BASELINE: Final = "import numpy"
_ROOT: Final = Path(__file__).parents[2]
_WARM_GOAL: Final = 1.5  # seconds
_PATIENCE: Final = 120  # seconds, until a program that hangs is ended


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Start the programs in turns and yield the median of each."""
    times = 1 if is_quick else 5
    numpy: list[float] = []
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            numpy.append(seconds_of(lambda: _run(["-c", "import numpy"], Path(folder))))
            cold.append(seconds_of(lambda: _ask(Path(folder))))
            warm.append(seconds_of(lambda: _ask(Path(folder))))
    baseline = median(numpy)
    yield Figure("start", "no cache", "first answer", median(cold), "s", baseline, BASELINE)
    yield Figure(
        "start", "cache", "first answer", median(warm), "s", baseline, BASELINE, goal=_WARM_GOAL
    )


def _ask(data: Path) -> None:
    shown = _run(["-m", "bot", "ask", "--json", QUESTION], data)
    if '"status": "answered"' not in shown:
        message = f"no answer to {QUESTION!r}: {shown!r}"
        raise RuntimeError(message)


def _run(arguments: Sequence[str], data: Path) -> str:
    """Run Python with `arguments` on the data folder `data`; return what it printed.

    Raises:
        CalledProcessError: when the program fails.

    """
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=_ROOT,
        env={**os.environ, "BREED_DATA_DIR": str(data), "BREED_LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=True,
        timeout=_PATIENCE,
    )
    return ended.stdout
