"""What leaves storage about files that moderators take into their guild's knowledge."""

import datetime as dt
import enum
from dataclasses import dataclass


class ImportState(enum.StrEnum):
    """How far an import is. `TAKING` lasts while its documents are being made."""

    WAITING = "waiting"
    TAKING = "taking"
    TAKEN = "taken"
    DROPPED = "dropped"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Import:
    """One import: its id is the batch of the documents that it made.

    `digest` is the SHA-256 of the file, empty for several files at once. `actor_id` is who did the
    last thing to it, None for the operator or once that person was erased.
    """

    id: int
    guild_id: int
    state: ImportState
    title: str
    file_name: str
    digest: str
    documents: int
    passages: int
    actor_id: int | None
    created_at: dt.datetime
    changed_at: dt.datetime
