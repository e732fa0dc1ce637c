"""The command line: `python -m bot …`."""

import click

from bot.terminal.ask import ask
from bot.terminal.check import check
from bot.terminal.comments import comments
from bot.terminal.database import database
from bot.terminal.knowledge import knowledge
from bot.terminal.run import run
from bot.terminal.unexpected import take_the_last_word
from bot.texts import terminal as texts


@click.group(help=texts.HELP_MAIN, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Group all commands."""
    take_the_last_word()


main.add_command(run)
main.add_command(ask)
main.add_command(check)
main.add_command(database)
main.add_command(knowledge)
main.add_command(comments)

if __name__ == "__main__":
    main(prog_name="python -m bot")
