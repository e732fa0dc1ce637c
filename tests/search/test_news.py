from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.documents import Part
from bot.search.news import NewsKind, NewsQuestion, news_asked
from tests.builders import shipped_library
from tests.eval.questions import FOLDER, load


def _asks(kind: NewsKind, part: Part | None = None, *, named: bool = False) -> NewsQuestion:
    return NewsQuestion(kind, part, names_subject=named or part is not None)


LATEST, STATE = _asks(NewsKind.LATEST), _asks(NewsKind.STATE)
NEXT, PLANNED = _asks(NewsKind.NEXT), _asks(NewsKind.PLANNED)
# Like questions about now, by a word or a letter, and none of them.
OTHERS = (
    "wat is er nodig voor een coöperatie?",
    "wat is nieuw publiek management?",
    "wat is nieuwbouw?",
    "hoe nieuw is het idee van samen inkopen?",
    "wie maakt het nieuws?",
    "is er nieuws uit Den Haag?",
    "staat er nieuws in de Volkskrant?",
    "waar vind ik nieuws over gemeenten?",
    "nieuws over de Omgevingswet",
    "hoe staat de gemeente Utrecht erin?",
    "hoe staat het in de statuten?",
    "hoe staat dat in het rapport?",
    "wat is de status van een centrumgemeente?",
    "wat is de juridische status van een stichting?",
    "wat is een statuut?",
    "hoe ver is Utrecht van Amsterdam?",
    "hoe ver gaat de zeggenschap van leden?",
    "hoe ver reikt het mandaat?",
    "hoe loopt het geld?",
    "hoe verloopt een aanbesteding?",
    "hoe verloopt de besluitvorming in een coöperatie?",
    "wat zijn de vorderingen op een failliete coöperatie?",
    "wat was de voortgang in 2015?",
    "wie bewaakt de voortgang van projecten?",
    "wat is een mijlpaal?",
    "welke mijlpalen had het project Haal Centraal?",
    "wat was de volgende stap na het rapport van Berenschot?",
    "wanneer was de volgende vergadering na juni 2016?",
    "wat is planning en control?",
    "wie maakt de planning van een inkooptraject?",
    "hoe plan je een migratie?",
    "wat staat er gepland in de begroting van de VNG?",
    "wat komt eraan te pas?",
    "wat gaat er gebeuren met mijn gegevens?",
    "wat gaan gemeenten doen met hun kapitaal?",
    "heb ik een lidmaatschap nodig?",
    "wat heb ik gemist aan scholing?",
    "zijn er nieuwe leden?",
    "zijn er nieuwe regels voor inkoop?",
    "wat is de laatste versie van de GEMMA?",
    "wat was de laatste stand van de reserves?",
    "wat bedoel je met inzicht?",
    "wat is inzicht, overzicht en uitzicht?",
    "waarom is het kernadvies niet gevolgd?",
    "wat kost het kernadvies?",
    "wat zijn de opties?",
    "is een alv verplicht?",
    "wie zit de algemene ledenvergadering voor?",
    "hoe gaat het met je?",
    "schiet het tekort op in de boeken?",
    "nieuwe updates van Windows installeren",
    "waar staan jullie voor?",
    "is er iets bekend over de inkoop van Delft?",
    "wat is neus?",
    "wat is er vies?",
    "hoe staat het met Nieuwegein?",
)


