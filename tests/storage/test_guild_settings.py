import logging
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.guild_settings import (
    ANSWER_RETENTION,
    MEMBER_ROLE,
    MODERATOR_ROLE,
    QUESTION_RETENTION,
    SETTINGS,
    GuildSettings,
    InvalidSettingError,
    RoleOrChannel,
    WholeNumber,
)
from storage.records import GuildSetting
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import GUILD, MEMBER, OTHER_GUILD, OTHER_MEMBER

_IDS = st.integers(1, 2**63 - 1)


async def test_what_a_guild_did_not_choose_has_its_default(units: UnitsOfWork) -> None:
    chosen = GuildSettings(units)

    assert await chosen.value_of(GUILD, MEMBER_ROLE) is None
    assert await chosen.value_of(GUILD, QUESTION_RETENTION) == 365


async def test_a_choice_holds_for_its_guild_until_it_is_reset(units: UnitsOfWork) -> None:
    chosen = GuildSettings(units)
    await chosen.choose(GUILD, MEMBER_ROLE, 7, by=MEMBER, at=NOW)
    await chosen.choose(GUILD, MEMBER_ROLE, 8, by=OTHER_MEMBER, at=NOW)

    assert await chosen.value_of(GUILD, MEMBER_ROLE) == 8
    assert await chosen.value_of(OTHER_GUILD, MEMBER_ROLE) is None
    choices = await chosen.choices_of(GUILD)
    assert choices.value_of(MEMBER_ROLE) == 8
    assert choices.value_of(MODERATOR_ROLE) is None
    assert await chosen.reset(GUILD, MEMBER_ROLE)
    assert not await chosen.reset(GUILD, MEMBER_ROLE)
    assert await chosen.value_of(GUILD, MEMBER_ROLE) is None


@given(role=st.none() | _IDS, days=st.integers(1, 30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_allowed_value_comes_back_as_it_was_chosen(
    units: UnitsOfWork, role: int | None, days: int
) -> None:
    chosen = GuildSettings(units)
    await chosen.choose(GUILD, MEMBER_ROLE, role, by=MEMBER, at=NOW)
    await chosen.choose(GUILD, ANSWER_RETENTION, days, by=MEMBER, at=NOW)

    assert await chosen.value_of(GUILD, MEMBER_ROLE) == role
    assert await chosen.value_of(GUILD, ANSWER_RETENTION) == days


async def test_a_value_out_of_range_is_refused_and_the_old_one_stays(units: UnitsOfWork) -> None:
    chosen = GuildSettings(units)
    await chosen.choose(GUILD, ANSWER_RETENTION, 10, by=MEMBER, at=NOW)

    with pytest.raises(InvalidSettingError) as caught:
        await chosen.choose(GUILD, ANSWER_RETENTION, 31, by=MEMBER, at=NOW)

    assert (caught.value.minimum, caught.value.maximum) == (1, 30)
    assert await chosen.value_of(GUILD, ANSWER_RETENTION) == 10


@pytest.mark.parametrize("stored", ["", "nonsense", '"5"', "true", "0", "31", "1.5", "null", "[1]"])
async def test_a_stored_value_that_cannot_be_read_counts_as_not_chosen(
    units: UnitsOfWork, stored: str, caplog: pytest.LogCaptureFixture
) -> None:
    setting = GuildSetting(
        guild_id=GUILD,
        name=ANSWER_RETENTION.name,
        value=stored,
        changed_by=MEMBER,
        changed_at=NOW,
    )
    async with units() as work:
        await work.settings.put(setting)
        await work.settings.put(replace(setting, name="of_a_newer_version"))

    with caplog.at_level(logging.WARNING):
        assert await GuildSettings(units).value_of(GUILD, ANSWER_RETENTION) == 30
    assert "unreadable setting" in caplog.messages


@given(number=_IDS, spaces=st.text(" \t\n", max_size=3))
def test_a_role_or_channel_is_read_as_number_and_as_mention(number: int, spaces: str) -> None:
    kind = RoleOrChannel()
    for form in (f"{number}", f"<@&{number}>", f"<#{number}>"):
        assert kind.parse(f"{spaces}{form}{spaces}") == number
    assert kind.parse(spaces) is None


@given(text=st.text())
def test_whatever_is_typed_gives_a_value_or_the_typed_error(text: str) -> None:
    for kind in (RoleOrChannel(), WholeNumber(minimum=1, maximum=30)):
        try:
            value = kind.parse(text)
        except InvalidSettingError:
            continue
        assert kind.check(value) == value


@pytest.mark.parametrize("text", ["-1", "0", "1" * 5000, "٣", "1.0", "<@5>", "<#>", "9" * 19])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(InvalidSettingError):
        RoleOrChannel().parse(text)


def test_every_setting_has_one_name_and_an_allowed_default() -> None:
    names = [setting.name for setting in SETTINGS]

    assert len(set(names)) == len(names)
    assert all(len(name) <= 64 for name in names)
    for setting in SETTINGS:
        assert setting.kind.check(setting.default) == setting.default
