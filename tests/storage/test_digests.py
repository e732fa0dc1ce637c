from datetime import date, timedelta

from storage.digest_records import (
    DigestLine,
    DigestSection,
    DigestState,
    DigestTopic,
    NewDigest,
)
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import GUILD, OTHER_GUILD

DAY = date(2026, 11, 23)
SECTIONS = (
    DigestSection(
        DigestTopic.UPDATES,
        (
            DigestLine("Eén \ud800 titel", url="https://example.org/1", note="alv"),
            DigestLine("Nog een", first=DAY, last=DAY + timedelta(days=1)),
        ),
        many=6,
    ),
    DigestSection(DigestTopic.QUESTIONS, (DigestLine("wat is dit?", count=4),), many=1),
)


def _new(day: date, state: DigestState = DigestState.QUEUED, guild: int = GUILD) -> NewDigest:
    sections = SECTIONS if state is DigestState.QUEUED else ()
    return NewDigest(guild, day, state, NOW - timedelta(days=7), NOW, sections)


async def test_a_day_is_decided_about_once_in_each_guild_and_says_the_same_ever_after(
    units: UnitsOfWork,
) -> None:
    async with units() as work:
        first = await work.digests.decide(_new(DAY))
        assert await work.digests.decide(_new(DAY, DigestState.EMPTY)) is None
        assert await work.digests.decide(_new(DAY, DigestState.EMPTY, OTHER_GUILD)) is not None
    assert first is not None
    async with units.reading() as work:
        kept = await work.digests.get(first)

    assert kept is not None
    assert (kept.day, kept.state, kept.covers_until) == (DAY, DigestState.QUEUED, NOW)
    assert kept.sections[0].lines[0].title == "Eén \ufffd titel"
    assert kept.sections[0].lines[1] == SECTIONS[0].lines[1]
    assert kept.sections[1] == SECTIONS[1]


async def test_the_latest_decision_of_a_guild_is_that_of_its_last_day(units: UnitsOfWork) -> None:
    async with units() as work:
        await work.digests.decide(_new(DAY, DigestState.MISSED))
        await work.digests.decide(_new(DAY - timedelta(days=7)))
    async with units.reading() as work:
        latest, nothing = await work.digests.latest(GUILD), await work.digests.latest(OTHER_GUILD)

    assert latest is not None
    assert (latest.day, latest.state, nothing) == (DAY, DigestState.MISSED, None)
