"""What the programs import, for the process that is forked (`forking`); not the programs."""

import bot.app
import bot.client
import bot.terminal.ask
import bot.terminal.run
import bot.terminal.soundness
import storage.restore

__all__ = ["bot", "storage"]
