"""What every kind of delivery shows: one function a kind, asked at the moment of sending."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.services.container import Services
from bot.services.deliveries.rendered import Rendered, Renderer, Showing

Rendering = Callable[[Services, Showing], Awaitable[Rendered | None]]

RENDERINGS: Final[Mapping[str, Rendering]] = {}
"""By the `kind` of a delivery, which stands in the database: a name once used keeps its meaning."""


def renderer_of(services: Services) -> Renderer:
    """Return the renderer of all kinds.

    It raises KeyError for a kind that this version does not know: that delivery is then kept as
    failed, for moderators to try again once the version that made it is back.
    """

    async def render(showing: Showing) -> Rendered | None:
        return await RENDERINGS[showing.kind](services, showing)

    return render
