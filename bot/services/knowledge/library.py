"""The knowledge base in use: what answers now, and changing it while questions are answered."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from bot.search.confidence import Model
from bot.search.documents import Document
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Answerer, Thresholds


@dataclass(frozen=True, slots=True)
class _Edition:
    """What is in force at one moment; replaced as a whole."""

    answerer: Answerer
    documents: dict[str, Document]
    changed: dict[str, Document]
    gone: frozenset[str]


class Library:
    """Holds the answerer and swaps it at once: an answer comes from before a change or after it.

    Changed documents are in a small index of their own beside the one the library was opened with,
    which stays as it is: a change takes the time of indexing what changed since.
    """

    def __init__(
        self,
        searcher: Searcher,
        documents: Iterable[Document],
        *,
        model: Model,
        thresholds: Thresholds,
    ) -> None:
        """Open with `searcher`, which has one index, of exactly these `documents`."""
        self._opened = searcher
        self._model = model
        self._thresholds = thresholds
        self._changing = asyncio.Lock()
        self._edition = _Edition(
            answerer=self._answerer_of(searcher),
            documents={document.id: document for document in documents},
            changed={},
            gone=frozenset(),
        )

    @property
    def answerer(self) -> Answerer:
        """What answers now. Ask for it again for every question."""
        return self._edition.answerer

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document in force."""
        return tuple(self._edition.documents.values())

    @property
    def options(self) -> tuple[Document, ...]:
        """The documents that describe an option for collectivisation, by its number."""
        found = [(one.option, one) for one in self.documents if one.option is not None]
        return tuple(document for _, document in sorted(found, key=lambda pair: pair[0]))

    @property
    def passage_count(self) -> int:
        """How many passages are in force."""
        return sum(len(document.sections) for document in self.documents)

    async def replace_document(self, document: Document) -> None:
        """Put `document` in the place of the one with its id, or beside the others."""
        async with self._changing:
            now = self._edition
            await self._change(
                documents=now.documents | {document.id: document},
                changed=now.changed | {document.id: document},
                gone=now.gone | {document.id},
            )

    async def remove_document(self, document_id: str) -> None:
        """Leave the document out from now on; nothing happens when it is not there."""
        async with self._changing:
            now = self._edition
            if document_id in now.documents:
                await self._change(
                    documents=_without(now.documents, document_id),
                    changed=_without(now.changed, document_id),
                    gone=now.gone | {document_id},
                )

    async def _change(
        self,
        *,
        documents: dict[str, Document],
        changed: dict[str, Document],
        gone: frozenset[str],
    ) -> None:
        searcher = await asyncio.to_thread(self._opened.changed, tuple(changed.values()), gone=gone)
        self._edition = _Edition(self._answerer_of(searcher), documents, changed, gone)

    def _answerer_of(self, searcher: Searcher) -> Answerer:
        return Answerer(searcher, model=self._model, thresholds=self._thresholds)


def _without(documents: dict[str, Document], document_id: str) -> dict[str, Document]:
    return {key: document for key, document in documents.items() if key != document_id}
