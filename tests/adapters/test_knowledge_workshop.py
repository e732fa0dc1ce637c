from pathlib import Path

import pytest

from bot.adapters import dictionaries
from bot.adapters.knowledge_workshop import ChildWorkshop
from bot.search.documents import Document, Origin
from bot.search.index import Beside, build
from bot.search.question import analyse
from bot.search.searcher import Searcher
from bot.services.knowledge.problems import UnsoundDocumentError
from bot.services.knowledge.workshop import ThreadWorkshop, WorkshopError, Written
from tests.builders import BIBLIOTHEEK, SHELF, WATERNET
from tests.services.knowledge.guild_scene import animal


async def test_a_child_reads_documents_and_says_what_is_wrong_with_the_others() -> None:
    texts = [
        Written("quokka", animal("quokka"), Origin.MODERATOR),
        Written("stuk", "geen gegevens", Origin.IMPORTED),
        Written("é\n", animal("é"), Origin.IMPORTED),
    ]

    found, expected = await ChildWorkshop().read(texts), await ThreadWorkshop().read(texts)

    assert [one for one in found if isinstance(one, Document)] == [
        one for one in expected if isinstance(one, Document)
    ]
    broken = [one.problems for one in found if isinstance(one, UnsoundDocumentError)]
    assert broken == [one.problems for one in expected if isinstance(one, UnsoundDocumentError)]
    assert len(broken) == 1


async def test_an_index_of_a_child_is_the_one_that_this_process_would_make() -> None:
    words, first = dictionaries.real_words(), build([WATERNET])
    beside = Beside.of(first)

    made = await ChildWorkshop().index([BIBLIOTHEEK], beside=beside, real_words=words)
    own = await ThreadWorkshop().index([BIBLIOTHEEK], beside=beside, real_words=words)

    assert made.index.passages == own.index.passages
    assert made.index.recognised == own.index.recognised
    assert made.index.counts == own.index.counts
    for question in (
        one for shelved in SHELF for part in shelved.sections for one in part.questions
    ):
        asked = [Searcher([first, one], real_words=words) for one in (made, own)]
        found = [one.candidates(analyse(question, one)) for one in asked]
        assert found[0] == found[1]


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import sys; sys.exit('no memory')", "ended with 1: no memory"),
        ("import sys; sys.stdin.read(); print('one line')", "cannot be read"),
        ("import time; time.sleep(60)", "longer than"),
    ],
)
async def test_a_child_that_fails_or_hangs_is_ended_and_says_why(program: str, reason: str) -> None:
    workshop = ChildWorkshop(child=("-c", program), patience=60 if "sys" in program else 0.5)

    with pytest.raises(WorkshopError, match=reason):
        await workshop.index(SHELF, beside=Beside(), real_words=dictionaries.real_words())


async def test_a_child_that_answers_too_little_is_not_believed() -> None:
    workshop = ChildWorkshop(child=("-c", "import sys; sys.stdin.read()"))

    with pytest.raises(WorkshopError, match="0 of 1"):
        await workshop.read([Written("a", animal("a"), Origin.MODERATOR)])


async def test_a_child_gets_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREED_DISCORD_TOKEN", "geheim")
    seen = tmp_path / "seen"
    program = f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))"

    with pytest.raises(WorkshopError):
        await ChildWorkshop(child=("-c", program)).read([Written("a", "", Origin.MODERATOR)])

    assert "geheim" not in seen.read_text()
