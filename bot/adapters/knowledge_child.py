"""The process that reads and indexes the documents of a guild: `python -m` this module.

It gets lines on its standard input, answers on its standard output, and ends. `read`: texts in,
documents or problems out. `index PATH`: what the index is built beside in, then the documents; the
arrays of the index are written to PATH.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from bot.adapters import knowledge_wire as wire
from bot.adapters.knowledge_index import packed_index, packed_text
from bot.search.index import Index, build
from bot.services.knowledge.workshop import read_one

BETWEEN: Final = "\x1f"
"""Between the tokens of one passage: no token holds it."""
_NICENESS: Final = 10  # of 19: whoever asks goes first


def work(arguments: list[str], lines: Iterable[bytes]) -> Iterator[bytes]:
    """Do what the arguments say; yield the lines to answer with.

    Raises:
        ValueError: for arguments or lines that are none of these.

    """
    match arguments:
        case ["read"]:
            for line in lines:
                yield wire.read_line(read_one(wire.written_in(line)))
        case ["index", path]:
            first, *others = lines
            documents = [wire.document_in(line) for line in others]
            _write(Path(path), build(documents, beside=wire.beside_in(first)))
        case _:
            message = "read, or index PATH"
            raise ValueError(message)


def _write(path: Path, index: Index) -> None:
    arrays = packed_index(index)
    for name in ("title_tokens", "defines"):
        lines = (BETWEEN.join(sorted(getattr(one, name))) for one in index.passages)
        arrays[name] = packed_text(lines)
    # Both checkers take one of the arrays for the argument allow_pickle.
    np.savez(path, **arrays)  # type: ignore[arg-type] # see above


if __name__ == "__main__":
    os.nice(_NICENESS)
    for answer in work(sys.argv[1:], sys.stdin.buffer):
        sys.stdout.buffer.write(answer)
