"""Dates as people write them: '2008', '2008-10-22', 'yesterday', 'last week', 'October 2008'."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Span = tuple[int, int]  # first second, and the first second after; local time as if it were UTC, in Unix seconds

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DAY = timedelta(days=1)
_LATEST = datetime(9999, 12, 31, 23, 59, 59)

_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_SHAPES = (
    r"(?P<year>\d{4})",
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})",  # with dots everybody puts the day first
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})[t ]"
    r"(?P<hour>\d{1,2})(:(?P<minute>\d{2})(:(?P<second>\d{2}))?)?",
    rf"{_MONTH},? (?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})\.? {_MONTH},? (?P<year>\d{{4}})",
    rf"{_MONTH} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})",
)
_ABSOLUTE = tuple(re.compile(shape) for shape in _SHAPES)
_AGO = re.compile(r"(?P<count>\d{1,4}) (?P<unit>day|week|month|year)s? ago")
_LAST = re.compile(r"(last|past) (?P<count>\d{1,4}) (?P<unit>day|week|month|year)s?")
_THIS = re.compile(r"(?P<which>this|last) (?P<unit>week|month|year)")


def read_date(text: str, now: datetime) -> Span | None:
    """The time that is meant; None if it is no date.

    now: the local time, which 'yesterday' and the like are told from. Weeks start on Monday.
    """
    text = text.strip().lower()
    for shape in _ABSOLUTE:
        if match := shape.fullmatch(text):
            return _absolute(match)
    return _relative(re.sub(r"[-_\s]+", " ", text), now)


def day_text(seconds: int) -> str:
    """'2008-10-22'."""
    return moment_text(seconds)[:10]


def moment_text(seconds: int) -> str:
    """'2008-10-22 16:28:39'."""
    return str(datetime(1970, 1, 1) + timedelta(seconds=seconds))


def _absolute(match: re.Match[str]) -> Span | None:
    parts = match.groupdict()
    values = [int(parts["year"])]
    month = parts.get("month")
    if month is not None:
        number = _month(month)
        if number is None:
            return None
        values.append(number)
    for name in ("day", "hour", "minute", "second"):
        if parts.get(name) is not None:
            values.append(int(parts[name]))
    try:
        start = datetime(*(values + [1, 1][len(values) - 1 :]))  # type: ignore[arg-type]  # year, month and day at least
    except ValueError:  # there is no such day
        return None
    return _seconds(start), _seconds(_next(start, len(values)))


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    found = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(text) or text == name[:3] + "t"]
    return found[0] if len(found) == 1 else None


def _next(start: datetime, precision: int) -> datetime:
    """The moment after a year (precision 1), month (2), day, hour, minute or second (6)."""
    try:
        if precision <= 2:
            return _months_later(start, 12 if precision == 1 else 1)
        return start + (_DAY, timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))[precision - 3]
    except (ValueError, OverflowError):  # the end of the year 9999
        return _LATEST


def _months_later(start: datetime, months: int) -> datetime:
    years, month = divmod(start.month - 1 + months, 12)
    last_days = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return start.replace(year=start.year + years, month=month + 1, day=min(start.day, last_days[month]))


def _relative(text: str, now: datetime) -> Span | None:
    midnight = datetime(now.year, now.month, now.day)
    if text in ("today", "yesterday", "tomorrow"):
        start = midnight + timedelta(days=("yesterday", "today", "tomorrow").index(text) - 1)
        return _span(start, start + _DAY)
    for shape, read in _RELATIVE:
        if match := shape.fullmatch(text):
            try:
                return read(match.groupdict(), midnight)
            except (ValueError, OverflowError):  # before the year 1
                return None
    return None


def _ago(parts: dict[str, str], midnight: datetime) -> Span:
    start, length = _unit_start(_back(midnight, parts), parts["unit"])
    return _span(start, length(start))


def _last_few(parts: dict[str, str], midnight: datetime) -> Span:
    return _span(_back(midnight, parts), midnight + _DAY)


def _this(parts: dict[str, str], midnight: datetime) -> Span:
    earlier = {"count": "1" if parts["which"] == "last" else "0", "unit": parts["unit"]}
    start, length = _unit_start(_back(_unit_start(midnight, parts["unit"])[0], earlier), parts["unit"])
    return _span(start, length(start))


_RELATIVE: tuple[tuple[re.Pattern[str], Callable[[dict[str, str], datetime], Span]], ...] = (
    (_AGO, _ago),
    (_LAST, _last_few),
    (_THIS, _this),
)


def _back(moment: datetime, parts: dict[str, str]) -> datetime:
    count, unit = int(parts["count"]), parts["unit"]
    if unit in ("month", "year"):
        return _months_later(moment, -count * (12 if unit == "year" else 1))
    return moment - timedelta(days=count * (7 if unit == "week" else 1))


def _unit_start(moment: datetime, unit: str) -> tuple[datetime, Callable[[datetime], datetime]]:
    """When the day, week, month or year of this moment began, and what leads from there to its end."""
    if unit == "day":
        return moment, lambda start: start + _DAY
    if unit == "week":
        return moment - timedelta(days=moment.weekday()), lambda start: start + timedelta(days=7)
    if unit == "month":
        return moment.replace(day=1), lambda start: _months_later(start, 1)
    return moment.replace(month=1, day=1), lambda start: _months_later(start, 12)


def _span(start: datetime, end: datetime) -> Span:
    return _seconds(start), _seconds(end)


def _seconds(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp())
