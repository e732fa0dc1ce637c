"""Small documents for tests: two organisations, a gap, an assembly with a date and a place."""

import datetime as dt
from collections.abc import Sequence

from bot.search.confidence import shipped_model
from bot.search.documents import Document, Origin, Part, Section, Source, Term
from bot.search.index import build
from bot.search.searcher import Searcher
from bot.services.knowledge.answering import Answerer, Thresholds

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
