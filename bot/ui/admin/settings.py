"""The settings of a guild on the screen."""

from collections.abc import Iterable

from bot.services.admin.errors import SettingMissingError
from bot.services.admin.settings import Chosen, SettingChanges
from bot.texts import admin_settings as texts
from bot.ui.acknowledging import Screen
from bot.ui.markdown import split


async def settings_screen(
    changes: SettingChanges, guild_id: int, *, setting: str | None, value: str | None, by: int
) -> Screen:
    """Show all settings, or one; with a value: change it and say what changed."""
    if setting is None:
        if value is not None:
            raise SettingMissingError
        return _list(await changes.all_of(guild_id))
    chosen = texts.setting_called(setting)
    if value is None:
        known = await changes.value_of(guild_id, chosen)
        return Screen((texts.one(chosen, known.value),))
    if texts.is_default(value):
        done = await changes.reset(guild_id, chosen, by=by)
    else:
        done = await changes.change(guild_id, chosen, texts.read(chosen, value), by=by)
    return Screen((texts.changed(chosen, before=done.before, after=done.after),))


def _list(settings: Iterable[Chosen]) -> Screen:
    lines = [texts.line(one.setting, one.value, is_standard=one.is_default) for one in settings]
    return Screen(tuple(split("\n".join((texts.TITLE, *lines, texts.HOW)))))
