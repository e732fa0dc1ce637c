"""What the terminal commands answer with: the shipped knowledge base, no database, no token."""

from pathlib import Path

from bot.adapters import knowledge_files
from bot.adapters.knowledge_library import open_library
from bot.folders import cache_in
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.library import Library
from config.settings import Settings


def library_of(settings: Settings, *, folder: Path = knowledge_files.SHIPPED) -> Library:
    """Return the knowledge base in `folder`, indexed in the data folder's cache."""
    return open_library(
        folder=folder,
        cache=cache_in(settings.data_dir),
        thresholds=Thresholds(answer=settings.answer_threshold, suggest=settings.suggest_threshold),
    )
