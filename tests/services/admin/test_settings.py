"""Settings are read in Dutch, checked against the guild, and never half changed."""

import pytest

from bot.services.admin.errors import Refusal, SettingRefusedError, UnknownSettingError
from bot.services.admin.settings import SettingChanges
from bot.services.directory import Channel, ChannelKind, Role
from bot.services.guild_settings import SETTINGS, AnySetting, GuildSettings
from bot.services.places import Places
from bot.texts import admin_errors
from bot.texts import admin_settings as texts
from storage.unit_of_work import UnitsOfWork
from tests.fakes import FakeClock, FakeDirectory

GUILD, MARJA = 1, 7


@pytest.fixture
def changes(units: UnitsOfWork) -> SettingChanges:
    directory = FakeDirectory()
    directory.channels[GUILD] = (
        Channel(2, "nieuws", is_open=True),
        Channel(3, "forum", is_open=True, kind=ChannelKind.FORUM),
        Channel(4, "praten", is_open=True, kind=ChannelKind.VOICE),
        Channel(5, "besloten", is_open=False),
    )
    directory.roles[GUILD] = (
        Role(GUILD, "@everyone", manages_messages=False),
        Role(6, "Leden", manages_messages=False),
    )
    settings, clock = GuildSettings(units), FakeClock()
    return SettingChanges(settings, Places(settings, units, clock, directory), clock)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("weekoverzicht", "Uit", False),
        ("updates delen", "ja", True),
        ("dag weekoverzicht", "zondag", 6),
        ("uur weekoverzicht", "14:00 uur", 14),
        ("bewaartijd vragen", "30", 30),
        ("kanaal updates", "#Nieuws", 2),
        ("kanaal updates", "<#2>", 2),
        ("kanaal forum", "forum", 3),
        ("kanaal moderatoren", "5", 5),
        ("rol leden", "@leden", 6),
    ],
)
async def test_a_value_is_read_as_people_type_it(
    changes: SettingChanges, name: str, typed: str, value: object
) -> None:
    setting = texts.setting_called(name)

    done = await changes.change(GUILD, setting, texts.read(setting, typed), by=MARJA)

    assert (done.before, done.after) == (setting.default, value)
    assert (await changes.value_of(GUILD, setting)).value == value
    assert (await changes.reset(GUILD, setting, by=MARJA)).after == setting.default


@pytest.mark.parametrize(
    ("name", "typed", "refusal"),
    [
        ("weekoverzicht", "misschien", Refusal.NOT_A_VALUE),
        ("dag weekoverzicht", "3", Refusal.NOT_A_VALUE),
        ("uur weekoverzicht", "24", Refusal.NOT_A_VALUE),
        ("bewaartijd antwoorden", "９", Refusal.NOT_A_VALUE),  # digits of another script
        ("kanaal updates", "forum", Refusal.NO_SUCH_CHANNEL),
        ("kanaal updates", "<#4>", Refusal.NO_SUCH_CHANNEL),
        ("kanaal updates", "x" * 4000, Refusal.NO_SUCH_CHANNEL),
        ("kanaal moderatoren", "nieuws", Refusal.OPEN_CHANNEL),
        ("rol leden", "@everyone", Refusal.NO_SUCH_ROLE),
        ("rol leden", str(GUILD), Refusal.NO_SUCH_ROLE),
    ],
)
async def test_a_wrong_value_changes_nothing_and_the_sentence_says_what_is_allowed(
    changes: SettingChanges, name: str, typed: str, refusal: Refusal
) -> None:
    setting = texts.setting_called(name)

    with pytest.raises(SettingRefusedError) as raised:
        await changes.change(GUILD, setting, texts.read(setting, typed), by=MARJA)

    assert raised.value.refusal is refusal
    assert (await changes.value_of(GUILD, setting)).is_default
    sentence = admin_errors.sentence(raised.value)
    assert sentence.startswith(f"**{name}** is niet veranderd. ")
    assert typed not in sentence


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_every_setting_has_a_dutch_name_a_meaning_and_values(setting: AnySetting) -> None:
    assert texts.setting_called(texts.name_of(setting)) is setting
    assert len(f"{texts.name_of(setting)}: {texts.meaning_of(setting)}") <= 100
    assert texts.allowed(setting.name).endswith("Of `standaard`.")
    assert texts.shown(setting, setting.default)


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(UnknownSettingError):
        texts.setting_called("kleur")
