import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters import dictionaries, knowledge_index
from bot.adapters.knowledge_index import open_searcher
from bot.search.documents import Document
from bot.search.index import Index
from bot.search.real_words import RealWords
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Answerer, Thresholds
from bot.services.knowledge.answers import Reply
from tests.builders import SHELF, WATERNET, plain_model

WORDS = RealWords.of({"nooit": 300_000, "afvalbak": 200})
QUESTIONS = (
    "wat kost het waterschapshuis",
    "waarom sloot de leesbiblioteek",
    "wie leidt het waterschapshuis delfland",
    "reading library",
    "nooit een afvalbak",
)
keeps_fixtures = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionaries, "real_words", lambda: WORDS)


def opened(cache: Path | None, documents: Sequence[Document] = SHELF, key: str = "f") -> Searcher:
    return open_searcher(tuple(documents), fingerprint=key, cache=cache)


def replies(found: Searcher) -> list[Reply]:
    answerer = Answerer(found, model=plain_model(), thresholds=Thresholds(answer=0.5, suggest=0.15))
    return [answerer.reply(question) for question in QUESTIONS]


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def never(documents: Sequence[Document]) -> Index:
    raise AssertionError(documents)


def test_the_second_time_nothing_is_indexed_and_every_answer_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, without = opened(tmp_path), opened(None)
    monkeypatch.setattr(knowledge_index, "build", never)

    second = opened(tmp_path)

    assert replies(second) == replies(first) == replies(without)
    assert second.is_real_word("nooit")
    assert second.weight("nooit") == first.weight("nooit")


@keeps_fixtures
@given(data=st.data())
def test_a_damaged_cache_changes_no_answer_and_is_made_anew(
    tmp_path: Path, data: st.DataObject
) -> None:
    expected = replies(opened(tmp_path))
    (path,) = files_in(tmp_path)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = data.draw(
        st.sampled_from(
            [
                whole[:at],
                whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :],
                whole[at:],
                b"",
                b"garbage" * 50,
            ]
        )
    )
    path.write_bytes(damaged)

    assert replies(opened(tmp_path)) == expected
    assert path.read_bytes() == whole


def stored(arrays: dict[str, np.ndarray]) -> bytes:
    packed = io.BytesIO()
    # Both checkers take one of the arrays for the argument allow_pickle.
    np.savez(packed, **arrays)  # type: ignore[arg-type] # see above
    return knowledge_index._digest(packed.getvalue()) + packed.getvalue()


@pytest.mark.parametrize("missing", ["document_of", "words.starts", "real_words", "counts"])
def test_a_cache_with_other_arrays_is_made_anew(tmp_path: Path, missing: str) -> None:
    expected = replies(opened(tmp_path))
    (path,) = files_in(tmp_path)
    whole = path.read_bytes()
    with np.load(io.BytesIO(whole[knowledge_index._DIGEST_SIZE :])) as found:
        arrays = {name: found[name] for name in found.files if name != missing}
    path.write_bytes(stored(arrays))

    assert replies(opened(tmp_path)) == expected
    assert path.read_bytes() == whole


class Trap:
    """Leaves a trace when it is unpickled."""

    trace: Path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """Return what pickle calls to make it again."""
        return Path.touch, (self.trace,)


def test_a_pickle_in_the_cache_is_never_opened(tmp_path: Path) -> None:
    cache, trap = tmp_path / "cache", Trap()
    trap.trace = tmp_path / "trace"
    expected = replies(opened(cache))
    (path,) = files_in(cache)
    path.write_bytes(stored({"document_of": np.array([trap], dtype=object)}))

    assert replies(opened(cache)) == expected
    assert not trap.trace.exists()


def test_the_cache_holds_plain_arrays_only(tmp_path: Path) -> None:
    opened(tmp_path)
    (path,) = files_in(tmp_path)
    content = path.read_bytes()[knowledge_index._DIGEST_SIZE :]

    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        assert all(found[name].dtype != object for name in found.files)


def test_a_cache_of_other_contents_is_replaced(tmp_path: Path) -> None:
    opened(tmp_path, key="before")
    (before,) = files_in(tmp_path)

    changed = opened(tmp_path, [WATERNET], key="after")

    assert replies(changed) == replies(opened(None, [WATERNET]))
    (after,) = files_in(tmp_path)
    assert after.name != before.name


def test_a_cache_that_claims_to_be_of_these_documents_but_is_not_is_made_anew(
    tmp_path: Path,
) -> None:
    opened(tmp_path)

    assert replies(opened(tmp_path, [WATERNET])) == replies(opened(None, [WATERNET]))


@pytest.mark.parametrize("obstacle", ["file", "below a file", "folder in the way"])
def test_without_a_place_for_the_cache_the_answers_are_the_same(
    tmp_path: Path, obstacle: str
) -> None:
    cache = tmp_path / "cache"
    if obstacle == "folder in the way":
        expected = opened(cache)
        (path,) = files_in(cache)
        path.unlink()
        (path / "full").mkdir(parents=True)
    else:
        expected = opened(None)
        cache.touch()
        cache = cache / "below" if obstacle == "below a file" else cache

    assert replies(opened(cache)) == replies(expected)
    assert not list(tmp_path.rglob("*.tmp"))
