"""Every example of docs/dates.md is what the parser gives."""

from typing import Final

import pytest

from tests.dates.saying import EVENT, said
from tests.policy.source import REPOSITORY

_BESIDE_EVENT: Final = "typed beside the event"


def _examples() -> list[tuple[str, str, bool]]:
    found: list[tuple[str, str, bool]] = []
    beside_event = False
    for line in (REPOSITORY / "docs" / "dates.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or line.startswith("|--"):
            continue
        if cells[1] == "read":
            beside_event = cells[0] == _BESIDE_EVENT
        else:
            found.append((cells[0], cells[1].strip("`"), beside_event))
    return found


EXAMPLES: Final = _examples()


def test_the_documentation_has_examples() -> None:
    assert len(EXAMPLES) > 60


@pytest.mark.parametrize(("text", "expected", "beside_event"), EXAMPLES)
def test_an_example_is_read_as_documented(
    text: str,
    expected: str,
    beside_event: bool,  # noqa: FBT001 - a parameter of the table, never a call of ours
) -> None:
    event = EVENT if beside_event else None

    assert said(text, event=event).replace(" | ", " / ") == expected
