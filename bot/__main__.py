"""The command line: `python -m bot …`."""

import click

from bot.terminal.ask import ask
from bot.terminal.knowledge import knowledge
from bot.texts import terminal as texts


@click.group(help=texts.HELP_MAIN, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Group all commands."""


main.add_command(ask)
main.add_command(knowledge)

if __name__ == "__main__":
    main(prog_name="python -m bot")
