"""Opens the library over a folder of documents: reads, indexes (or takes the cache), judges."""

from pathlib import Path

import structlog

from bot.adapters import knowledge_files
from bot.adapters.knowledge_index import open_searcher
from bot.adapters.knowledge_workshop import ChildWorkshop
from bot.search.confidence import shipped_model
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.library import Library

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


def open_library(*, folder: Path, cache: Path | None, thresholds: Thresholds) -> Library:
    """Return the library of `folder`; a broken document is logged, with its line, and left out.

    Takes a second or two without a fitting index in the folder `cache`: not for an event loop.
    """
    shelf = knowledge_files.read(folder)
    for problem in shelf.problems:
        _log.warning(
            "knowledge_document_unsound",
            path=problem.path,
            line=problem.line,
            kind=problem.kind.value,
            detail=problem.detail,
        )
    searcher = open_searcher(
        shelf.documents, fingerprint=knowledge_files.fingerprint(folder), cache=cache
    )
    return Library(
        searcher,
        shelf.documents,
        model=shipped_model(),
        thresholds=thresholds,
        texts=shelf.texts,
        workshop=ChildWorkshop(),
    )
