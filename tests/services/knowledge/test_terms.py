import pytest

from bot.services.knowledge.answers import Answered
from bot.services.knowledge.documents_errors import DocumentChangedError
from bot.services.knowledge.terms import MAX_NAME, TermField, Terms, UnsoundTermError
from storage.unit_of_work import UnitsOfWork
from tests.services.knowledge.guild_scene import COSTS, MODERATOR, OTHER_GUILD, Scene
from tests.storage.examples import GUILD

SOURCE = "Begrip van een moderator"


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return Scene(units)


@pytest.fixture
def terms(scene: Scene) -> Terms:
    return Terms(scene.documents, scene.library, scene.clock)


async def test_a_term_answers_what_it_means_and_finds_what_writes_it_out(
    scene: Scene, terms: Terms
) -> None:
    asked = "wat kost het hws"
    before = await scene.answer(asked)
    await terms.put(
        GUILD, "HWS", "waar waterschappen samen ICT regelen", ["het Waterschapshuis"],
        actor_id=MODERATOR, source_title=SOURCE,
    )  # fmt: skip

    said = (await scene.library.ready(GUILD)).answerer.reply("wat betekent HWS?")
    assert isinstance(said, Answered)
    assert said.text == "HWS: waar waterschappen samen ICT regelen"
    assert said.citations[0].source.title == SOURCE
    assert before == ""
    found = scene.library.for_guild(GUILD).answerer.reply(asked)
    assert isinstance(found, Answered)
    assert "40.000" in found.text
    written_out = scene.library.answerer.reply(COSTS).confidence
    assert abs(found.confidence - written_out) < 0.01
    assert await scene.answer(asked, guild_id=OTHER_GUILD) == ""


async def test_what_a_guild_says_a_term_means_goes_before_what_ships(
    scene: Scene, terms: Terms
) -> None:
    shipped = await scene.answer("wat is LBB?")
    put = await terms.put(
        GUILD, "LBB", "de lijst van bestuurders", actor_id=MODERATOR, source_title=SOURCE
    )

    assert "Leesbibliotheek" in shipped
    assert await scene.answer("wat is LBB?") == "LBB: de lijst van bestuurders"
    await terms.remove(GUILD, "lbb", based_on=put.version, actor_id=MODERATOR)
    assert await scene.answer("wat is LBB?") == shipped


async def test_a_term_is_changed_from_the_version_that_was_seen_and_listed_by_name(
    terms: Terms,
) -> None:
    for name in ("zaak", "Akkoord"):
        await terms.put(GUILD, name, "iets", actor_id=MODERATOR, source_title=SOURCE)
    with pytest.raises(DocumentChangedError):
        await terms.put(GUILD, "ZAAK", "anders", actor_id=MODERATOR, source_title=SOURCE)
    await terms.put(
        GUILD, "zaak", "een dossier", ["case", "Zaak", " "], actor_id=MODERATOR,
        source_title=SOURCE, based_on=1,
    )  # fmt: skip
    found = await terms.get(GUILD, "Zaak")

    assert [one.term.name for one in await terms.listed(GUILD)] == ["Akkoord", "zaak"]
    assert found is not None
    assert (found[0].term.meaning, found[0].term.also, found[1].version) == (
        "een dossier",
        ("case",),
        2,
    )
    assert await terms.get(GUILD, "weg") is None
    assert await terms.listed(OTHER_GUILD) == ()


@pytest.mark.parametrize(
    ("name", "meaning", "also", "field"),
    [
        ("…", "iets", [], TermField.NAME),
        ("x" * (MAX_NAME + 1), "iets", [], TermField.NAME),
        ("x", " ", [], TermField.MEANING),
        ("x", "y " * 1000, [], TermField.MEANING),
        ("x", "iets", ["a b" * 50], TermField.ALSO),
        ("x", "iets", [f"naam{number}" for number in range(11)], TermField.ALSO),
    ],
)
async def test_what_is_no_term_is_refused_with_the_part_that_is_wrong(
    terms: Terms, name: str, meaning: str, also: list[str], field: TermField
) -> None:
    with pytest.raises(UnsoundTermError) as caught:
        await terms.put(GUILD, name, meaning, also, actor_id=MODERATOR, source_title=SOURCE)

    assert caught.value.field is field
