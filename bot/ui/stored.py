"""Everything that outlives a restart, for the client to listen to."""

from typing import Any, Final

from bot.ui.answer_buttons import BUTTONS
from bot.ui.guild_menus import MENUS
from bot.ui.help import ExampleButton
from bot.ui.items import StoredItem
from bot.ui.options import OptionMenu

STORED: Final[tuple[type[StoredItem[Any]], ...]] = (*BUTTONS, *MENUS, OptionMenu, ExampleButton)
