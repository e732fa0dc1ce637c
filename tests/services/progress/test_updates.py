import asyncio
from dataclasses import replace

import pytest

from bot.services.directory import Channel, ChannelKind, ForumTag, Role
from bot.services.guild_settings import CROSSPOST, UPDATE_ROLE
from bot.services.progress.updates_errors import (
    NoUpdatesChannelError,
    PlanPassedError,
    ProposalGoneError,
    UnknownUpdateError,
    UpdateChangedError,
    UpdateDoneError,
    UpdatesChannelRightsError,
)
from storage.delivery_records import ChannelTarget, DeliveryState, DmTarget, PostTarget
from storage.progress_records import Part, UpdateEvent, UpdatePlan, UpdateState
from storage.unit_of_work import UnitsOfWork
from tests.services.progress.updates_scene import (
    CHANNEL,
    CONTENT,
    EDITED,
    GUILD,
    MARJA,
    OTTO,
    START,
    Scene,
    scene_of,
)


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return scene_of(units)


async def test_the_same_form_makes_one_draft_and_keeps_what_was_typed_last(scene: Scene) -> None:
    first = await scene.updates.write(GUILD, CONTENT, by=MARJA, form_id=1)
    again = await scene.updates.write(GUILD, CONTENT, by=MARJA, form_id=1)
    edited = await scene.updates.write(GUILD, EDITED, by=MARJA, form_id=1)
    await scene.updates.publish(edited, by=MARJA)

    assert again == first
    assert (edited.id, edited.text, edited.version) == (first.id, EDITED.text, 2)
    with pytest.raises(UpdateDoneError):
        await scene.updates.write(GUILD, CONTENT, by=MARJA, form_id=1)


async def test_drafts_written_at_once_get_different_numbers(scene: Scene) -> None:
    made = await asyncio.gather(*(scene.draft() for _ in range(8)))

    assert sorted(one.number for one in made) == list(range(1, 9))


async def test_publishing_queues_one_copy_for_the_channel_and_each_subscriber(
    scene: Scene,
) -> None:
    async with scene.units() as work:
        for user_id, part in ((1, None), (2, Part.ALV), (3, Part.OPTIES), (2, None)):
            await work.subscriptions.switch_on(GUILD, part, user_id=user_id, at=START)
    draft = await scene.draft(replace(CONTENT, part=Part.ALV))
    update, people = await scene.updates.publish(draft, by=MARJA)
    copies = await scene.copies(update)

    assert people == 2
    assert [one.target for one in copies] == [ChannelTarget(77), DmTarget(1), DmTarget(2)]
    assert [one.key for one in copies] == [
        f"update:{update.id}:{place}" for place in ("channel:77", "dm:1", "dm:2")
    ]


async def test_of_two_who_publish_at_once_one_wins_and_the_other_hears_who_did(
    scene: Scene,
) -> None:
    draft, other = await scene.draft(), scene.another()
    outcomes = await asyncio.gather(
        scene.updates.publish(draft, by=MARJA),
        other.updates.publish(draft, by=OTTO),
        return_exceptions=True,
    )
    (lost,) = [one for one in outcomes if isinstance(one, UpdateDoneError)]
    winner = OTTO if isinstance(outcomes[0], UpdateDoneError) else MARJA

    assert (lost.state, lost.by, lost.at) == (UpdateState.PUBLISHED, winner, START)
    assert len(await scene.copies(draft)) == 1


async def test_of_two_who_edit_the_same_version_the_second_is_told(scene: Scene) -> None:
    draft = await scene.draft()
    await scene.updates.edit(draft, EDITED, by=OTTO)
    with pytest.raises(UpdateChangedError) as refused:
        await scene.updates.edit(draft, replace(CONTENT, title="Anders"), by=MARJA)
    same = await scene.updates.edit(draft, EDITED, by=OTTO)

    assert (refused.value.by, refused.value.current.text) == (OTTO, EDITED.text)
    assert same.version == 2


