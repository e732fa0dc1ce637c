from dataclasses import replace
from datetime import timedelta

from storage.models import GuildSettingRow
from storage.records import GuildSetting
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import GUILD, MEMBER, OPEN_QUESTION, OTHER_GUILD, OTHER_MEMBER


async def test_what_was_never_stored_is_none(units: UnitsOfWork) -> None:
    async with units.reading() as work:
        assert await work.open_questions.get(1) is None
        assert await work.settings.get(GUILD, "member_role") is None
        assert await work.dm_guilds.of(MEMBER) is None
        assert await work.command_sync.hash_of("global") is None


async def test_a_question_is_passed_on_once_per_person(units: UnitsOfWork) -> None:
    async with units() as work:
        first, is_new = await work.open_questions.pass_on(OPEN_QUESTION)
        again, is_new_again = await work.open_questions.pass_on(
            replace(OPEN_QUESTION, text="WIE betaalt dat??", asked_at=NOW + timedelta(days=1))
        )
        other, other_is_new = await work.open_questions.pass_on(
            replace(OPEN_QUESTION, asker_id=OTHER_MEMBER)
        )

    assert (is_new, is_new_again, other_is_new) == (True, False, True)
    assert again == first
    assert first.outcome is None
    assert other.id != first.id


async def test_open_questions_wait_per_guild_oldest_first(units: UnitsOfWork) -> None:
    async with units() as work:
        late, _ = await work.open_questions.pass_on(OPEN_QUESTION)
        early, _ = await work.open_questions.pass_on(
            replace(OPEN_QUESTION, normalised="eerder", asked_at=NOW - timedelta(days=1))
        )
        await work.open_questions.pass_on(replace(OPEN_QUESTION, guild_id=OTHER_GUILD))

        waiting = await work.question_groups.open_in(GUILD)
        assert [one.id for one in waiting] == [early.group_id, late.group_id]
        assert await work.question_groups.open_in(GUILD, limit=1) == waiting[:1]
        assert await work.question_groups.open_in(GUILD, offset=1) == waiting[1:]
        assert await work.question_groups.count_open(GUILD) == 2
        assert await work.open_questions.get(late.id) == late


async def test_settings_of_two_guilds_do_not_touch(units: UnitsOfWork) -> None:
    mine = GuildSetting(
        guild_id=GUILD, name="member_role", value="1", changed_by=MEMBER, changed_at=NOW
    )
    theirs = replace(mine, guild_id=OTHER_GUILD, value="2")
    changed = replace(mine, value="3", changed_by=OTHER_MEMBER)
    async with units() as work:
        for setting in (mine, theirs, changed):
            await work.settings.put(setting)

        assert await work.settings.of_guild(GUILD) == (changed,)
        assert await work.settings.named("member_role") == (changed, theirs)
        assert await work.settings.reset(GUILD, "member_role")
        assert not await work.settings.reset(GUILD, "member_role")
        assert await work.settings.get(GUILD, "member_role") is None
        assert await work.settings.get(OTHER_GUILD, "member_role") == theirs


async def test_a_unit_sees_what_it_changed_whatever_it_read_before(units: UnitsOfWork) -> None:
    setting = GuildSetting(
        guild_id=GUILD, name="member_role", value="1", changed_by=MEMBER, changed_at=NOW
    )
    async with units() as work:
        await work.settings.put(setting)
        kept_alive = await work.settings._session.get(GuildSettingRow, (GUILD, "member_role"))
        await work.settings.put(replace(setting, value="2"))

        assert await work.settings.get(GUILD, "member_role") == replace(setting, value="2")
        assert kept_alive is not None


async def test_the_guild_used_last_is_remembered_until_the_bot_leaves(units: UnitsOfWork) -> None:
    async with units() as work:
        await work.dm_guilds.remember(user_id=MEMBER, guild_id=OTHER_GUILD, at=NOW)
        await work.dm_guilds.remember(user_id=MEMBER, guild_id=GUILD, at=NOW)
        assert await work.dm_guilds.of(MEMBER) == GUILD

        await work.dm_guilds.forget_guild(OTHER_GUILD)
        assert await work.dm_guilds.of(MEMBER) == GUILD
        await work.dm_guilds.forget_guild(GUILD)
        assert await work.dm_guilds.of(MEMBER) is None


async def test_the_definitions_synced_last_are_remembered_per_scope(units: UnitsOfWork) -> None:
    async with units() as work:
        await work.command_sync.remember("global", definitions_hash="a" * 64, at=NOW)
        await work.command_sync.remember("global", definitions_hash="b" * 64, at=NOW)

        assert await work.command_sync.hash_of("global") == "b" * 64
        assert await work.command_sync.hash_of(str(GUILD)) is None
