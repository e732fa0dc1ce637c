"""What is wrong with the settings, as data and as the sentences that the operator reads."""

from dataclasses import dataclass

from pydantic_core import ErrorDetails

from config.sources import variable_of


@dataclass(frozen=True, slots=True)
class Mistake:
    """One setting that cannot be used: its variable and, in Dutch, what to do."""

    variable: str
    message: str


class SettingsError(Exception):
    """The settings cannot be used. Holds every mistake, not only the first."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("; ".join(f"{one.variable}: {one.message}" for one in mistakes))
        self.mistakes = mistakes


def mistake_of(detail: ErrorDetails) -> Mistake:
    """Return what pydantic found, with its variable and a Dutch sentence."""
    field = str(detail["loc"][0])
    variable = field if field.isupper() else variable_of(field)
    context = detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            message = str(context["error"])
        case "bool_parsing" | "bool_type":
            message = "geef 1 (aan) of 0 (uit)"
        case "int_parsing" | "int_from_float" | "int_type":
            message = "geef een heel getal"
        case "float_parsing" | "float_type":
            message = "geef een getal, met een punt als komma"
        case "greater_than_equal":
            message = f"moet minstens {context['ge']} zijn"
        case "greater_than":
            message = f"moet meer dan {context['gt']} zijn"
        case "less_than_equal":
            message = f"mag hoogstens {context['le']} zijn"
        case "literal_error":
            message = f"kies uit {context['expected']}"
        case _:
            message = detail["msg"]
    return Mistake(variable=variable, message=message)