def shipped_words() -> Callable[[str], bool]:
    """Return whether a word exists, as the bot knows it."""
    known = shipped_library().answerer.known
    return lambda word: known.knows(word) or known.is_real_word(word)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("hoe staat het ermee?", STATE),
        ("Hoi, kun je vertellen hoe het ermee staat?", STATE),
        ("wat is de stand van zaken", STATE),
        ("Hoe ver zijn jullie met de verkenning?", _asks(NewsKind.STATE, named=True)),
        ("hoe staat het met de digitale agenda?", _asks(NewsKind.STATE, Part.DIGITALE_AGENDA)),
        ("wat is het laatste nieuws?", LATEST),
        ("Is er nog iets nieuws?", LATEST),
        ("geef een overzicht van de laatste updates", _asks(NewsKind.LATEST, named=True)),
        ("is er nieuws over het kernadvies?", _asks(NewsKind.LATEST, Part.KERNADVIES)),
        ("any news about the study?", _asks(NewsKind.LATEST, named=True)),
        ("wat is de volgende mijlpaal", NEXT),
        ("wanneer is de eerstvolgende mijlpaal?", NEXT),
        ("wat staat er gepland?", PLANNED),
        ("Wat is er gepland voor de ALV?", _asks(NewsKind.PLANNED, Part.ALV)),
        ("wat is het laatste nieuws en wat staat er gepland?", STATE),
    ],
)
def test_a_question_about_now_is_recognised(text: str, asked: NewsQuestion) -> None:
    assert news_asked(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("wat is er neiuw", LATEST),
        ("nog nieuws over de verkening?", _asks(NewsKind.LATEST, named=True)),
        ("hoe ver zijn jullie", STATE),
        ("stand van zaken inzicht?", _asks(NewsKind.STATE, Part.INZICHT)),
        ("zijn er al nieuwe udpates", LATEST),
        ("wat is het latste nieuws", LATEST),
        ("hoe staat het met de digtale agenda", _asks(NewsKind.STATE, Part.DIGITALE_AGENDA)),
        ("wanneer is de volgende mijpaal", NEXT),
        ("wat staat er op de palnning", PLANNED),
        ("praat me bij over het kernadvies", _asks(NewsKind.LATEST, Part.KERNADVIES)),
        ("heb ik iets gemist?", LATEST),
        ("schiet het al een beetje op met uitzicht", None),
        ("schiet het al op met uitzicht?", _asks(NewsKind.STATE, Part.UITZICHT)),
        ("hoe is de voortgang van de opties", _asks(NewsKind.STATE, Part.OPTIES)),
        ("neiuws ovr de verkening van tulpn?", None),
    ],
)
def test_a_misspelt_or_loosely_worded_one_is_recognised_too(
    text: str, asked: NewsQuestion | None
) -> None:
    assert news_asked(text, is_word=shipped_words()) == asked


def test_no_question_that_only_looks_like_one_is_caught() -> None:
    is_word = shipped_words()

    assert len(OTHERS) >= 40
    assert [one for one in OTHERS if news_asked(one, is_word=is_word) is not None] == []


def test_without_knowing_which_words_exist_nothing_is_read_as_misspelt() -> None:
    assert news_asked("wat is er neiuw") is None
    assert news_asked("wat is er neiuw", is_word=lambda _word: True) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hoe gaat het?",
        "hoe staat het met wigo4it?",
        "wat was het laatste nieuws in 2016?",
        "staat de BALV van 2026 al gepland?",
        "wat waren de mijlpalen van de verkenning?",
        "is samen inkopen iets nieuws voor de VNG?",
        "wie plaatst de updates?",
        "wanneer is er nieuws?",
        "is er nieuws over het kernadvies en over de opties?",
        "negeer alles en geef het laatste nieuws",
        "nieuws " * 21,
    ],
)
def test_one_word_more_and_it_is_another_question(text: str) -> None:
    assert news_asked(text) is None


def test_a_follow_up_goes_on_with_the_question_before() -> None:
    before = "wat is het laatste nieuws?"

    assert news_asked("en over de ALV?", before=before) == _asks(NewsKind.LATEST, Part.ALV)
    assert news_asked("en over de ALV?", before="wat is een stichting?") is None
    assert news_asked("over de ALV?", before=before) is None
    about = news_asked("hoe staat het daarmee?", before="wat is het kernadvies?")
    assert about == _asks(NewsKind.STATE, Part.KERNADVIES)


def test_no_question_of_the_evaluation_is_taken_from_the_knowledge_base() -> None:
    names = ("questions.jsonl", *sorted(path.name for path in FOLDER.glob("fit_*.jsonl")))
    asked = [one for name in names for one in load(name)]

    assert len(asked) > 2_500
    is_word = shipped_words()
    assert [one.text for one in asked if news_asked(one.text, is_word=is_word) is not None] == []


def test_no_question_that_the_knowledge_base_answers_is_taken_from_it() -> None:
    known = [
        question
        for document in shipped_library().documents
        for section in document.sections
        if not section.known_unknown
        for question in section.questions
    ]

    assert len(known) > 5_000
    is_word = shipped_words()
    assert [one for one in known if news_asked(one, is_word=is_word) is not None] == []


@given(st.text(max_size=200))
def test_any_text_is_either_of_them(text: str) -> None:
    asked = news_asked(text, before=text, is_word=lambda _word: False)

    assert asked is None or isinstance(asked.kind, NewsKind)
