"""The custom_ids of what outlives a restart: version, kind, and the ids that it is about.

`b1` is the version. When the meaning of one changes, it goes up: presses on what hangs below old
messages then get a sentence instead of something else than they promised.
"""

from typing import Final

VERSION: Final = "b1"
NUMBER: Final = "[0-9]{1,19}"


def custom_id(kind: str, *numbers: int) -> str:
    """Return a custom_id; at most 100 characters with four numbers."""
    return ":".join((VERSION, kind, *map(str, numbers)))


def template(kind: str, *names: str) -> str:
    """Return the pattern of such a custom_id, each number as a named group."""
    return ":".join((VERSION, kind, *(f"(?P<{name}>{NUMBER})" for name in names)))
