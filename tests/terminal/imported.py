"""Imports what the programs import, in the process that is forked (`forking`); not the programs."""

import importlib

for name in (
    "bot.app",
    "bot.client",
    "bot.terminal.ask",
    "bot.terminal.run",
    "bot.terminal.soundness",
    "storage.restore",
):
    importlib.import_module(name)
