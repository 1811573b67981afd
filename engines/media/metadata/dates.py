"""When a picture was taken: dates in all the spellings that files use, and which of several to believe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import Literal

# The moment of the picture first, then that of its digital copy, then what may be the moment of an edit, then guesses.
FIELDS = (
    "EXIF DateTimeOriginal",
    "XMP exif:DateTimeOriginal",
    "XMP photoshop:DateCreated",
    "IPTC DateCreated",
    "QuickTime creationdate",
    "3GPP date",
    "EXIF DateTimeDigitized",
    "XMP xmp:CreateDate",
    "IPTC DigitalCreationDate",
    "PNG Creation Time",
    "container creation_time",
    "container date",
    "file name",
)

Precision = Literal["year", "month", "day", "second"]

FIRST_YEAR = 1826  # of the oldest photograph: scans are dated back
FIRST_DIGITAL_YEAR = 1990  # earlier dates in a container or a camera's file name are unset clocks
_UNSET = {datetime(1904, 1, 1), datetime(1970, 1, 1), datetime(1980, 1, 1)}  # zero to QuickTime, Unix and FAT
_SECONDS_1904_TO_1970 = 2_082_844_800

# The zones of the earth that are no whole hours, in minutes east of UTC (IANA time zone data, summer time included).
_BROKEN_ZONES = {-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825}
_ZONES = {*range(-720, 841, 60), *_BROKEN_ZONES}
_CLOCK_DRIFT_S = 120  # a camera's clock drifts by about a minute in a month; wider would find zones in stale GPS fixes

_DATE = re.compile(
    r"\s*(\d{4})(?:[:/.\-]\s?(\d{1,2})(?:[:/.\-]\s?(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):\s?(\d{1,2})(?::\s?(\d{1,2})(?:[.,](\d{1,9}))?)?)?)?)?"
    r"\s*(Z|UTC|[+-]\d{1,2}(?::?\d{2})?)?\s*",
    re.ASCII,
)
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A local date and time without zone, and the zone's offset east of UTC in minutes where it is known.

    certain_to: what is missing below is filled up with the earliest.
    """

    local: datetime
    offset_min: int | None = None
    certain_to: Precision = "second"


@dataclass(frozen=True, slots=True)
class DateClaim:
    """What one of FIELDS says. source: as in facts.PRECEDENCE."""

    field: str
    moment: Moment
    source: str


def parse_date(text: str) -> Moment | None:
    """The moment that a text means; None if it means none, is no date of the calendar, or an unset clock's.

    Spellings: '2008:10:22 16:28:39.25', '2019-05-21T10:45+02:00', '2019/05/21', '1962-05', '1962', and those of e-mail:
    'Mon, 10 Sep 2012 20:52:00 +0200'.
    """
    match = _DATE.fullmatch(text[:64].replace("\0", " "))
    if match is None:
        return _parse_mail_date(text[:64])
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    certain_to: Precision = "second" if hour else "day" if day else "month" if month else "year"
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    day_parts = (int(year), int(month or 1), int(day or 1))
    time_parts = (int(hour or 0), int(minute or 0), int(second or 0), microsecond)
    return _moment(day_parts, time_parts, parse_offset(zone or ""), certain_to)


def parse_offset(text: str) -> int | None:
    """Minutes east of UTC in a text such as '+02:00', '-0330', '+9' or 'Z'; None if it has no zone of the earth."""
    text = text.strip()
    if text in ("Z", "UTC"):
        return 0
    if not (match := _OFFSET.fullmatch(text)):
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    offset = -minutes if match[1] == "-" else minutes
    return offset if -720 <= offset <= 840 else None


def from_1904(seconds: int) -> Moment | None:
    """The moment of a QuickTime or MP4 time stamp (seconds since 1904 in UTC); None for zero and other unset clocks.

    Some writers count from 1970 by mistake: what would lie before 1970 is taken as theirs.
    """
    if seconds >= _SECONDS_1904_TO_1970:
        seconds -= _SECONDS_1904_TO_1970
    try:
        moment = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return None
    return Moment(moment, 0) if moment.year >= FIRST_DIGITAL_YEAR else None


def zone_between(local: datetime, utc: datetime) -> int | None:
    """The zone's offset in minutes that explains a clock's difference from UTC; None if no zone does."""
    difference_s = (local - utc).total_seconds()
    nearest = round(difference_s / 900) * 15
    return nearest if nearest in _ZONES and abs(difference_s - nearest * 60) <= _CLOCK_DRIFT_S else None


def choose(claims: Iterable[DateClaim]) -> DateClaim | None:
    """The claim of the most trustworthy field; a missing zone comes from another claim of the same local time."""
    ranked = sorted(claims, key=lambda claim: FIELDS.index(claim.field))
    if not ranked:
        return None
    best = ranked[0]
    if best.moment.offset_min is None:
        same = (claim.moment for claim in ranked if abs(claim.moment.local - best.moment.local) < timedelta(seconds=1))
        offset = next((moment.offset_min for moment in same if moment.offset_min is not None), None)
        return replace(best, moment=replace(best.moment, offset_min=offset))
    return best


def spell(local: datetime) -> str:
    """ISO 8601 without zone; fractions of a second only where there are any, such as '2008-10-22T16:28:39.25'."""
    text = local.isoformat()
    return text.rstrip("0") if local.microsecond else text


def _parse_mail_date(text: str) -> Moment | None:
    """The form of RFC 5322 and of C's asctime."""
    try:
        parts = parsedate_tz(text)
    except (ValueError, OverflowError, IndexError):
        return None
    if parts is None:
        return None
    last_word = text.split()[-1]
    # The standard library calls a missing zone UTC.
    offset_min = None if ":" in last_word or last_word.isdigit() else (parts[9] or 0) // 60
    return _moment(parts[:3], (*parts[3:6], 0), offset_min)


def _moment(
    day: tuple[int, int, int],
    clock: tuple[int, int, int, int],
    offset_min: int | None,
    certain_to: Precision = "second",
) -> Moment | None:
    hour, minute, second, microsecond = clock
    try:
        local = datetime(*day, hour, minute, second, microsecond)
    except (ValueError, OverflowError):
        return None
    if local.year < FIRST_YEAR or local in _UNSET:
        return None
    return Moment(local, offset_min, certain_to)