async def test_a_stale_version_is_not_published_nor_planned(scene: Scene) -> None:
    draft = await scene.draft()
    plan = scene.planning.read("vrijdag 9 uur")
    assert isinstance(plan, UpdatePlan)
    change = await scene.updates.propose_plan(draft, plan, by=MARJA)
    await scene.updates.edit(draft, EDITED, by=OTTO)

    with pytest.raises(UpdateChangedError):
        await scene.updates.publish(draft, by=MARJA)
    with pytest.raises(UpdateChangedError):
        await scene.updates.confirm(change.id, guild_id=GUILD, by=MARJA)
    assert (await scene.now(draft)).state is UpdateState.DRAFT
    assert await scene.copies(draft) == ()


async def test_a_correction_changes_nothing_until_the_yes_and_then_every_copy(
    scene: Scene,
) -> None:
    update, _ = await scene.updates.publish(await scene.draft(), by=MARJA)
    change = await scene.updates.propose_edit(update, EDITED, by=MARJA)
    assert (await scene.now(update)).text == CONTENT.text
    assert [one.wanted_version for one in await scene.copies(update)] == [1]

    scene.clock.forward(minutes=1)
    edited = await scene.updates.confirm(change.id, guild_id=GUILD, by=OTTO)
    again = await scene.updates.confirm(change.id, guild_id=GUILD, by=OTTO)
    assert (edited.text, edited.version, edited.edited_at) == (EDITED.text, 2, scene.clock.now())
    assert again == edited
    assert [one.wanted_version for one in await scene.copies(update)] == [2]


async def test_a_withdrawal_cancels_what_is_unsent_and_happens_once(scene: Scene) -> None:
    update, _ = await scene.updates.publish(await scene.draft(), by=MARJA)
    change = await scene.updates.propose_withdrawal(update, " Klopt  niet. ", by=OTTO)
    after = await scene.updates.confirm(change.id, guild_id=GUILD, by=OTTO)
    (copy,) = await scene.copies(update)

    assert (after.state, after.withdrawal_reason) == (UpdateState.WITHDRAWN, "Klopt niet.")
    assert (copy.state, copy.withdrawn) == (DeliveryState.CANCELLED, True)
    with pytest.raises(UpdateDoneError) as refused:
        await scene.updates.confirm(change.id, guild_id=GUILD, by=MARJA)
    assert (refused.value.state, refused.value.by) == (UpdateState.WITHDRAWN, OTTO)
    with pytest.raises(UpdateDoneError):
        await scene.updates.propose_edit(update, EDITED, by=MARJA)


async def test_the_history_has_every_change_with_who_when_and_the_text_of_then(
    scene: Scene,
) -> None:
    draft = await scene.draft()
    edited = await scene.updates.edit(draft, EDITED, by=OTTO)
    update, _ = await scene.updates.publish(edited, by=MARJA)
    change = await scene.updates.propose_withdrawal(update, "Fout.", by=OTTO)
    await scene.updates.confirm(change.id, guild_id=GUILD, by=OTTO)
    history = await scene.listing.history_of(update)

    assert [(one.event, one.actor_id, one.version, one.content.text) for one in history] == [
        (UpdateEvent.CREATED, MARJA, 1, CONTENT.text),
        (UpdateEvent.EDITED, OTTO, 2, EDITED.text),
        (UpdateEvent.PUBLISHED, MARJA, 2, EDITED.text),
        (UpdateEvent.WITHDRAWAL_PROPOSED, OTTO, 2, EDITED.text),
        (UpdateEvent.WITHDRAWN, OTTO, 3, EDITED.text),
    ]
    assert history[-1].reason == "Fout."


async def test_another_guild_knows_nothing_of_it(scene: Scene) -> None:
    update = await scene.draft()
    change = await scene.updates.propose_withdrawal(update, "Fout.", by=MARJA)
    for attempt in (
        scene.updates.get(update.id, guild_id=GUILD + 1),
        scene.updates.find(update.number, guild_id=GUILD + 1),
        scene.updates.publish(replace(update, guild_id=GUILD + 1), by=MARJA),
    ):
        with pytest.raises((UnknownUpdateError, NoUpdatesChannelError)):
            await attempt
    for number in (change.id, 10**18, 2**63):
        with pytest.raises(ProposalGoneError):
            await scene.updates.confirm(number, guild_id=GUILD + 1, by=MARJA)
    for number in (0, -1, 2**31, 2**64):
        with pytest.raises(UnknownUpdateError):
            await scene.updates.find(number, guild_id=GUILD)


