"""Filling in forms: every kind of field, as Discord's client lets people do it."""

from typing import cast

import pytest

from bot.sandbox.bodies.modals import Modal
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.forms import Filled, submitted
from bot.sandbox.posting import Upload
from bot.sandbox.resolved import Resolved
from bot.sandbox.wire import Payload
from tests.discord.stage import Stage, build_stage

STAGE = build_stage()
OPTIONS = [{"label": f"L{n}", "value": f"v{n}"} for n in range(3)]
FILE = Upload("a.txt", b"x")


def fill(stage: Stage, field: dict[str, object], given: Filled | None) -> Payload:
    part = {"type": 18, "label": "Veld", "component": {"custom_id": "f", **field}}
    modal = Modal.model_validate({"custom_id": "m", "title": "t", "components": [part]})
    values = {} if given is None else {"Veld": given}
    data = submitted(modal, values, Resolved(stage.world, stage.algemeen))
    parts = cast("list[Payload]", data["components"])
    return cast("Payload", parts[0]["component"])


@pytest.mark.parametrize(
    ("field", "given", "sent"),
    [
        ({"type": 4, "style": 1}, "tekst", "tekst"),
        ({"type": 4, "style": 1, "value": "vooraf"}, None, "vooraf"),
        ({"type": 4, "style": 1, "required": False}, None, ""),
        ({"type": 3, "options": OPTIONS}, "L1", ["v1"]),
        ({"type": 3, "options": OPTIONS, "max_values": 2}, ["v0", "L2"], ["v0", "v2"]),
        ({"type": 3, "options": OPTIONS, "required": False}, None, []),
        ({"type": 3, "options": [{**OPTIONS[0], "default": True}, OPTIONS[1]]}, None, ["v0"]),
        ({"type": 5}, [STAGE.anna.user], [str(STAGE.anna.id)]),
        ({"type": 6}, [STAGE.lid], [str(STAGE.lid.id)]),
        ({"type": 7}, [STAGE.lid], [str(STAGE.lid.id)]),
        ({"type": 8}, [STAGE.algemeen], [str(STAGE.algemeen.id)]),
        ({"type": 19, "required": False}, None, []),
        ({"type": 21, "options": OPTIONS}, "L1", "v1"),
        ({"type": 21, "options": OPTIONS, "required": False}, None, None),
        ({"type": 21, "options": [{**OPTIONS[0], "default": True}, OPTIONS[1]]}, None, "v0"),
        ({"type": 22, "options": OPTIONS}, ["L0", "v2"], ["v0", "v2"]),
        ({"type": 23}, True, True),
        ({"type": 23, "default": True}, None, True),
    ],
)
def test_a_field_sends_what_was_filled_in(
    field: dict[str, object], given: Filled | None, sent: object
) -> None:
    shown = fill(STAGE, field, given)

    assert shown.get("values", shown.get("value")) == sent


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ({"type": 4, "style": 1}, ["tekst"]),
        ({"type": 4, "style": 1, "min_length": 3}, "x"),
        ({"type": 4, "style": 1}, None),
        ({"type": 3, "options": OPTIONS}, ["v9"]),
        ({"type": 3, "options": OPTIONS}, None),
        ({"type": 5}, [STAGE.lid]),
        ({"type": 6}, ["lid"]),
        ({"type": 8, "channel_types": [2]}, [STAGE.algemeen]),
        ({"type": 19}, ["geen bestand"]),
        ({"type": 21, "options": OPTIONS}, None),
        ({"type": 21, "options": OPTIONS}, ["v0", "v1"]),
        ({"type": 22, "options": OPTIONS, "min_values": 2}, ["v0"]),
        ({"type": 22, "options": OPTIONS, "max_values": 1}, ["v0", "v1"]),
        ({"type": 22, "options": OPTIONS}, [STAGE.lid]),
    ],
)
def test_a_field_that_is_filled_in_wrongly_keeps_the_form_open(
    field: dict[str, object], given: Filled | None
) -> None:
    with pytest.raises(NotPossibleError):
        fill(STAGE, field, given)


def test_a_file_is_kept_and_referred_to() -> None:
    shown = fill(STAGE, {"type": 19}, [FILE])
    [number] = cast("list[str]", shown["values"])

    assert STAGE.world.state.files[int(number)].data == b"x"


def test_the_older_form_has_rows_and_texts_between() -> None:
    row = {"type": 4, "custom_id": "f", "style": 2, "label": "Uitleg"}
    parts = [{"type": 10, "content": "Lees dit"}, {"type": 1, "components": [row]}]
    modal = Modal.model_validate({"custom_id": "m", "title": "t", "components": parts})
    resolved = Resolved(STAGE.world, STAGE.algemeen)
    data = submitted(modal, {"Uitleg": "zo"}, resolved)
    shown = cast("list[Payload]", data["components"])

    assert [one["type"] for one in shown] == [10, 1]
    assert cast("list[Payload]", shown[1]["components"])[0]["value"] == "zo"
    with pytest.raises(NotPossibleError, match="no field"):
        submitted(modal, {"Onbekend": "x"}, resolved)
