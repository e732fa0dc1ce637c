"""Small documents for tests: two organisations, a gap, an assembly with a date and a place."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache

from bot.adapters import dictionaries, knowledge_files
from bot.search.confidence import LEADS, Model, shipped_model
from bot.search.documents import Document, Origin, Part, Section, Source, Term
from bot.search.features import NAMES
from bot.search.index import Beside, build
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Answerer, Thresholds
from bot.services.knowledge.library import Library
from config.settings import Settings

SOURCE = Source("Testbron", "https://example.org/bron")
DATE = dt.date(2016, 3, 31)


def section(
    text: str,
    *,
    heading: str = "",
    questions: Sequence[str] = (),
    known_unknown: bool = False,
    sources: tuple[Source, ...] = (SOURCE,),
    facts: tuple[str, ...] = (),
) -> Section:
    """Return one section with the usual source and date."""
    return Section(
        heading=heading,
        text=text,
        sources=sources,
        date=DATE,
        questions=tuple(questions),
        facts=facts,
        known_unknown=known_unknown,
    )


def document(
    identity: str,
    title: str,
    *sections: Section,
    origin: Origin = Origin.SHIPPED,
    terms: tuple[Term, ...] = (),
) -> Document:
    """Return one document in the part `opties`."""
    return Document(
        id=identity,
        title=title,
        part=Part.OPTIES,
        date=DATE,
        sections=sections,
        origin=origin,
        terms=terms,
    )


WATERNET = document(
    "waternet",
    "Waterschapshuis Delfland",
    section(
        "Het Waterschapshuis Delfland begon op 3 mei 2011 als stichting van zes waterschappen.",
        questions=(
            "wanneer begon het waterschapshuis delfland",
            "wie vormen het waterschapshuis",
            "what is the waterschapshuis",
        ),
    ),
    section(
        "Het Waterschapshuis kost elk waterschap 40.000 euro per jaar.",
        heading="Kosten",
        questions=(
            "wat kost het waterschapshuis",
            "hoeveel euro betaalt een waterschap per jaar",
            "prijs waterschapshuis",
        ),
    ),
    section(
        "Wie het Waterschapshuis voorzit, staat niet in de openbare bronnen.",
        heading="Voorzitter",
        questions=(
            "wie is voorzitter van het waterschapshuis",
            "wie leidt het waterschapshuis delfland",
            "naam van de voorzitter van het waterschapshuis",
        ),
        known_unknown=True,
    ),
)
BIBLIOTHEEK = document(
    "bibliotheek",
    "De Leesbibliotheek (LBB)",
    section(
        "De Leesbibliotheek (LBB) leent boeken uit in Zutphen en heeft 1.250 leden.",
        questions=(
            "wat is de leesbibliotheek",
            "waar is de leesbibliotheek",
            "hoeveel leden heeft de leesbibliotheek",
        ),
    ),
    section(
        "De Leesbibliotheek sloot in 2019 omdat de huur van het gebouw te hoog werd.",
        heading="Einde",
        questions=(
            "waarom sloot de leesbibliotheek",
            "wanneer ging de leesbibliotheek dicht",
            "einde van de leesbibliotheek",
        ),
    ),
    terms=(Term("LBB", "Leesbibliotheek", ("Leesbibliotheek", "reading library")),),
)
SHELF = (WATERNET, BIBLIOTHEEK)


def searcher(documents: Sequence[Document] = SHELF) -> Searcher:
    """Return a searcher over `documents`."""
    return Searcher([build(documents)])


def answerer(
    documents: Sequence[Document] = SHELF, *, answer: float = 0.2, suggest: float = 0.05
) -> Answerer:
    """Return an answerer over `documents`; the thresholds suit a handful of documents."""
    return Answerer(
        searcher(documents),
        model=shipped_model(),
        thresholds=Thresholds(answer=answer, suggest=suggest),
    )


def plain_model() -> Model:
    """Return a model that trusts likeness to a question variant, whatever the shipped one does."""
    ranking: Mapping[str, float] = {"likeness": 6, "covered_any": 2, "words": 1}
    confidence: Mapping[str, float] = {"likeness": 8, "covered_any": 2}
    return Model(
        ranking=tuple(ranking.get(name, 0.0) for name in NAMES),
        bias=-5.0,
        confidence=tuple(confidence.get(name, 0.0) for name in (*NAMES, *LEADS)),
    )


def plain_answerer(
    documents: Sequence[Document] = SHELF, *, beside: Sequence[Document] = ()
) -> Answerer:
    """Return an answerer by the plain model; `beside` are documents in an index of their own."""
    main = build(documents)
    indexes = [main, build(beside, beside=Beside.of(main))] if beside else [main]
    return Answerer(
        Searcher(indexes), model=plain_model(), thresholds=Thresholds(answer=0.5, suggest=0.15)
    )


@cache
def shipped_library() -> Library:
    """Return the shipped knowledge base as it serves, without a cache."""
    return own_library()


def own_library() -> Library:
    """Return the same with guilds of its own: what they learn stays out of other tests."""
    searcher, documents = _shipped()
    settings = Settings()
    return Library(
        searcher,
        documents,
        model=shipped_model(),
        thresholds=Thresholds(answer=settings.answer_threshold, suggest=settings.suggest_threshold),
    )


@cache
def _shipped() -> tuple[Searcher, tuple[Document, ...]]:
    documents = tuple(knowledge_files.read().documents)
    return Searcher([build(documents)], real_words=dictionaries.real_words()), documents
