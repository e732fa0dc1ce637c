"""What may stand in an update: checked where it comes in, whatever form it comes from."""

from typing import Final
from urllib.parse import urlsplit

from bot.services.progress.updates_errors import ContentProblem, UpdateContentError
from storage.progress_records import Part, UpdateContent

MAX_TITLE: Final = 100
MAX_TEXT: Final = 3_000
MAX_LINK: Final = 500  # characters of a link button's address: 512
MAX_REASON: Final = 500


def content_of(
    *, title: str, text: str, part: str, link: str, mentions_role: bool = False
) -> UpdateContent:
    """Return what was typed as the content of an update, without blanks around it.

    A `part` that is none of the fixed ones counts as no part.

    Raises:
        UpdateContentError: when something is missing, too long, or no address on the web.

    """
    title, text = " ".join(title.split()), text.strip()
    if not title:
        raise UpdateContentError(ContentProblem.NO_TITLE)
    if len(title) > MAX_TITLE:
        raise UpdateContentError(ContentProblem.TITLE_TOO_LONG, limit=MAX_TITLE)
    if not text:
        raise UpdateContentError(ContentProblem.NO_TEXT)
    if len(text) > MAX_TEXT:
        raise UpdateContentError(ContentProblem.TEXT_TOO_LONG, limit=MAX_TEXT)
    known = {one.value: one for one in Part}
    return UpdateContent(
        title=title,
        text=text,
        part=known.get(part),
        link=_address(link.strip()),
        mentions_role=mentions_role,
    )


def reason_of(text: str) -> str:
    """Return a reason without blanks around it.

    Raises:
        UpdateContentError: when there is none, or it is too long.

    """
    reason = " ".join(text.split())
    if not reason:
        raise UpdateContentError(ContentProblem.NO_REASON)
    if len(reason) > MAX_REASON:
        raise UpdateContentError(ContentProblem.REASON_TOO_LONG, limit=MAX_REASON)
    return reason


def _address(link: str) -> str | None:
    if not link:
        return None
    if "://" not in link:
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        is_sound = (
            parts.scheme in {"http", "https"}
            and "." in (parts.hostname or "")
            and parts.username is None
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        is_sound = False
    has_blanks = any(one.isspace() or not one.isprintable() for one in link)
    if not is_sound or has_blanks or len(link) > MAX_LINK or any(one in link for one in '<>"\\'):
        raise UpdateContentError(ContentProblem.BAD_LINK, limit=MAX_LINK)
    return link
