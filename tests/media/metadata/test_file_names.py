from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.media.metadata import dates
from engines.media.metadata.file_names import date_in

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("name", "taken", "offset_min"),
    [
        ("IMG_20190521_104552.jpg", "2019-05-21T10:45:52", None),
        ("IMG_20190521_104552_1.jpg", "2019-05-21T10:45:52", None),
        ("20190521_104552(0).jpg", "2019-05-21T10:45:52", None),
        ("PXL_20210516_192755123.MP.jpg", "2021-05-16T19:27:55", 0),
        ("VID_20190521_104552.mp4", "2019-05-21T10:45:52", None),
        ("00001IMG_00001_BURST20190521104552123_COVER.jpg", "2019-05-21T10:45:52", None),
        ("Screenshot 2019-05-21 at 10.45.52.png", "2019-05-21T10:45:52", None),
        ("Screen Shot 2019-05-21 at 1.45.52 PM.png", "2019-05-21T13:45:52", None),
        ("Screenshot 2023-05-21 at 12.05.52\u202fAM.png", "2023-05-21T00:05:52", None),
        ("Screenshot_20190521-104552_Maps.jpg", "2019-05-21T10:45:52", None),
        ("Screenshot_2019-05-21-10-45-52-123_com.app.png", "2019-05-21T10:45:52", None),
        ("Bildschirmfoto 2019-05-21 um 10.45.52.png", "2019-05-21T10:45:52", None),
        ("Capture d\u2019écran 2019-05-21 à 10.45.52.png", "2019-05-21T10:45:52", None),
        ("WhatsApp Image 2019-05-21 at 10.45.52.jpeg", "2019-05-21T10:45:52", None),
        ("2019-05-21 10.45.52.jpg", "2019-05-21T10:45:52", None),
        ("signal-2019-05-21-104552.jpg", "2019-05-21T10:45:52", None),
        ("photo_2019-05-21_10-45-52.jpg", "2019-05-21T10:45:52", None),
        ("WIN_20190521_10_45_52_Pro.jpg", "2019-05-21T10:45:52", None),
        ("2019-05-21T10-45-52.jpg", "2019-05-21T10:45:52", None),
        ("IMG-20190521-WA0001.jpg", "2019-05-21T00:00:00", None),
        ("2019-05-21 Lisbon 12.jpg", "2019-05-21T00:00:00", None),
        ("scan_2019.05.21.tif", "2019-05-21T00:00:00", None),
    ],
)
def test_dates_are_found_in_names(name: str, taken: str, offset_min: int | None) -> None:
    claim = date_in(name, TODAY)
    assert claim is not None
    assert (dates.spell(claim.moment.local), claim.moment.offset_min) == (taken, offset_min)


@pytest.mark.parametrize(
    "name",
    [
        "IMG_4120.JPG",
        "DSC_20191399.jpg",
        "20260603_100000.jpg",  # the day after tomorrow
        "19700101_000000.jpg",
        "1558428352123.jpg",
        "120190521104552.jpg",
        "8413000065504.png",
        "photo 1920x1080.png",
        "\udcff\udcfe.jpg",
        "",
    ],
)
def test_numbers_that_are_no_dates_are_left_alone(name: str) -> None:
    assert date_in(name, TODAY) is None


def test_tomorrow_counts_because_it_has_begun_elsewhere() -> None:
    assert date_in("20260602_010000.jpg", TODAY) is not None


@given(st.text(max_size=60))
def test_any_name_is_taken(name: str) -> None:
    claim = date_in(name, TODAY)
    assert claim is None or claim.moment.local.date() <= date(2026, 6, 2)
