"""The custom_ids of what outlives a restart: version, kind, and the ids that it is about.

`b1` is the version. When the meaning of one changes, it goes up: presses on what hangs below old
messages then get a sentence instead of something else than they promised.
"""

import re
from typing import Final

from bot.services.deliveries.rendered import MARK, Mark

VERSION: Final = "b1"
NUMBER: Final = "[0-9]{1,19}"
OPTIONAL_MARK: Final = f"(?::{MARK})?"
"""For the pattern of what hangs below deliveries and elsewhere."""
NOWHERE: Final = Mark(0)
"""The mark of buttons that stand below no delivery, where the pattern wants one."""
_LARGEST: Final = 2**63 - 1


def custom_id(kind: str, *numbers: int) -> str:
    """Return a custom_id; at most 100 characters with four numbers."""
    return ":".join((VERSION, kind, *map(str, numbers)))


def template(kind: str, *names: str) -> str:
    """Return the pattern of such a custom_id, each number as a named group."""
    return ":".join((VERSION, kind, *(f"(?P<{name}>{NUMBER})" for name in names)))


def numbers_in(found: re.Match[str]) -> dict[str, int]:
    """Return the numbers of a custom_id by name.

    One that no id can be, as a database could not even hold it, becomes the largest: nobody's.
    """
    return {name: min(int(number), _LARGEST) for name, number in found.groupdict().items()}
