import datetime as dt
from dataclasses import dataclass, replace

import pytest

from bot.search.confidence import shipped_model
from bot.search.documents import Part as KnownPart
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.answers import Answered, Citation, Reply, Suggested, Topic, Unknown
from bot.services.knowledge.library import Library
from bot.services.progress.milestones import Milestones
from bot.services.progress.news import News
from bot.services.progress.news_opening import LONGEST, opening
from storage.meeting_records import Details, MeetingKind, NewMeeting
from storage.milestone_records import (
    MilestoneAction,
    MilestoneContent,
    MilestoneStanding,
    MilestoneState,
    MilestoneStep,
)
from storage.progress_records import Part, Update, UpdateContent, UpdateState
from storage.unit_of_work import UnitsOfWork
from tests.builders import DATE, SHELF, SOURCE, searcher
from tests.fakes import FakeClock
from tests.storage.examples import GUILD, MEMBER, OTHER_GUILD

NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
KNOWN = Answered(
    "Uit 2016.",
    (Citation("Oud", KnownPart.KERNADVIES, DATE, SOURCE, "Uit 2016.", "oud", 0),),
    confidence=0.9,
)
VARIANT = "wanneer begon het waterschapshuis delfland"


@dataclass(slots=True)
class Told:
    """What moderators of one guild told."""

    units: UnitsOfWork
    news: News

    async def ask(
        self,
        text: str,
        *,
        known: Reply = Unknown(),  # noqa: B008 -- a value that cannot change
        before: str | None = None,
        guild_id: int | None = GUILD,
    ) -> Reply:
        return await self.news.reply(text, before=before, guild_id=guild_id, known=known)

    async def publish(
        self, title: str, text: str = "De tekst.", part: Part | None = None, *, days_ago: int = 0
    ) -> Update:
        at = NOW - dt.timedelta(days=days_ago)
        async with self.units() as work:
            content = UpdateContent(title, text, part, "https://example.org/nieuws")
            added, _ = await work.updates.add(GUILD, content, author_id=MEMBER, at=at)
            published = replace(added, state=UpdateState.PUBLISHED, published_at=at)
            await work.updates.put(published)
        return published

    async def withdraw(self, update: Update) -> None:
        async with self.units() as work:
            await work.updates.put(
                replace(
                    update,
                    state=UpdateState.WITHDRAWN,
                    withdrawn_at=NOW,
                    withdrawal_reason="Het klopte niet.",
                )
            )

    async def milestone(
        self, title: str, day: str, state: MilestoneState, part: Part = Part.VERVOLG
    ) -> None:
        date = dt.date.fromisoformat(day)
        content = MilestoneContent(
            title, date, date, part, state, "De toelichting.", "https://m.nl"
        )
        async with self.units() as work:
            step = MilestoneStep(MilestoneAction.ADDED, MilestoneStanding.SHOWN, MEMBER, NOW)
            await work.milestones.add(GUILD, content, step)


@pytest.fixture
def told(units: UnitsOfWork) -> Told:
    library = Library(
        searcher(), SHELF, model=shipped_model(), thresholds=Thresholds(answer=0.2, suggest=0.05)
    )
    clock = FakeClock(NOW)
    return Told(units, News(units, clock, library, Milestones(units, clock, ())))


async def test_news_is_found_the_moment_it_is_published_and_gone_when_withdrawn(
    told: Told,
) -> None:
    before = await told.ask("wat is het laatste nieuws?")
    first = await told.publish("De enquête", "Hij staat **open**.", Part.INZICHT, days_ago=3)
    await told.publish("De uitkomst", days_ago=1)
    found = await told.ask("wat is het laatste nieuws?")
    about = await told.ask("is er nieuws over inzicht?")
    await told.withdraw(first)
    after = await told.ask("is er nieuws over inzicht?")

    assert isinstance(before, Unknown)
    assert "`/abonnement aan` *alles*" in before.gap
    assert isinstance(found, Answered)
    assert found.text.index("De uitkomst") < found.text.index("De enquête")
    assert "**De enquête** (22 november 2026)\nHij staat **open**." in found.text
    assert [one.title for one in found.citations] == [
        "Update 2: De uitkomst",
        "Update 1: De enquête",
    ]
    assert [one.part for one in found.citations] == [None, KnownPart.INZICHT]
    assert [one.quote for one in found.citations][1] == "Hij staat **open**."
    assert found.citations[0].source.url == "https://example.org/nieuws"
    assert isinstance(about, Answered)
    assert "De uitkomst" not in about.text
    assert isinstance(after, Unknown)
    assert "over **inzicht**" in after.gap


