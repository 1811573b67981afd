from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.media.metadata import dates
from engines.media.metadata.dates import DateClaim, Moment, choose, parse_date, parse_offset, spell, zone_between

NOON = datetime(2019, 5, 21, 12, 0, 0)


@pytest.mark.parametrize(
    ("text", "local", "offset_min", "certain_to"),
    [
        ("2008:10:22 16:28:39", datetime(2008, 10, 22, 16, 28, 39), None, "second"),
        ("2008:10:22 16:28:39.25", datetime(2008, 10, 22, 16, 28, 39, 250000), None, "second"),
        ("2008-10-22T16:28:39+02:00", datetime(2008, 10, 22, 16, 28, 39), 120, "second"),
        ("2019-07-24T11:25:40+0300", datetime(2019, 7, 24, 11, 25, 40), 180, "second"),
        ("2021-05-16T19:27:55Z", datetime(2021, 5, 16, 19, 27, 55), 0, "second"),
        ("2021-05-16T19:27:55.000000Z", datetime(2021, 5, 16, 19, 27, 55), 0, "second"),
        ("2008/10/22 16:28", datetime(2008, 10, 22, 16, 28), None, "second"),
        ("2007: 9: 3 16: 3:45", datetime(2007, 9, 3, 16, 3, 45), None, "second"),
        ("2008:10:22 16:28:39\0", datetime(2008, 10, 22, 16, 28, 39), None, "second"),
        ("2008-10-22", datetime(2008, 10, 22), None, "day"),
        ("1962-05", datetime(1962, 5, 1), None, "month"),
        ("1962", datetime(1962, 1, 1), None, "year"),
        ("Mon, 10 Sep 2012 20:52:00 +0200", datetime(2012, 9, 10, 20, 52), 120, "second"),
        ("Mon Sep 10 20:52:00 2012", datetime(2012, 9, 10, 20, 52), None, "second"),
    ],
)
def test_every_spelling_of_a_date_is_understood(
    text: str, local: datetime, offset_min: int | None, certain_to: str
) -> None:
    moment = parse_date(text)
    assert moment is not None
    assert (moment.local, moment.offset_min, moment.certain_to) == (local, offset_min, certain_to)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "    :  :     :  :  ",
        "0000:00:00 00:00:00",
        "2008:13:22 16:28:39",
        "2009:02:29 10:00:00",
        "2008:10:22 25:00:00",
        "1970:01:01 00:00:00",
        "1904-01-01T00:00:00Z",
        "1980:01:01 00:00:00",
        "1700:01:01 10:00:00",
        "yesterday",
        "20",
        "99999999999999999999",
        "\u0662\u0660\u0660\u0668:10:22 16:28:39",  # Arabic digits
    ],
)
def test_what_is_no_date_or_an_unset_clock_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or moment.local.year >= dates.FIRST_YEAR


@given(st.datetimes(datetime(1826, 1, 1), datetime(2999, 12, 31)))
def test_what_is_spelt_is_read_as_the_same_moment(local: datetime) -> None:
    moment = parse_date(spell(local))
    assert moment is None or moment.local == local


@pytest.mark.parametrize(
    ("text", "offset_min"),
    [
        ("+02:00", 120),
        ("-0330", -210),
        ("+9", 540),
        ("Z", 0),
        (" +05:45 ", 345),
        ("", None),
        ("+15:00", None),
        ("CET", None),
    ],
)
def test_offsets_of_zones_are_minutes_east_of_utc(text: str, offset_min: int | None) -> None:
    assert parse_offset(text) == offset_min


@pytest.mark.parametrize(
    ("seconds_1904", "local"),
    [
        (3_688_725_876, datetime(2020, 11, 20, 14, 4, 36)),
        (1_605_881_076, datetime(2020, 11, 20, 14, 4, 36)),  # counted from 1970 by mistake
        (0, None),
        (2_082_844_800, None),
        (2**63, None),
    ],
)
def test_time_stamps_of_videos_count_from_1904_unless_unset(seconds_1904: int, local: datetime | None) -> None:
    moment = dates.from_1904(seconds_1904)
    assert (moment.local if moment else None) == local


@pytest.mark.parametrize(
    ("utc", "offset_min"),
    [
        (datetime(2019, 5, 21, 10, 0, 0), 120),
        (datetime(2019, 5, 21, 9, 58, 40), 120),  # the camera is 80 seconds fast
        (datetime(2019, 5, 21, 6, 15, 0), 345),  # Nepal
        (datetime(2019, 5, 21, 11, 45, 0), None),  # no zone is a quarter of an hour from UTC: the fix is old
        (datetime(2019, 5, 21, 9, 50, 0), None),
        (datetime(2019, 5, 20, 10, 0, 0), None),
    ],
)
def test_only_a_difference_that_is_a_zone_of_the_earth_tells_the_zone(utc: datetime, offset_min: int | None) -> None:
    assert zone_between(NOON, utc) == offset_min


def test_the_earlier_field_wins() -> None:
    digitised = DateClaim("EXIF DateTimeDigitized", Moment(NOON), "exif")
    created = DateClaim("XMP photoshop:DateCreated", Moment(datetime(1962, 1, 1)), "xmp")
    assert choose([digitised, created]) == created


def test_a_missing_zone_comes_from_another_field_with_the_same_local_time() -> None:
    original = DateClaim("EXIF DateTimeOriginal", Moment(NOON.replace(microsecond=250_000)), "exif")
    created = DateClaim("IPTC DateCreated", Moment(NOON, -240), "iptc")
    best = choose([created, original])
    assert best is not None
    assert (best.field, best.moment.offset_min) == ("EXIF DateTimeOriginal", -240)


def test_a_zone_does_not_come_from_a_field_with_another_time() -> None:
    original = DateClaim("EXIF DateTimeOriginal", Moment(NOON), "exif")
    other = DateClaim("IPTC DateCreated", Moment(NOON.replace(hour=13), -240), "iptc")
    best = choose([other, original])
    assert best is not None
    assert best.moment.offset_min is None


@pytest.mark.parametrize(
    ("local", "text"),
    [
        (datetime(2008, 10, 22, 16, 28, 39), "2008-10-22T16:28:39"),
        (datetime(2008, 10, 22, 16, 28, 39, 250_000), "2008-10-22T16:28:39.25"),
    ],
)
def test_moments_are_spelt_with_fractions_only_where_there_are_some(local: datetime, text: str) -> None:
    assert spell(local) == text
