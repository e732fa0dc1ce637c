"""The index of the shipped knowledge base, kept on disk by the hash of what it was made from.

A cache that is absent, damaged or made from something else is made anew; one that cannot be
written is done without.
"""

import hashlib
import io
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import structlog

from bot.adapters import dictionaries
from bot.search.concepts import Concepts
from bot.search.documents import Document, Term
from bot.search.index import Index, Passage, build, passages_of, terms_of
from bot.search.postings import Postings
from bot.search.real_words import RealWords
from bot.search.searcher import Searcher

# Goes up when the index's arrays or the analysis of words change, so that no old cache fits.
FORMAT: Final = 2
_FIELDS: Final = ("words", "grams", "asked", "asked_grams", "wholes", "variants")
_DIGEST_SIZE: Final = 32  # bytes

_log = structlog.get_logger()

Arrays = Mapping[str, npt.NDArray[np.generic]]


def open_searcher(
    documents: tuple[Document, ...], *, fingerprint: str, cache: Path | None
) -> Searcher:
    """Return a searcher over `documents`, from the cache in folder `cache` when it fits."""
    path = cache / f"index-{_key(fingerprint)}.npz" if cache is not None else None
    found = _load(path, documents) if path is not None else None
    if found is not None:
        return Searcher([found[0]], real_words=found[1])
    index, words = build(documents), dictionaries.real_words()
    if path is not None:
        _save(path, index, words)
    return Searcher([index], real_words=words)


def _whole(content: bytes) -> bytes:
    """Return the arrays of a cache, as they were written.

    Raises:
        ValueError: when a byte is missing or another.

    """
    digest, packed = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
    if digest != _digest(packed):
        message = "the contents are not those that were written"
        raise ValueError(message)
    return packed


def _digest(packed: bytes) -> bytes:
    """Return what tells whether a cache is whole; it stands before the arrays."""
    return hashlib.blake2b(packed, digest_size=_DIGEST_SIZE).digest()


def _key(fingerprint: str) -> str:
    return hashlib.sha256(f"{FORMAT}:{fingerprint}".encode()).hexdigest()[:24]


def _load(path: Path, documents: tuple[Document, ...]) -> tuple[Index, RealWords] | None:
    try:
        with np.load(io.BytesIO(_whole(path.read_bytes())), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return _unpacked(arrays, documents)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        _log.warning("index_cache_unusable", path=str(path), reason=type(error).__name__)
        return None


def _save(path: Path, index: Index, words: RealWords) -> None:
    """Write the cache whole or not at all, and remove those of earlier contents."""
    written = io.BytesIO()
    # Both checkers take one of the arrays for the argument allow_pickle.
    np.savez(written, **_packed(index, words))  # type: ignore[arg-type] # see above
    packed = written.getvalue()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(packed))
                file.write(packed)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        for other in path.parent.glob("index-*.npz"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("index_cache_not_written", path=str(path), reason=str(error))


def _packed(index: Index, words: RealWords) -> dict[str, npt.NDArray[np.generic]]:
    return packed_index(index) | {"real_words": words.checksums, "telling": words.telling}


def packed_index(index: Index) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of an index: all of it but its passages and terms."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "document_of": index.document_of,
        "owner_of": index.owner_of,
        "count_words": packed_text(index.counts),
        "counts": np.fromiter(index.counts.values(), np.int64, len(index.counts)),
    }
    for name in _FIELDS:
        postings: Postings = getattr(index, name)
        arrays[f"{name}.tokens"] = packed_text(postings.vocabulary)
        arrays[f"{name}.starts"] = postings.starts
        arrays[f"{name}.units"] = postings.units
        arrays[f"{name}.weights"] = postings.weights
        arrays[f"{name}.size"] = np.array([postings.size], np.int64)
        arrays[f"{name}.mean_length"] = np.array([postings.mean_length])
    return arrays


def _unpacked(arrays: Arrays, documents: tuple[Document, ...]) -> tuple[Index, RealWords]:
    terms = terms_of(documents)
    passages = passages_of(documents, Concepts(terms))
    return unpacked_index(arrays, passages, terms, recognised=frozenset(terms)), RealWords(
        arrays["real_words"].astype(np.uint32), arrays["telling"].astype(np.uint8)
    )


def unpacked_index(
    arrays: Arrays,
    passages: tuple[Passage, ...],
    terms: tuple[Term, ...],
    *,
    recognised: frozenset[Term],
) -> Index:
    """Return the index of `passages` that was packed into `arrays`.

    Raises:
        ValueError: when it is of others.
        KeyError: when an array is missing.

    """
    document_of = arrays["document_of"].astype(np.int32)
    if len(document_of) != len(passages):
        message = "the cache is of other documents"
        raise ValueError(message)
    counts = Counter(
        dict(zip(unpacked_lines(arrays["count_words"]), arrays["counts"].tolist(), strict=True))
    )
    return Index(
        passages=passages,
        document_of=document_of,
        owner_of=arrays["owner_of"].astype(np.int32),
        variant_texts=tuple(
            question for passage in passages for question in passage.section.questions
        ),
        counts=counts,
        terms=terms,
        recognised=recognised,
        **{name: _postings(arrays, name) for name in _FIELDS},
    )


def _postings(arrays: Arrays, name: str) -> Postings:
    tokens = unpacked_lines(arrays[f"{name}.tokens"])
    return Postings(
        vocabulary=dict(zip(tokens, range(len(tokens)), strict=True)),
        starts=arrays[f"{name}.starts"].astype(np.int64),
        units=arrays[f"{name}.units"].astype(np.int32),
        weights=arrays[f"{name}.weights"].astype(np.float32),
        size=int(arrays[f"{name}.size"][0]),
        mean_length=float(arrays[f"{name}.mean_length"][0]),
    )


def packed_text(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Return lines of text as an array of bytes."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpacked_lines(text: npt.NDArray[np.generic]) -> list[str]:
    """Return what `packed_text` packed."""
    joined = text.tobytes().decode()
    return joined.split("\n") if joined else []
