"""The command line with a Discord of one's own: `BREED_TEST_DISCORD` is the address of its API."""

import os

from discord.http import Route

from bot.__main__ import main

if __name__ == "__main__":
    Route.BASE = os.environ["BREED_TEST_DISCORD"]
    main(prog_name="python -m bot")
