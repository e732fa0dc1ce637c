"""What the page sends: JSON objects, read strictly."""

import base64
import binascii
import enum
from collections.abc import Mapping
from typing import cast

from pydantic import JsonValue

from bot.sandbox.posting import Upload
from bot.sandbox.wire import JsonObject

LONGEST_ID = 20


class Fault(enum.StrEnum):
    """Why something cannot be done, by the word that the page's texts know it by."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    IMPOSSIBLE = "impossible"


class PageError(Exception):
    """What cannot be done for the page; `code` is a Fault, or `refused_` and Discord's number."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def invalid() -> PageError:
    """Return the error for a request that the page never makes."""
    return PageError(Fault.INVALID)


def id_of(value: JsonValue) -> int:
    """Return an id, sent as a string of digits. Raises PageError."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        if len(value) <= LONGEST_ID:
            return int(value)
        raise invalid()
    raise invalid()


class Wanted:
    """The fields of one request; each is read as a type, or PageError is raised."""

    def __init__(self, fields: JsonObject) -> None:
        """Read from `fields`."""
        self._fields = fields

    def text(self, name: str) -> str:
        """Return a text."""
        value = self._fields.get(name)
        if not isinstance(value, str):
            raise invalid()
        return value

    def id(self, name: str) -> int:
        """Return an id."""
        return id_of(self._fields.get(name))

    def maybe_id(self, name: str) -> int | None:
        """Return an id, or None when there is none."""
        value = self._fields.get(name)
        return None if value is None else id_of(value)

    def texts(self, name: str) -> list[str]:
        """Return a list of texts."""
        value = self._fields.get(name)
        if not isinstance(value, list):
            raise invalid()
        if not all(isinstance(one, str) for one in value):
            raise invalid()
        return cast("list[str]", value)

    def values(self, name: str) -> Mapping[str, JsonValue]:
        """Return an object with whatever values."""
        value = self._fields.get(name, {})
        if not isinstance(value, dict):
            raise invalid()
        return value

    def uploads(self, name: str) -> list[Upload]:
        """Return the files; none when they are not named."""
        value = self._fields.get(name) or []
        if not isinstance(value, list):
            raise invalid()
        return [upload(one) for one in value]


def upload(value: JsonValue) -> Upload:
    """Return a file: its name, type and content in base64."""
    if not isinstance(value, dict):
        raise invalid()
    fields = Wanted(value)
    try:
        data = base64.b64decode(fields.text("data"), validate=True)
    except binascii.Error:
        raise invalid() from None
    name = fields.text("name").replace("/", "_")[:100] or "bestand"
    return Upload(name, data, fields.text("type") or "application/octet-stream")
