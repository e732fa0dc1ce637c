"""Structured logs: an event name plus fields, one line each, never a member's words or a secret."""

import json
import logging
import re
import secrets
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Final, Literal

import structlog

HIDDEN: Final = "[hidden]"
# What is hidden wherever it stands: Discord's tokens, and the passwords in addresses.
_TOKEN: Final = re.compile(r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}")
_PASSWORD: Final = re.compile(r"(?<=://)([^\s:/@\"']*):[^\s/\"']+(?=@)")
_SHORTEST_SECRET: Final = 4  # characters; hiding shorter ones would spoil the lines

_log: structlog.stdlib.BoundLogger = structlog.get_logger()


def configure(
    *, level: str, form: Literal["auto", "json", "console"], hidden: Iterable[str] = ()
) -> None:
    """Send every log line to standard error, as JSON or for a person (`auto`: by the terminal).

    The texts `hidden` appear in no line, nor do tokens and passwords in addresses. Tracebacks show
    no values of variables, which may be a member's words.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(as_json=form == "json" or (form == "auto" and not sys.stderr.isatty())),
                Redaction(hidden),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # It tells of every plugin that it loads; what an upgrade does, `storage.migrate` says.
    logging.getLogger("alembic").setLevel(max(logging.WARNING, root.level))
    # APScheduler tells of every tick at INFO: twice a second.
    logging.getLogger("apscheduler").setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _renderers(*, as_json: bool) -> list[structlog.typing.Processor]:
    if as_json:
        traces = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        return [
            structlog.processors.ExceptionRenderer(traces),
            structlog.processors.JSONRenderer(),
        ]
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]


class Redaction:
    """Hides secrets in a finished line, so that no field, message or traceback is forgotten."""

    def __init__(self, hidden: Iterable[str] = ()) -> None:
        """Hide these texts, as they are and as JSON writes them."""
        texts = {text for text in hidden if len(text) >= _SHORTEST_SECRET}
        texts |= {json.dumps(text)[1:-1] for text in texts}
        self._hidden = sorted(texts, key=len, reverse=True)

    def __call__(
        self,
        _logger: structlog.typing.WrappedLogger,
        _method: str,
        line: str | bytes | structlog.typing.EventDict,
    ) -> str:
        """Return the line without them: a processor that stands behind the renderer."""
        return self.applied(line if isinstance(line, str) else str(line))

    def applied(self, text: str) -> str:
        """Return `text` without secrets."""
        for secret in self._hidden:
            text = text.replace(secret, HIDDEN)
        text = _TOKEN.sub(HIDDEN, text)
        return _PASSWORD.sub(rf"\1:{HIDDEN}", text)


def unexpected(event: str, *, error: BaseException | None = None, **fields: object) -> str:
    """Log an error that nothing expected, with its trace; return the code that the line carries.

    Without `error` it is the one being handled.
    """
    code = new_code()
    _log.error(event, code=code, exc_info=error if error is not None else True, **fields)
    return code


def new_code() -> str:
    """Return a short code (four hexadecimal digits) that ties a member's message to the log."""
    return secrets.token_hex(2).upper()


@contextmanager
def correlated(**fields: str | int | None) -> Generator[None]:
    """Give every log line within the block an id of its own and these fields."""
    with structlog.contextvars.bound_contextvars(correlation=secrets.token_hex(6), **fields):
        yield
