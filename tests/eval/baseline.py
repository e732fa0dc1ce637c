"""Plain BM25 on the same passages: what the search is measured beside."""

from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

from bot.search.analysis import tokens
from bot.search.documents import Document, Section
from bot.services.knowledge.answers import Answered, Citation, Reply, Unknown


class PlainBm25:
    """`bm25s` with its defaults on title, heading and text; answers above a score threshold."""

    def __init__(self, documents: Sequence[Document], *, threshold: float = 0.0) -> None:
        """Index the sections that are no known unknowns."""
        self._passages: list[tuple[Document, int, Section]] = [
            (document, number, section)
            for document in documents
            for number, section in enumerate(document.sections)
            if not section.known_unknown
        ]
        self._index = bm25s.BM25()
        rows = [
            tokens(f"{document.title} {section.heading} {section.text}")
            for document, _, section in self._passages
        ]
        self._index.index(rows, show_progress=False)
        self.threshold = threshold

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Return the score of every passage."""
        words = [word for word in tokens(text) if word in self._index.vocab_dict]
        if not words:
            return np.zeros(len(self._passages), np.float32)
        return self._index.get_scores(words)

    def ranking(self, text: str) -> list[frozenset[str]]:
        """Return the facts of the passages, the best first."""
        order = np.argsort(-self.scores(text), kind="stable")[:10]
        return [frozenset(self._passages[int(place)][2].facts) for place in order]

    def reply(self, text: str) -> Reply:
        """Quote the best passage when its score is above the threshold."""
        scores = self.scores(text)
        best = int(np.argmax(scores))
        if scores[best] <= self.threshold:
            return Unknown()
        document, number, section = self._passages[best]
        citation = Citation(
            title=document.title,
            part=document.part,
            date=section.date,
            source=section.sources[0],
            quote=section.text,
            document=document.id,
            section=number,
        )
        return Answered(section.text, (citation,), 1.0)
