"""IPTC-IIM: the records that agencies and older programs write, in Photoshop's resource blocks or in a TIFF tag."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engines.media.metadata import dates, text
from engines.media.metadata.merge import Claims, given

_RESOURCE, _IIM_RESOURCE = b"8BIM", 0x0404
_TAG_MARKER = 0x1C
_MAX_RECORDS = 10_000
_CHARSET = (1, 90)
_UTF8 = b"\x1b%G"  # ISO 2022's 'what follows is UTF-8'
# Of record 2, the application record.
_TITLE, _URGENT_KEYWORDS, _CREATED_DATE, _CREATED_TIME = 5, 25, 55, 60
_DIGITISED_DATE, _DIGITISED_TIME, _PROGRAM, _BY_LINE = 62, 63, 65, 80
_CITY, _SUBLOCATION, _STATE, _COUNTRY, _HEADLINE, _COPYRIGHT, _CAPTION = 90, 92, 95, 101, 105, 116, 120

_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{2}):?(\d{2}):?(\d{2})\s*([+-]\d{2}:?\d{2})?", re.ASCII)


def find_records(resources: bytes) -> bytes:
    """The IIM records among Photoshop's resource blocks (a JPEG's APP13 segments joined, without their first line)."""
    place = 0
    while resources[place : place + 4] == _RESOURCE and place + 12 <= len(resources):
        number = int.from_bytes(resources[place + 4 : place + 6], "big")
        name_size = resources[place + 6] + 1
        start = place + 6 + name_size + name_size % 2
        size = int.from_bytes(resources[start : start + 4], "big")
        if number == _IIM_RESOURCE:
            return resources[start + 4 : start + 4 + size]
        place = start + 4 + size + size % 2
    return b""


def read(records: bytes) -> Claims:
    """What the records say; those behind a broken one are lost."""
    found: dict[int, list[bytes]] = {}
    utf8 = False
    for record, number, value in _records(records):
        if (record, number) == _CHARSET:
            utf8 = value == _UTF8
        elif record == 2:
            found.setdefault(number, []).append(value)
    words = {number: [_decode(value, utf8=utf8) for value in values] for number, values in found.items()}
    first = {number: values[0] for number, values in words.items()}
    places = [first.get(number, "") for number in (_SUBLOCATION, _CITY, _STATE, _COUNTRY)]
    values = {
        "title": text.title(first.get(_TITLE, "")) or text.title(first.get(_HEADLINE, "")),
        "caption": text.caption(first.get(_CAPTION, "")),
        "keywords": text.keywords(words.get(_URGENT_KEYWORDS, ())),
        "creator": text.joined(words.get(_BY_LINE, ())),
        "copyright": text.line(first.get(_COPYRIGHT, "")),
        "software": text.line(first.get(_PROGRAM, "")),
        "place": text.joined(places),
    }
    pairs = (
        ("IPTC DateCreated", first.get(_CREATED_DATE, ""), first.get(_CREATED_TIME, "")),
        ("IPTC DigitalCreationDate", first.get(_DIGITISED_DATE, ""), first.get(_DIGITISED_TIME, "")),
    )
    return Claims("iptc", given(values), tuple(claim for pair in pairs for claim in _date(*pair)))


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Record number, dataset number, value. Ends at what is no record."""
    place = 0
    for _ in range(_MAX_RECORDS):
        if place + 5 > len(data) or data[place] != _TAG_MARKER:
            return
        record, number = data[place + 1], data[place + 2]
        size = int.from_bytes(data[place + 3 : place + 5], "big")
        place += 5
        if size & 0x8000:  # the size itself is that many bytes long
            width = size & 0x7FFF
            size = int.from_bytes(data[place : place + min(width, 8)], "big")
            place += width
        if place + size > len(data):
            return
        yield record, number, data[place : place + size]
        place += size


def _decode(value: bytes, *, utf8: bool) -> str:
    """Declared or not, text is tried as UTF-8 first: few writers declare it."""
    value = value[: 4 * text.TEXT_LENGTH]
    return value.decode("utf-8", errors="replace") if utf8 else text.decode(value)


def _date(field: str, date: str, time: str) -> Iterator[dates.DateClaim]:
    """From IPTC's '20080529' and '163012+0200'; other programs write hyphens and colons too."""
    day, clock = _DATE.match(date), _TIME.match(time)
    if day is None:
        return
    spelt = "-".join(day.groups())
    if clock:
        spelt += f" {clock[1]}:{clock[2]}:{clock[3]}{clock[4] or ''}"
    if moment := dates.parse_date(spelt):
        yield dates.DateClaim(field, moment, "iptc")
