"""What Discord answers when it refuses: a status, a JSON error code and a sentence."""

import enum
from collections.abc import Mapping

from typing_extensions import override

from bot.sandbox.wire import Payload


class Code(enum.Enum):
    """JSON error codes with the HTTP status and message that go with them.

    Source: Discord's documentation, "Opcodes and Status Codes".
    """

    GENERAL = (0, 404, "404: Not Found")
    RATE_LIMITED = (0, 429, "You are being rate limited.")
    UNAUTHORIZED = (0, 401, "401: Unauthorized")
    BAD_REQUEST = (0, 400, "400: Bad Request")
    UNKNOWN_APPLICATION = (10002, 404, "Unknown Application")
    UNKNOWN_CHANNEL = (10003, 404, "Unknown Channel")
    UNKNOWN_GUILD = (10004, 404, "Unknown Guild")
    UNKNOWN_MEMBER = (10007, 404, "Unknown Member")
    UNKNOWN_MESSAGE = (10008, 404, "Unknown Message")
    UNKNOWN_ROLE = (10011, 404, "Unknown Role")
    UNKNOWN_USER = (10013, 404, "Unknown User")
    UNKNOWN_EMOJI = (10014, 400, "Unknown Emoji")
    UNKNOWN_WEBHOOK = (10015, 404, "Unknown Webhook")
    UNKNOWN_INTERACTION = (10062, 404, "Unknown interaction")
    UNKNOWN_COMMAND = (10063, 404, "Unknown application command")
    UNKNOWN_EVENT = (10070, 404, "Unknown Guild Scheduled Event")
    MAX_PINS = (30003, 400, "Maximum number of pins reached for the channel (250)")
    MAX_REACTIONS = (30010, 400, "Maximum number of reactions reached (20)")
    MAX_CHANNELS = (30013, 400, "Maximum number of guild channels reached (500)")
    MAX_COMMANDS = (30032, 400, "Maximum number of application commands reached")
    MAX_EVENTS = (30038, 400, "Maximum number of guild scheduled events reached (100)")
    ENTITY_TOO_LARGE = (40005, 413, "Request entity too large")
    ALREADY_CROSSPOSTED = (40033, 400, "This message has already been crossposted.")
    ALREADY_ACKNOWLEDGED = (40060, 400, "Interaction has already been acknowledged.")
    TAG_REQUIRED = (40067, 400, "A tag is required to create a forum post in this channel")
    MISSING_ACCESS = (50001, 403, "Missing Access")
    NOT_IN_DM = (50003, 403, "Cannot execute action on a DM channel")
    NOT_AUTHOR = (50005, 403, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (50006, 400, "Cannot send an empty message")
    CANNOT_MESSAGE_USER = (50007, 403, "Cannot send messages to this user")
    NON_TEXT_CHANNEL = (50008, 400, "Cannot send messages in a non-text channel")
    MISSING_PERMISSIONS = (50013, 403, "Missing Permissions")
    BAD_BULK_DELETE_COUNT = (
        50016,
        400,
        (
            "Provided too few or too many messages to delete. Must provide at least 2 and fewer "
            "than 100 messages to delete"
        ),
    )
    WRONG_CHANNEL_TYPE = (50024, 400, "Cannot execute action on this channel type")
    INVALID_WEBHOOK_TOKEN = (50027, 401, "Invalid Webhook Token")
    INVALID_RECIPIENT = (50033, 400, "Invalid Recipient(s)")
    MESSAGE_TOO_OLD = (50034, 400, "You can only bulk delete messages that are under 14 days old.")
    INVALID_FORM = (50035, 400, "Invalid Form Body")
    THREAD_ARCHIVED = (50083, 400, "Thread is archived")
    INVALID_JSON = (50109, 400, "The request body contains invalid JSON.")
    NO_REPLY_WITHOUT_HISTORY = (
        160002,
        400,
        "Cannot reply without permission to read message history",
    )
    THREAD_EXISTS = (160004, 400, "A thread has already been created for this message")
    THREAD_LOCKED = (160005, 400, "Thread is locked")

    @property
    def number(self) -> int:
        """The JSON error code."""
        return self.value[0]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[1]

    @property
    def message(self) -> str:
        """Discord's sentence."""
        return self.value[2]


class Refused(Exception):  # noqa: N818 -- what Discord does to a request; the code says why
    """A request that Discord refuses; the server turns it into the JSON answer.

    `errors` is the nested object that goes with `Code.INVALID_FORM`, `why` a note for developers
    (which permission was missing), which Discord does not send.
    """

    def __init__(
        self, code: Code, *, errors: Mapping[str, object] | None = None, why: str = ""
    ) -> None:
        super().__init__(f"{code.number} {code.message}{f' ({why})' if why else ''}")
        self.code = code
        self.errors = dict(errors or {})
        self.why = why

    @property
    def headers(self) -> dict[str, str]:
        """What goes with the answer."""
        return {}

    def payload(self) -> Payload:
        """Return the body of the answer."""
        body: Payload = {"message": self.code.message, "code": self.code.number}
        if self.errors:
            body["errors"] = self.errors
        return body


class Limited(Refused):
    """A request above the limit of what it is about; `retry_after` in seconds."""

    def __init__(self, *, retry_after: float, why: str) -> None:
        super().__init__(Code.RATE_LIMITED, why=why)
        self.retry_after = retry_after

    @property
    @override
    def headers(self) -> dict[str, str]:
        # discord.py takes an answer without Via for one of Cloudflare.
        return {
            "Retry-After": f"{self.retry_after:.3f}",
            "X-RateLimit-Scope": "shared",
            "Via": "1.1 google",
        }

    @override
    def payload(self) -> Payload:
        return {
            "message": self.code.message,
            "retry_after": round(self.retry_after, 3),
            "global": False,
        }


def invalid_form(*, at: tuple[str | int, ...], code: str, message: str) -> Refused:
    """Return a refusal (50035) with one fault at the path `at` in the body."""
    node: Payload = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(at):
        node = {str(part): node}
    return Refused(Code.INVALID_FORM, errors=node)


class NotPossibleError(Exception):
    """A person's client would not have let this happen; the message says why."""


def impossible(*, why: str) -> NotPossibleError:
    """Return the error that says why a person cannot do something."""
    return NotPossibleError(why)
