"""bm25s alone, on the same passages and the same words: the baseline."""

from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

from bot.search.analysis import tokens
from bot.search.documents import Document


class RawBm25:
    """bm25s with its defaults over title, heading and text of every passage."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Cut the passages into words and index them."""
        self.document_of = [document.id for document in documents for _ in document.sections]
        rows = [
            tokens(f"{document.title} . {section.heading} . {section.text}")
            for document in documents
            for section in document.sections
        ]
        self._index = bm25s.BM25()
        self._index.index(rows, show_progress=False)

    def known(self, text: str) -> list[str]:
        """Return the words of `text` that any passage holds."""
        return [word for word in tokens(text) if word in self._index.vocab_dict]

    def scores(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the score of every passage for `words`, all of them known."""
        if not words:
            return np.zeros(len(self.document_of), np.float32)
        return self._index.get_scores(list(words))

    def ranking(self, text: str) -> list[str]:
        """Return the documents by their best passage, the best first."""
        order = np.argsort(-self.scores(self.known(text)), kind="stable")
        return list(dict.fromkeys(self.document_of[int(place)] for place in order))