async def test_without_a_channel_that_takes_it_nothing_is_published(scene: Scene) -> None:
    draft = await scene.draft()
    shut = replace(CHANNEL, missing_rights=("send_messages",))
    scene.directory.channels[GUILD] = (shut,)
    with pytest.raises(UpdatesChannelRightsError):
        await scene.updates.publish(draft, by=MARJA)
    scene.directory.channels[GUILD] = ()
    with pytest.raises(NoUpdatesChannelError):
        await scene.updates.publish(draft, by=MARJA)

    assert await scene.now(draft) == draft


async def test_in_a_forum_an_update_is_a_post_with_its_title(scene: Scene) -> None:
    tags = (ForumTag(8, "team", moderated=True), ForumTag(9, "nieuws"))
    scene.directory.channels[GUILD] = (
        Channel(77, "updates", is_open=True, kind=ChannelKind.FORUM, tags=tags, needs_tag=True),
    )
    update, _ = await scene.updates.publish(await scene.draft(), by=MARJA)

    assert [one.target for one in await scene.copies(update)] == [PostTarget(77, "Begin", (9,))]


async def test_a_plan_of_a_moment_that_passed_meanwhile_is_refused(scene: Scene) -> None:
    draft, plan = await scene.draft(), scene.planning.read("over een kwartier")
    assert isinstance(plan, UpdatePlan)
    change = await scene.updates.propose_plan(draft, plan, by=MARJA)
    scene.clock.forward(minutes=15)

    with pytest.raises(PlanPassedError):
        await scene.updates.confirm(change.id, guild_id=GUILD, by=MARJA)


async def test_cancelling_a_plan_keeps_the_text_as_a_draft(scene: Scene) -> None:
    planned = await scene.planned_for("vrijdag 9 uur", "elke week")
    draft = await scene.updates.unplan(planned, by=OTTO)

    assert (draft.state, draft.plan, draft.text) == (UpdateState.DRAFT, None, CONTENT.text)
    assert await scene.updates.unplan(planned, by=OTTO) == draft


async def test_the_venue_names_only_a_role_that_exists_and_is_not_everyone(scene: Scene) -> None:
    scene.directory.roles[GUILD] = (
        Role(GUILD, "@everyone", manages_messages=False),
        Role(9, "Nieuws", manages_messages=False),
    )
    scene.directory.channels[GUILD] = (replace(CHANNEL, kind=ChannelKind.ANNOUNCEMENT),)
    await scene.settings.choose(GUILD, CROSSPOST, value=True, by=MARJA, at=START)
    named: list[str | None] = []
    for role_id in (9, GUILD, 404):
        await scene.settings.choose(GUILD, UPDATE_ROLE, role_id, by=MARJA, at=START)
        named.append((await scene.venues.of(GUILD)).role_name)

    assert named == ["Nieuws", None, None]
    assert (await scene.venues.of(GUILD)).crossposts


async def test_updates_are_found_by_number_and_title_in_pages(scene: Scene) -> None:
    for number in range(1, 13):
        await scene.draft(replace(CONTENT, title=f"Nieuws van week {number + 40}"))
    pages = [await scene.listing.page(GUILD, number=number) for number in (1, 3, 99)]
    states = frozenset(UpdateState)

    assert [[one.number for one, _ in page.items] for page in pages] == [
        [12, 11, 10, 9, 8],
        [2, 1],
        [2, 1],
    ]
    assert [one.number for one in await scene.listing.offer(GUILD, "1", states=states)][:3] == [
        12,
        11,
        10,
    ]
    by_title = await scene.listing.offer(GUILD, "WEEK 45", states=states)
    assert [one.number for one in by_title] == [5]
    assert await scene.listing.offer(GUILD, "", states=frozenset()) == ()
    newest = await scene.listing.draft_to_plan(GUILD, by=OTTO)
    assert newest is not None
    assert newest.number == 12
