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
    assert [one.text for one in asked if news_asked(one.text) is not None] == []


def test_no_question_that_the_knowledge_base_answers_is_taken_from_it() -> None:
    known = [
        question
        for document in shipped_library().documents
        for section in document.sections
        if not section.known_unknown
        for question in section.questions
    ]

    assert len(known) > 5_000
    assert [one for one in known if news_asked(one) is not None] == []


@given(st.text(max_size=200))
def test_any_text_is_either_of_them(text: str) -> None:
    asked = news_asked(text, before=text)

    assert asked is None or isinstance(asked.kind, NewsKind)
