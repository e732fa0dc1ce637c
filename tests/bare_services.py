"""The bot's services over a database, without any knowledge."""

from bot.adapters.clock import SystemClock
from bot.search.confidence import shipped_model
from bot.search.index import build
from bot.search.searcher import Searcher
from bot.services.container import Services, build_services
from bot.services.knowledge.answering import Thresholds
from bot.services.knowledge.library import Library
from bot.services.knowledge.rate_limit import RateLimit
from bot.web.metrics import Metrics
from storage.unit_of_work import UnitsOfWork


def bare_services(units: UnitsOfWork) -> Services:
    """Return services that go by the system's clock."""
    clock = SystemClock()
    return build_services(
        clock=clock,
        units=units,
        library=Library(
            Searcher([build(())]),
            (),
            model=shipped_model(),
            thresholds=Thresholds(answer=0.5, suggest=0.1),
        ),
        limit=RateLimit(clock, burst=3, per_minute=6),
        observer=Metrics(version="1"),
    )
