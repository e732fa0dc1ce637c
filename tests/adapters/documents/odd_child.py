"""The process that reads files, with a reader that does what the name of the file says."""

import os
from typing import NoReturn

from bot.adapters.documents import child
from bot.services.knowledge.importing.reading import (
    Block,
    BlockKind,
    FileKind,
    Progress,
    ReadDocument,
)


def read(name: str, content: bytes, progress: Progress) -> ReadDocument:
    match name:
        case "greedy":
            content *= 2_000_000_000
        case "slow":
            _for_ever()
        case "crash":
            os.kill(os.getpid(), 11)
        case "nonsense":
            os._exit(3)
        case _:
            progress(5, 10)
    shown = f"{os.getpid()} {' '.join(sorted(os.environ))}"
    return ReadDocument(FileKind.TEXT, shown, (Block(BlockKind.TEXT, content.decode()),))


def _for_ever() -> NoReturn:
    while True:
        pass


child.main(read)
