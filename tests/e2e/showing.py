"""What tests of the outbox show: who shows it, what, and which version.

Processes that are started to be killed import this, so that it imports next to nothing.
"""

from typing import Final

from bot.services.deliveries.rendered import Rendered, Showing

KIND: Final = "update"


def shown(showing: Showing) -> Rendered | None:
    """Render what is asked for: who shows it (by its mark), what, and which version."""
    if showing.withdrawn:
        return None
    text = f"{showing.mark} {showing.kind} {showing.subject_id} v{showing.version}"
    url = showing.mark.on_url("https://example.org/updates")
    return Rendered(content=text, embeds=({"title": "Bron", "url": url},))


async def rendered(showing: Showing) -> Rendered | None:
    """Do the same, as the bot's own renderer is called."""
    return shown(showing)
