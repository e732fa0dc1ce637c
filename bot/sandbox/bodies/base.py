"""The ground under every request body: one strict model, and its faults as Discord words them."""

from typing import Annotated, Any, LiteralString, TypeVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.sandbox.errors import Code, Refused
from bot.sandbox.wire import JsonObject, Payload

TAG = "#"
"""Marks the name of a member of a tagged union, which is no part of the path in the body."""

ENTITY_SELECT = 5
LAST_ENTITY_SELECT = 8

FAULTS = {
    "missing": ("BASE_TYPE_REQUIRED", "This field is required"),
    "string_too_long": ("BASE_TYPE_MAX_LENGTH", "Must be {max_length} or fewer in length."),
    "too_long": ("BASE_TYPE_MAX_LENGTH", "Must be {max_length} or fewer in length."),
    "string_too_short": ("BASE_TYPE_MIN_LENGTH", "Must be {min_length} or more in length."),
    "too_short": ("BASE_TYPE_MIN_LENGTH", "Must be {min_length} or more in length."),
    "string_pattern_mismatch": ("STRING_TYPE_REGEX", "String value did not match the pattern."),
    "string_type": ("STRING_TYPE_CONVERT", "Could not interpret the value as string."),
    "int_type": ("NUMBER_TYPE_COERCE", "Value is not int."),
    "int_parsing": ("NUMBER_TYPE_COERCE", "Value is not int."),
    "int_from_float": ("NUMBER_TYPE_COERCE", "Value is not int."),
    "less_than_equal": ("NUMBER_TYPE_MAX", "Value should be less than or equal to {le}."),
    "greater_than_equal": ("NUMBER_TYPE_MIN", "Value should be at least {ge}."),
    "less_than": ("NUMBER_TYPE_MAX", "Value should be less than {lt}."),
    "enum": ("BASE_TYPE_CHOICES", "Value must be one of {expected}."),
    "literal_error": ("BASE_TYPE_CHOICES", "Value must be one of {expected}."),
    "union_tag_invalid": ("UNION_TYPE_CHOICES", "Value of field type must be one of the choices."),
    "union_tag_not_found": ("BASE_TYPE_REQUIRED", "This field is required"),
    "model_type": ("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"),
    "list_type": ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "bool_parsing": ("BOOLEAN_TYPE_CHOICES", "Must be either true or false."),
}

ModelT = TypeVar("ModelT")

Snowflake = Annotated[
    int, Field(ge=0, lt=1 << 64), PlainSerializer(str, return_type=str, when_used="json")
]
"""An id: a number here, a string on the wire (a number is taken too)."""

Text = Annotated[str, Field(max_length=4000)]


class Body(BaseModel):
    """A part of a request. Unknown fields are ignored, as Discord does."""

    model_config = ConfigDict(extra="ignore", validate_assignment=False)

    def has(self, field: str) -> bool:
        """Return whether the request named `field`, null included."""
        return field in self.model_fields_set

    def wire(self) -> Payload:
        """Return the part as JSON values, without what was not given."""
        return self.model_dump(mode="json", exclude_none=True)


def fault(*, code: LiteralString, says: LiteralString) -> PydanticCustomError:
    """Return a fault of a form, to be raised inside a validator: Discord's code and sentence."""
    return PydanticCustomError(code, says)


def tag_of(value: object) -> str | None:
    """Return the tag of a component: `#` and its type, selects of entities all `#5`."""
    number: object = getattr(value, "type", None)
    if isinstance(value, dict):
        number = cast("JsonObject", value).get("type")
    if not isinstance(number, int):
        return None
    return f"{TAG}{ENTITY_SELECT if ENTITY_SELECT <= number <= LAST_ENTITY_SELECT else int(number)}"


def parse(kind: type[ModelT], data: JsonValue) -> ModelT:
    """Return `data` as the model `kind`.

    Raises Refused (50035) with every fault at its place.
    """
    adapter: TypeAdapter[ModelT] = _adapter(kind)
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        raise Refused(Code.INVALID_FORM, errors=form_errors(error)) from None


_ADAPTERS: dict[object, TypeAdapter[Any]] = {}


def _adapter(kind: type[ModelT]) -> TypeAdapter[ModelT]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def form_errors(error: ValidationError) -> Payload:
    """Return the faults as Discord nests them: one object a field, `_errors` at the leaves."""
    root: Payload = {}
    for found in error.errors(include_url=False):
        node = root
        for part in found["loc"]:
            if not (isinstance(part, str) and part.startswith(TAG)):
                node = cast("Payload", node.setdefault(str(part), {}))
        cast("list[Payload]", node.setdefault("_errors", [])).append(_worded(found))
    return root


def _worded(found: ErrorDetails) -> Payload:
    kind = found["type"]
    if kind.isupper():  # one of our own rules: the type is Discord's code already
        return {"code": kind, "message": found["msg"]}
    code, message = FAULTS.get(kind, ("BASE_TYPE_INVALID", found["msg"]))
    return {"code": code, "message": message.format_map(found.get("ctx") or {})}
