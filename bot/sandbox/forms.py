"""A person fills in a modal, or chooses in a select: checked as Discord's client does."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bot.sandbox.bodies.controls import EntitySelect, Select, StringSelect
from bot.sandbox.bodies.modals import (
    Checkbox,
    CheckboxGroup,
    FileUpload,
    FormField,
    InputRow,
    Label,
    Modal,
    RadioGroup,
    TextInput,
)
from bot.sandbox.enums import ComponentKind as Kind
from bot.sandbox.errors import impossible
from bot.sandbox.posting import Upload
from bot.sandbox.records import Channel, Role, User
from bot.sandbox.resolved import Resolved
from bot.sandbox.wire import Payload

Chosen: TypeAlias = str | User | Role | Channel | Upload
Filled: TypeAlias = str | bool | Sequence[Chosen]
"""What goes into a field: text or one value, a tick, or several things chosen."""

CHOOSABLE = {
    Kind.USER_SELECT: User,
    Kind.ROLE_SELECT: Role,
    Kind.MENTIONABLE_SELECT: User | Role,
    Kind.CHANNEL_SELECT: Channel,
}


def chosen_values(select: Select, chosen: Sequence[Chosen], resolved: Resolved) -> list[str]:
    """Return the values of a choice. Raises NotPossibleError for one that is not offered."""
    if isinstance(select, StringSelect):
        offered = {one.label: one.value for one in select.options}
        offered |= {one.value: one.value for one in select.options}
        values = [_offered(offered, one) for one in chosen]
    elif isinstance(select, EntitySelect):
        values = [_entity(select, one, resolved) for one in chosen]
    else:
        values = []
    if not select.min_values <= len(set(values)) <= select.max_values:
        raise impossible(why=f"choose {select.min_values} to {select.max_values} values")
    return values


def _offered(offered: Mapping[str, str], wanted: Chosen) -> str:
    if not isinstance(wanted, str) or wanted not in offered:
        raise impossible(why=f"{wanted!r} is not offered; there is {sorted(offered)}")
    return offered[wanted]


def _entity(select: EntitySelect, wanted: Chosen, resolved: Resolved) -> str:
    if isinstance(wanted, str | Upload) or not isinstance(wanted, CHOOSABLE[select.type]):
        raise impossible(why=f"a {select.type.name} does not take {wanted!r}")
    types = select.channel_types
    if isinstance(wanted, Channel) and types and wanted.kind not in types:
        raise impossible(why=f"a {wanted.kind.name} channel is not offered")
    return resolved.add(wanted)


def submitted(modal: Modal, values: Mapping[str, Filled], resolved: Resolved) -> Payload:
    """Return `data` of the submit of `modal`, filled in by label or custom_id.

    Raises NotPossibleError: an unknown field, a required one left empty, a text too long.
    """
    known = {field.custom_id for field in modal.fields()} | set(_labels(modal))
    unknown = set(values) - known
    if unknown:
        raise impossible(why=f"no field {sorted(unknown)}; there is {sorted(known)}")
    parts: list[Payload] = []
    for number, part in enumerate(modal.components):
        shown: Payload = {"type": int(part.type), "id": part.id or number * 2 + 1}
        if isinstance(part, InputRow):
            given = _given(part.components[0], part.components[0].label, values)
            parts.append({**shown, "components": [_field(part.components[0], given, resolved)]})
        elif isinstance(part, Label):
            filled = _field(part.component, _given(part.component, part.label, values), resolved)
            parts.append({**shown, "component": {**filled, "id": number * 2 + 2}})
        else:
            parts.append(shown)
    return {"custom_id": modal.custom_id, "components": parts, **resolved.payload()}


def _labels(modal: Modal) -> list[str]:
    labels = [part.label for part in modal.components if isinstance(part, Label)]
    rows = [part.components[0].label for part in modal.components if isinstance(part, InputRow)]
    return [*labels, *(one for one in rows if one)]


def _given(field: FormField, label: str | None, values: Mapping[str, Filled]) -> Filled | None:
    return values.get(field.custom_id, values.get(label or ""))


def _field(field: FormField, given: Filled | None, resolved: Resolved) -> Payload:
    shown: Payload = {"type": int(field.type), "custom_id": field.custom_id}
    if isinstance(field, TextInput):
        return {**shown, "value": _text(field, given)}
    if isinstance(field, Checkbox):
        return {**shown, "value": bool(field.default) if given is None else bool(given)}
    if isinstance(field, RadioGroup):
        values = _group(field, given)
        return {**shown, "value": values[0] if values else None}
    if isinstance(field, CheckboxGroup):
        return {**shown, "values": _group(field, given)}
    return {**shown, "values": _listed(field, given, resolved)}


def _listed(field: Select | FileUpload, given: Filled | None, resolved: Resolved) -> list[str]:
    if given is None and isinstance(field, StringSelect):
        given = [one.value for one in field.options if one.default]
    if not given and field.required is False:
        return []
    if isinstance(field, Select):
        return chosen_values(field, _several(given), resolved)
    uploads = [one for one in _several(given) if isinstance(one, Upload)]
    if field.required is not False and not uploads:
        raise impossible(why=f"{field.custom_id!r} is required")
    return [resolved.add(one) for one in uploads]


def _several(given: Filled | None) -> Sequence[Chosen]:
    if given is None or isinstance(given, bool):
        return []
    return [given] if isinstance(given, str) else given


def _text(field: TextInput, given: Filled | None) -> str:
    text = field.value or "" if given is None else given
    if not isinstance(text, str):
        raise impossible(why=f"{field.custom_id!r} takes text")
    if field.required is not False and not text:
        raise impossible(why=f"{field.custom_id!r} is required")
    if text and not field.shortest <= len(text) <= field.longest:
        raise impossible(why=f"{field.custom_id!r} takes {field.shortest} to {field.longest}")
    return text


def _group(field: RadioGroup | CheckboxGroup, given: Filled | None) -> list[str]:
    offered = {one.label: one.value for one in field.options}
    offered |= {one.value: one.value for one in field.options}
    if given is None:
        values = [one.value for one in field.options if one.default]
    else:
        values = [_offered(offered, one) for one in _several(given)]
    if field.required is not False and not values:
        raise impossible(why=f"{field.custom_id!r} is required")
    most = (field.max_values or len(field.options)) if isinstance(field, CheckboxGroup) else 1
    least = (field.min_values or 0) if isinstance(field, CheckboxGroup) else 0
    if values and not least <= len(values) <= most:
        raise impossible(why=f"choose {least} to {most} of {field.custom_id!r}")
    return values
