"""What forum members wrote, below a reply that is no answer."""

from collections.abc import Sequence
from typing import Final

from bot.services.forum.finding import ForumHit
from bot.texts import forum as texts
from bot.ui.markdown import escaped, link, shortened

_TITLE: Final = 120


def hits_text(hits: Sequence[ForumHit]) -> str:
    """Return the lines that name them; empty without any."""
    if not hits:
        return ""
    heading = texts.FORUM_HEADING if len(hits) == 1 else texts.FORUM_HEADING_MANY
    return "\n".join((heading, *map(_line, hits)))


def _line(hit: ForumHit) -> str:
    title = shortened(" ".join((hit.title or hit.text).split()), _TITLE) or texts.NO_TITLE
    author = escaped(" ".join((hit.author or "").split()))
    return texts.hit(link(title, hit.link), author=author, date=texts.day(hit.date))
