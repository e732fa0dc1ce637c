import math
from collections import Counter

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.postings import K1, B, Postings, idf

TOKENS = st.sampled_from([f"w{number}" for number in range(12)])
CORPORA = st.lists(st.lists(TOKENS, max_size=12), min_size=1, max_size=12)


def reference(rows: list[list[str]], weights: dict[str, float]) -> list[float]:
    """BM25 as in the book, one unit after the other."""
    mean = sum(map(len, rows)) / len(rows)
    found: list[float] = []
    for row in rows:
        counts = Counter(row)
        found.append(
            sum(
                weight * counts[token] / (counts[token] + K1 * (1 - B + B * len(row) / mean))
                for token, weight in weights.items()
                if counts[token]
            )
        )
    return found


@given(CORPORA, st.dictionaries(TOKENS, st.floats(0, 5), max_size=6))
def test_scores_are_those_of_the_formula(rows: list[list[str]], weights: dict[str, float]) -> None:
    scores = Postings.build(rows).score(weights)

    assert scores.tolist() == pytest.approx(reference(rows, weights), rel=1e-4, abs=1e-5)


@given(CORPORA.filter(any), st.data())
def test_scores_with_the_idf_are_those_of_bm25s(rows: list[list[str]], data: st.DataObject) -> None:
    words = sorted({token for row in rows for token in row})
    question = data.draw(st.lists(st.sampled_from(words), min_size=1, unique=True))
    ours = Postings.build(rows)
    theirs = bm25s.BM25(method="lucene", k1=K1, b=B)
    theirs.index(rows, show_progress=False)
    weights = {one: idf(frequency=ours.frequency(one), size=len(rows)) for one in question}

    assert ours.score(weights).tolist() == pytest.approx(
        theirs.get_scores(question).tolist(), rel=1e-4, abs=1e-5
    )


@given(CORPORA, TOKENS)
def test_holders_are_the_units_with_the_token(rows: list[list[str]], token: str) -> None:
    postings = Postings.build(rows)
    every = np.arange(len(rows), dtype=np.int32)
    expected = [number for number, row in enumerate(rows) if token in row]

    assert postings.holders(token).tolist() == expected
    assert postings.frequency(token) == len(expected)
    assert np.flatnonzero(postings.present(token, every)).tolist() == expected


def test_a_rare_token_tells_more_than_a_common_one_and_none_tells_nothing() -> None:
    values = [idf(frequency=frequency, size=100) for frequency in (0, 1, 50, 100)]

    assert values == sorted(values, reverse=True)
    assert values[-1] > 0
    assert values[0] == pytest.approx(math.log1p(100.5 / 0.5))


def test_an_empty_corpus_has_no_scores() -> None:
    assert Postings.build([]).score({"w1": 1.0}).tolist() == []
