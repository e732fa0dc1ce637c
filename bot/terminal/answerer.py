"""What the terminal commands answer with: the shipped knowledge base, no database, no token."""

from pathlib import Path

import structlog

from bot.adapters import knowledge_files
from bot.adapters.knowledge_index import open_searcher
from bot.search.confidence import shipped_model
from bot.services.knowledge.answering import Answerer, Thresholds
from config.settings import Settings

_log = structlog.get_logger()


def open_answerer(settings: Settings, *, folder: Path = knowledge_files.SHIPPED) -> Answerer:
    """Return an answerer over `folder`; a broken document is logged and left out."""
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
        shelf.documents,
        fingerprint=knowledge_files.fingerprint(folder),
        cache=settings.data_dir / "cache",
    )
    return Answerer(
        searcher,
        model=shipped_model(),
        thresholds=Thresholds(answer=settings.answer_threshold, suggest=settings.suggest_threshold),
    )
