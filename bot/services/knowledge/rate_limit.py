"""How many questions a person may ask: a token bucket each.

In memory, so a restart fills every bucket: the limit protects the bot, it is no punishment.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.errors import TooManyQuestionsError
from bot.services.ports import Clock

BETWEEN_REFUSALS: Final = dt.timedelta(minutes=1)
MOST: Final = 10_000  # buckets kept; then the full ones go, and if need be the oldest


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: dt.datetime
    told_at: dt.datetime | None = None


class RateLimit:
    """A bucket of `burst` tokens a person, refilled by `per_minute`; a question costs one."""

    def __init__(self, clock: Clock, *, burst: int, per_minute: float) -> None:
        """Measure time with `clock`."""
        self._clock = clock
        self._burst = float(burst)
        self._per_second = per_minute / 60
        self._buckets: dict[int, _Bucket] = {}

    def take(self, person: int) -> None:
        """Take a token.

        Raises:
            TooManyQuestionsError: when there is none; it costs nothing then.

        """
        bucket = self._bucket_of(person)
        if bucket.tokens < 1:
            raise TooManyQuestionsError(seconds=(1 - bucket.tokens) / self._per_second)
        bucket.tokens -= 1

    def has_room(self, person: int) -> bool:
        """Take a token when there is one; tell whether there was."""
        try:
            self.take(person)
        except TooManyQuestionsError:
            return False
        return True

    def may_tell(self, person: int) -> bool:
        """Whether a refusal may be said aloud: at most once a minute a person."""
        bucket, now = self._bucket_of(person), self._clock.now()
        if bucket.told_at is not None and now - bucket.told_at < BETWEEN_REFUSALS:
            return False
        bucket.told_at = now
        return True

    def _bucket_of(self, person: int) -> _Bucket:
        now = self._clock.now()
        bucket = self._buckets.get(person)
        if bucket is None:
            self._make_room(now)
            bucket = self._buckets[person] = _Bucket(self._burst, now)
        self._refill(bucket, now)
        return bucket

    def _refill(self, bucket: _Bucket, now: dt.datetime) -> None:
        passed = max((now - bucket.at).total_seconds(), 0.0)  # a clock may be set back
        bucket.tokens = min(bucket.tokens + passed * self._per_second, self._burst)
        bucket.at = now

    def _make_room(self, now: dt.datetime) -> None:
        if len(self._buckets) < MOST:
            return
        for person, bucket in list(self._buckets.items()):
            self._refill(bucket, now)
            told = bucket.told_at is not None and now - bucket.told_at < BETWEEN_REFUSALS
            if bucket.tokens >= self._burst and not told:
                del self._buckets[person]
        while len(self._buckets) >= MOST:
            del self._buckets[next(iter(self._buckets))]
