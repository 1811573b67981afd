"""Dates in file names, as phones, messengers and screenshots write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from engines.media.metadata.dates import FIRST_DIGITAL_YEAR, DateClaim, Moment

_DAY = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<dash>[-_.]?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)"
# 'IMG_20190521_104552', 'PXL_20210516_192755123', 'photo_2019-05-21_10-45-52', 'Screenshot 2019-05-21 at 10.45.52',
# 'Screen Shot 2019-05-21 at 1.45.52 PM', 'Bildschirmfoto 2019-05-21 um 10.45.52', 'signal-2019-05-21-104552',
# 'BURST20190521104552'.
_WITH_TIME = re.compile(
    _DAY + r"(?:\D{1,3}|\s\D{1,10}\s|)(?P<hour>\d{1,2})(?P<colon>[-_.:]?)(?P<minute>\d\d)(?P=colon)(?P<second>\d\d)"
    r"(?:\d{3}(?!\d)|(?!\d))(?:[\s\u202f]?(?P<half>[AP])\.?M\b)?",
    re.ASCII | re.IGNORECASE,
)
_WITHOUT_TIME = re.compile(_DAY + r"(?!\d)", re.ASCII)
_IN_UTC = re.compile(r"PXL_", re.ASCII)  # Google's Pixel phones write UTC, all others the local time


def date_in(name: str, today: date | None = None) -> DateClaim | None:
    """The date in a file's name; None without one, or if it is before 1990 or in the future.

    A name that gives the day alone means its first moment. today: by the local calendar if not given; tomorrow counts
    too, because the picture may come from a place where it is tomorrow already.
    """
    last_day = (today or date.today()) + timedelta(days=1)
    for pattern in (_WITH_TIME, _WITHOUT_TIME):
        for match in pattern.finditer(name[:512]):
            moment = _moment(match, last_day)
            if moment is not None:
                return DateClaim("file name", moment, "file name")
    return None


def _moment(match: re.Match[str], last_day: date) -> Moment | None:
    parts = match.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        local = datetime(int(parts["year"]), int(parts["month"]), int(parts["day"]), hour, minute, second)
    except ValueError:
        return None
    if local.year < FIRST_DIGITAL_YEAR or local.date() > last_day:
        return None
    if "hour" not in parts:
        return Moment(local, certain_to="day")
    return Moment(local, 0 if _IN_UTC.match(match.string) else None)
