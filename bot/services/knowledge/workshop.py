"""The heavy work on a guild's documents: reading many of them, and indexing all of them.

A port: the serving bot has it done in a child process, so that nobody who asks waits for it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.search.documents import Document, Origin
from bot.search.index import Beside, build
from bot.search.real_words import RealWords
from bot.search.segments import Segment
from bot.services.knowledge.markdown import parse
from bot.services.knowledge.problems import UnsoundDocumentError


@dataclass(frozen=True, slots=True)
class Written:
    """The Markdown of a document that is to be read."""

    document_id: str
    text: str
    origin: Origin


Read = Document | UnsoundDocumentError
"""What reading one gives: the document, or everything that is wrong with it."""


class WorkshopError(Exception):
    """The work was not done: the process ended, took too long or gave something else back."""


class Workshop(Protocol):
    """Does what takes seconds for thousands of documents."""

    async def read(self, texts: Sequence[Written]) -> list[Read]:
        """Read documents, in their order.

        Raises:
            WorkshopError: when it cannot be done now.

        """
        ...

    async def index(
        self, documents: Sequence[Document], *, beside: Beside, real_words: RealWords
    ) -> Segment:
        """Index documents beside others.

        Raises:
            WorkshopError: when it cannot be done now.

        """
        ...


class ThreadWorkshop:
    """Does the work in a thread of this process: for tests and for few documents."""

    async def read(self, texts: Sequence[Written]) -> list[Read]:
        """See `Workshop`."""
        return await asyncio.to_thread(lambda: [read_one(one) for one in texts])

    async def index(
        self, documents: Sequence[Document], *, beside: Beside, real_words: RealWords
    ) -> Segment:
        """See `Workshop`."""
        return await asyncio.to_thread(
            lambda: Segment(build(documents, beside=beside), real_words=real_words)
        )


def read_one(written: Written) -> Read:
    """Return the document that a text describes, or what is wrong with it."""
    try:
        return parse(written.text, document_id=written.document_id, origin=written.origin)
    except UnsoundDocumentError as error:
        return error
