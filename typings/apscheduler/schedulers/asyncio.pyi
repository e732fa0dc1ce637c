# What the bot uses of APScheduler 3.11, which ships without types.
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence

class AsyncIOScheduler:
    def __init__(self, *, timezone: dt.tzinfo, job_defaults: Mapping[str, object]) -> None: ...
    def add_job(
        self,
        func: Callable[..., Awaitable[None]],
        trigger: str,
        *,
        args: Sequence[object],
        seconds: float,
        id: str,  # noqa: A002 # APScheduler's name
        replace_existing: bool,
        next_run_time: dt.datetime,
    ) -> object: ...
    def start(self) -> None: ...
    def pause(self) -> None: ...
    def shutdown(self, wait: bool = ...) -> None: ...