async def test_how_things_are_is_told_from_updates_and_milestones(told: Told) -> None:
    await told.publish("Nieuws")
    await told.milestone("Eerder", "2026-11-24", MilestoneState.PLANNED)
    await told.milestone("Straks", "2026-12-01", MilestoneState.PLANNED)
    await told.milestone("Nu", "2026-10-01", MilestoneState.UNDER_WAY)
    await told.milestone("Klaar", "2026-12-02", MilestoneState.DONE)

    found = await told.ask("hoe staat het ermee?")

    assert isinstance(found, Answered)
    blocks = found.text.split("\n\n")
    assert [one.splitlines()[0] for one in blocks] == [
        "**Laatste nieuws**",
        "**Nu bezig**",
        "**Gepland**",
    ]
    assert "- Straks: 1 december 2026 (gepland)\n  De toelichting." in blocks[2]
    assert "Eerder" not in found.text
    assert "Klaar" not in found.text
    assert [one.title for one in found.citations] == ["Update 1: Nieuws", "Nu", "Straks"]
    assert [one.source.url for one in found.citations][2] == "https://m.nl"


async def test_the_next_milestone_comes_with_how_far_away_it_is(told: Told) -> None:
    nothing = await told.ask("wat is de volgende mijlpaal?")
    await told.milestone("Later", "2027-06-08", MilestoneState.PLANNED)
    await told.milestone("Vandaag", "2026-11-25", MilestoneState.PLANNED)

    found = await told.ask("wanneer is de volgende mijlpaal?")

    assert isinstance(nothing, Unknown)
    assert nothing.gap.startswith("Er staat nu niets gepland.")
    assert isinstance(found, Answered)
    assert "Vandaag" in found.text
    assert "Later" not in found.text
    assert found.text.endswith(":R>.")


async def test_what_is_planned_holds_meetings_in_their_place(told: Told) -> None:
    await told.milestone("Mijlpaal", "2027-07-01", MilestoneState.PLANNED)
    local = dt.datetime.fromisoformat("2027-06-08T19:30")
    details = Details(
        MeetingKind.ALV,
        "ALV van juni",
        local,
        "Europe/Amsterdam",
        NOW.replace(year=2027),
        120,
        "Goes",
    )
    async with told.units() as work:
        await work.meetings.add(
            NewMeeting(guild_id=GUILD, uid="a", details=details, reminders=(), created_at=NOW)
        )

    found = await told.ask("wat staat er gepland?")
    of_alv = await told.ask("wat staat er gepland voor de alv?")

    assert isinstance(found, Answered)
    assert [one.title for one in found.citations] == ["ALV van juni", "Mijlpaal"]
    assert "- ALV van juni: 8 juni 2027, Goes" in found.text
    assert isinstance(of_alv, Answered)
    assert [one.title for one in of_alv.citations] == ["ALV van juni"]


async def test_other_guilds_and_unknown_ones_learn_nothing(told: Told) -> None:
    await told.publish("Geheim")

    elsewhere = await told.ask("wat is het laatste nieuws?", guild_id=OTHER_GUILD)
    nowhere = await told.ask("wat is het laatste nieuws?", guild_id=None, known=KNOWN)

    assert isinstance(elsewhere, Unknown)
    assert nowhere is KNOWN


@pytest.mark.parametrize("text", [VARIANT, "wat is een stichting?", "wat was het nieuws in 2016?"])
async def test_every_other_question_stays_with_the_knowledge_base(told: Told, text: str) -> None:
    await told.publish("Stichting")

    assert await told.ask(text, known=KNOWN) is KNOWN


async def test_without_news_the_knowledge_base_answers_what_it_knows_of_the_subject(
    told: Told,
) -> None:
    topics = Suggested((Topic("t", "q", "d", 0),), 0.3)
    gap = Unknown("De bronnen lopen tot 2025.")

    assert await told.ask("hoe staat het met het kernadvies?", known=KNOWN) is KNOWN
    assert await told.ask("wat staat er gepland voor de alv?", known=topics) is topics
    assert await told.ask("laatste nieuws over collectivisering", known=gap) is gap
    for text in ("hoe staat het ermee?", "is er nieuws over het kernadvies?"):
        assert isinstance(await told.ask(text, known=KNOWN), Unknown)


async def test_an_update_that_was_edited_says_when(told: Told) -> None:
    update = await told.publish("Nieuws", days_ago=2)
    async with told.units() as work:
        await work.updates.put(replace(update, edited_at=NOW, version=2))

    found = await told.ask("laatste update")

    assert isinstance(found, Answered)
    assert "(23 november 2026, bijgewerkt op 25 november 2026)" in found.text
    assert found.citations[0].date == dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Kort.", "Kort."),
        ("Een.\n" + "x" * LONGEST, "Een. …"),
        ("Een zin. Nog een. X" + "x" * LONGEST, "Een zin. Nog een. …"),
        ("woord " * 100, ("woord " * 58).strip() + " …"),
        ("x" * 400, "x" * LONGEST + " …"),
        ("```\ncode\n" + "y" * LONGEST, "```\ncode\n``` …"),
    ],
)
def test_an_opening_is_cut_where_it_does_no_harm(text: str, kept: str) -> None:
    assert opening(text) == kept
