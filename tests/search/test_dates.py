"""Dates as people write them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.search.dates import moment_text, read_date

NOW = datetime(2026, 3, 31, 15, 0)  # a Tuesday

SPANS = {
    "2008": ("2008-01-01 00:00:00", "2009-01-01 00:00:00"),
    "2008-02": ("2008-02-01 00:00:00", "2008-03-01 00:00:00"),
    "2008/12/31": ("2008-12-31 00:00:00", "2009-01-01 00:00:00"),
    "2008.2.29": ("2008-02-29 00:00:00", "2008-03-01 00:00:00"),
    "22.10.2008": ("2008-10-22 00:00:00", "2008-10-23 00:00:00"),
    "1. 2. 2008": ("2008-02-01 00:00:00", "2008-02-02 00:00:00"),
    "2008-10-22T16": ("2008-10-22 16:00:00", "2008-10-22 17:00:00"),
    "2008-10-22 16:59": ("2008-10-22 16:59:00", "2008-10-22 17:00:00"),
    "2008-10-22t16:28:39": ("2008-10-22 16:28:39", "2008-10-22 16:28:40"),
    "october 2008": ("2008-10-01 00:00:00", "2008-11-01 00:00:00"),
    "Sept. 2008": ("2008-09-01 00:00:00", "2008-10-01 00:00:00"),
    "22 Oct 2008": ("2008-10-22 00:00:00", "2008-10-23 00:00:00"),
    "Oct 22, 2008": ("2008-10-22 00:00:00", "2008-10-23 00:00:00"),
    "today": ("2026-03-31 00:00:00", "2026-04-01 00:00:00"),
    "Yesterday": ("2026-03-30 00:00:00", "2026-03-31 00:00:00"),
    "this week": ("2026-03-30 00:00:00", "2026-04-06 00:00:00"),
    "last_week": ("2026-03-23 00:00:00", "2026-03-30 00:00:00"),
    "last-month": ("2026-02-01 00:00:00", "2026-03-01 00:00:00"),
    "last year": ("2025-01-01 00:00:00", "2026-01-01 00:00:00"),
    "3 days ago": ("2026-03-28 00:00:00", "2026-03-29 00:00:00"),
    "1 month ago": ("2026-02-01 00:00:00", "2026-03-01 00:00:00"),
    "last 2 weeks": ("2026-03-17 00:00:00", "2026-04-01 00:00:00"),
    "past 6 months": ("2025-09-30 00:00:00", "2026-04-01 00:00:00"),
    "9999": ("9999-01-01 00:00:00", "9999-12-31 23:59:59"),
}


@pytest.mark.parametrize(("text", "ends"), SPANS.items())
def test_a_date_is_a_span_of_time(text: str, ends: tuple[str, str]) -> None:
    span = read_date(text, NOW)
    assert span is not None
    assert tuple(map(moment_text, span)) == ends


@pytest.mark.parametrize(
    "text",
    ["", "dog", "12:30", "08", "20081022", "2008-13", "10.22.2008", "2008-02-30", "2009-02-29", "2008-10-22T25",
     "0000", "ma 2008", "mayonnaise 2008", "last dog", "9999 years ago", "in 2008"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, NOW) is None


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=20), st.from_regex(r"\d{4}-\d{1,2}-\d{1,2}([ t]\d\d(:\d\d)?)?", fullmatch=True)),
    st.datetimes(),
)
def test_any_text_is_a_span_that_goes_forward_or_none(text: str, now: datetime) -> None:
    span = read_date(text, now)
    assert span is None or span[0] < span[1]
