"""What a copy is to show, made apart, and brought to what stands already."""

import asyncio

import structlog

from bot.services.deliveries.outcomes import RefusedError
from bot.services.deliveries.rendered import Mark, Rendered, Renderer, Showing
from bot.services.deliveries.transitions import copy_of
from bot.services.ports import Messenger
from storage.delivery_records import Delivery, PostTarget, Problem
from storage.errors import StorageError

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


async def rendered_apart(renderer: Renderer, found: Delivery, *, is_late: bool) -> Rendered | None:
    """Render, apart: one text that cannot be made must not stop the others of its lane.

    Raises:
        RefusedError: when it cannot be made, or would not be found again.
        StorageError: when the database cannot be used.

    """
    mark = Mark(found.id)
    showing = Showing(
        kind=found.kind,
        subject_id=found.subject_id,
        version=found.wanted_version,
        mark=mark,
        target=found.target,
        guild_id=found.guild_id,
        withdrawn=found.withdrawn,
        is_late=is_late,
        is_sent=found.copy is not None,
        due_at=found.due_at,
    )
    made = asyncio.ensure_future(renderer(showing))
    try:
        await asyncio.wait({made})
    finally:
        made.cancel()
    if (error := made.exception()) is not None:
        if isinstance(error, StorageError):
            raise error
        _log.error("delivery_not_rendered", delivery=found.id, exc_info=error)
        raise RefusedError(Problem.RENDERING) from error
    message = made.result()
    if message is not None and not message.carries(mark):
        raise RefusedError(Problem.UNMARKED)
    return message


async def replace_shown(messenger: Messenger, found: Delivery, message: Rendered | None) -> None:
    """Show `message` where a copy stands, in the title of its post too; None takes it away.

    All of it is harmless to repeat. Raises as `Messenger` does.
    """
    copy = copy_of(found)
    if message is None:
        await messenger.delete(copy)
        return
    await messenger.edit(copy, message)
    await rename(messenger, found, message)


async def rename(messenger: Messenger, found: Delivery, message: Rendered | None) -> None:
    """Give a post its title, when that is another one than it was last given."""
    title = message and message.title
    if isinstance(found.target, PostTarget) and title and title != found.target.title:
        await messenger.rename(copy_of(found), title)
