"""When the items of a result were taken: bars of equal kinds of time, as wide as the result's span asks for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from engines.library.columns import Columns
from engines.search.ranking import Ids

LEAST_BARS, MOST_BARS = 12, 48  # in a sidebar of 280 px a bar is then 5 to 21 px wide
_SPANS = (10, 50, 100, 500)  # years of a bar where there are too many for one each; the last is enough for all
_LAST_YEAR = 9999
_EPOCH = datetime(1970, 1, 1)
_Step = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Bar:
    """What was taken from `first` until before `after`, local time. written: the span as a query writes it."""

    first: datetime
    after: datetime
    written: str
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bars, also those of nothing, without gaps. unit: 'hour', 'day', 'month', 'year' or 'decade'."""

    unit: str
    bars: tuple[Bar, ...] = ()

    def query(self, first: int, last: int) -> str:
        """A part of a query that finds what the bars from `first` to `last`, inclusive, hold."""
        low, high = self.bars[first].written, self.bars[last].written
        return f"date:{low}" if low == high else f"date:{low.partition('..')[0]}..{high.rpartition('..')[2]}"


def histogram(columns: Columns, ids: Ids) -> Histogram:
    """The bars for what of these has a date. 3 ms for 100,000."""
    taken = columns["taken_s"][ids]
    taken = np.sort(taken[columns.known("taken_s")[ids]])
    if not len(taken):
        return Histogram("year")
    low, high = (_EPOCH + timedelta(seconds=int(taken[place])) for place in (0, -1))
    unit, starts = _starts(low, high)
    edges = np.array([(start - _EPOCH).total_seconds() for start in starts])
    counts = np.diff(np.searchsorted(taken, edges))
    return Histogram(
        unit,
        tuple(
            Bar(first, after, _written(unit, first, after), int(count))
            for first, after, count in zip(starts, starts[1:], counts, strict=False)
        ),
    )


def _starts(low: datetime, high: datetime) -> tuple[str, list[datetime]]:
    """The finest unit of which few enough hold both, else decades, and where each begins and the last one ends."""
    for unit, begin, following in _UNITS:
        starts = [begin(low)]
        while starts[-1] <= high and len(starts) <= MOST_BARS:
            starts.append(_after(starts[-1], following))
        if starts[-1] > high:
            return unit, _widened(starts, begin, following)
    return "decade", _decades(low, high)


def _after(start: datetime, following: _Step) -> datetime:
    try:
        return following(start)
    except OverflowError:  # in the year 9999
        return datetime.max


def _widened(starts: list[datetime], begin: _Step, following: _Step) -> list[datetime]:
    """With some more on both sides where they are few, as far as there are dates."""
    with suppress(OverflowError, ValueError):
        while len(starts) <= LEAST_BARS:
            starts = [begin(starts[0] - timedelta(seconds=1)), *starts, following(starts[-1])]
    return starts


def _decades(low: datetime, high: datetime) -> list[datetime]:
    """Several of them to a bar where a wrong date lies centuries away."""
    for years in _SPANS:
        begins = range(low.year // years * years, high.year + years + 1, years)
        if len(begins) <= MOST_BARS + 1:
            break
    return [datetime(max(year, 1), 1, 1) if year <= _LAST_YEAR else datetime.max for year in begins]


def _written(unit: str, first: datetime, after: datetime) -> str:
    if unit != "decade":
        return _WRITTEN[unit](first)
    last = after.year if after == datetime.max else after.year - 1
    return f"{first.year:04}..{last:04}"


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0)


def _day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0)


def _month(moment: datetime) -> datetime:
    return _day(moment).replace(day=1)


def _year(moment: datetime) -> datetime:
    return _month(moment).replace(month=1)


_UNITS: tuple[tuple[str, _Step, _Step], ...] = (
    ("hour", _hour, lambda start: start + timedelta(hours=1)),
    ("day", _day, lambda start: start + timedelta(days=1)),
    ("month", _month, lambda start: _month(start + timedelta(days=31))),
    ("year", _year, lambda start: _year(start + timedelta(days=366))),
)

_WRITTEN: dict[str, Callable[[datetime], str]] = {
    "hour": lambda start: f"{start:%Y-%m-%dT%H}",
    "day": lambda start: f"{start:%Y-%m-%d}",
    "month": lambda start: f"{start:%Y-%m}",
    "year": lambda start: f"{start.year:04}",
}
