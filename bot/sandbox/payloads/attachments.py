"""Attachments as Discord shows them, and what refers to them as `attachment://name`."""

from typing import cast
from urllib.parse import quote

from bot.sandbox.bodies.components import Component
from bot.sandbox.enums import ComponentKind as Kind
from bot.sandbox.message_records import Attachment, Message
from bot.sandbox.wire import Payload
from bot.sandbox.world import World

SCHEME = "attachment://"


def address(world: World, found: Attachment) -> str:
    """Return where the bytes of an attachment can be fetched."""
    path = f"attachments/{found.channel_id}/{found.id}/{quote(found.name)}"
    return f"{world.files_url}/{path}"


def attachment(world: World, found: Attachment, *, ephemeral: bool) -> Payload:
    """Return an attachment object."""
    payload: Payload = {
        "id": str(found.id),
        "filename": found.name,
        "size": found.size,
        "url": address(world, found),
        "proxy_url": address(world, found),
        "content_type": found.content_type,
    }
    if found.description is not None:
        payload["description"] = found.description
    if found.title is not None:
        payload["title"] = found.title
    if ephemeral:
        payload["ephemeral"] = True
    return payload


class Placed:
    """Shows the parts of one message with the addresses of its files."""

    def __init__(self, world: World, message: Message) -> None:
        self._world = world
        self._files = {one.name: one for one in message.attachments}

    def embed(self, part: Payload) -> Payload:
        """Return an embed with addresses in place of names."""
        return {key: self._embed_value(value) for key, value in part.items()}

    def _embed_value(self, value: object) -> object:
        if isinstance(value, dict):
            return self.embed(cast("Payload", value))
        if isinstance(value, list):
            return [self._embed_value(item) for item in cast("list[object]", value)]
        found = self._named(value)
        return value if found is None else address(self._world, found)

    def component(self, part: Component) -> Payload:
        """Return a component as Discord completes it."""
        return self._component(part.wire())

    def _component(self, part: Payload) -> Payload:
        shown = dict(part)
        kind = part.get("type")
        if kind == Kind.CONTAINER:
            shown.setdefault("accent_color", None)
        elif kind == Kind.THUMBNAIL:
            shown = self._picture(shown)
        elif kind == Kind.MEDIA_GALLERY:
            shown["items"] = [self._picture(one) for one in cast("list[Payload]", part["items"])]
        elif kind == Kind.FILE:
            file = cast("Payload", part["file"])
            found = self._named(file["url"])
            shown["name"] = "" if found is None else found.name
            shown["size"] = 0 if found is None else found.size
            shown["file"] = self._media(file)
        if "components" in part:
            inner = cast("list[Payload]", part["components"])
            shown["components"] = [self._component(one) for one in inner]
        if "accessory" in part:
            shown["accessory"] = self._component(cast("Payload", part["accessory"]))
        return shown

    def _picture(self, part: Payload) -> Payload:
        return {"description": None, **part, "media": self._media(cast("Payload", part["media"]))}

    def _media(self, part: Payload) -> Payload:
        found = self._named(part["url"])
        if found is None:
            return {"id": "0", "proxy_url": part["url"], **part}
        url = address(self._world, found)
        return {
            "id": str(found.id),
            "url": url,
            "proxy_url": url,
            "content_type": found.content_type,
            "attachment_id": str(found.id),
        }

    def _named(self, value: object) -> Attachment | None:
        if isinstance(value, str) and value.startswith(SCHEME):
            return self._files.get(value.removeprefix(SCHEME))
        return None
