"""`python -m tests.benchmarks`: how fast search, start, change and chat are, beside a baseline.

Prints a table and writes build/bench.json. `--quick` measures small sizes, to see that it works;
`--faq DIR` measures retrieval on a set of questions and answers too; `--only` chooses; `--load N`
says how many questions chat gets while its memory is watched (18000 are those of an hour).
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.adapters import dictionaries
from tests.benchmarks import (
    changing,
    chat,
    comments,
    deliveries,
    feeds,
    importing,
    knowledge,
    landscape,
    reminders,
    retrieval,
    searching,
    starting,
)
from tests.benchmarks.measuring import Figure, load
from tests.benchmarks.report import table, write

OUTPUT = Path("build/bench.json")


@dataclass(slots=True)
class _Chosen(argparse.Namespace):
    """What the command line asks for."""

    quick: bool = False
    faq: Path | None = None
    only: str | None = None
    load: int | None = None
    output: Path = OUTPUT


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--faq", type=Path, metavar="DIR")
    parser.add_argument(
        "--only",
        choices=(
            "search",
            "start",
            "change",
            "knowledge",
            "importing",
            "feeds",
            "landscape",
            "comments",
            "chat",
            "deliveries",
            "reminders",
            "retrieval",
        ),
    )
    parser.add_argument("--load", type=int, metavar="N")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    chosen = parser.parse_args(arguments, namespace=_Chosen())
    before = load()
    print(f"load before: {before:.2f}")
    found: list[Figure] = []
    for name, measure in _benchmarks(chosen).items():
        if chosen.only in {None, name}:
            found += measure()
    after = load()
    print("\n".join(table(found)))
    print(f"load after: {after:.2f}")
    write(chosen.output, found, loads=(before, after))
    return 0


def _benchmarks(chosen: _Chosen) -> dict[str, Callable[[], Iterator[Figure]]]:
    benchmarks: dict[str, Callable[[], Iterator[Figure]]] = {
        "search": lambda: searching.figures(is_quick=chosen.quick),
        "start": lambda: starting.figures(is_quick=chosen.quick),
        "change": lambda: changing.figures(is_quick=chosen.quick),
        "knowledge": lambda: knowledge.figures(is_quick=chosen.quick),
        "feeds": lambda: feeds.figures(is_quick=chosen.quick),
        "landscape": lambda: landscape.figures(is_quick=chosen.quick),
        "comments": lambda: comments.figures(is_quick=chosen.quick),
    }
    if chat.is_possible():
        benchmarks["importing"] = lambda: importing.figures(is_quick=chosen.quick)
        benchmarks["chat"] = lambda: chat.figures(is_quick=chosen.quick, load=_load(chosen))
        benchmarks["deliveries"] = lambda: deliveries.figures(is_quick=chosen.quick)
        benchmarks["reminders"] = lambda: reminders.figures(is_quick=chosen.quick)
    folder = chosen.faq
    if folder is not None:
        benchmarks["retrieval"] = lambda: retrieval.figures(folder, dictionaries.real_words())
    return benchmarks


def _load(chosen: _Chosen) -> int:
    return chosen.load or (chat.QUICK_LOAD if chosen.quick else chat.LOAD)


if __name__ == "__main__":
    sys.exit(main())
