from __future__ import annotations

import io
import struct
from typing import Any

import pytest

from engines.media.metadata import quicktime, video_words
from engines.media.metadata.merge import merge
from tests.media.metadata.making import Tags, box, text, tiff, video
from tests.media.metadata.making import xmp as packet

CREATED = 3_688_725_876  # 2020-11-20 14:04:36 UTC, in seconds since 1904


def values_of(data: bytes) -> dict[str, Any]:
    return {name: fact.value for name, fact in merge(quicktime.read(io.BytesIO(data))).items()}


def keys(values: dict[str, bytes], kind: int = 1) -> bytes:
    """QuickTime's 'meta' box with these keys and values."""
    names = b"".join(struct.pack(">I", len(name) + 8) + b"mdta" + name.encode() for name in values)
    items = b"".join(
        box(struct.pack(">I", number), box(b"data", struct.pack(">II", kind, 0) + value))
        for number, value in enumerate(values.values(), 1)
    )
    head = box(b"hdlr", b"\0" * 8 + b"mdta" + b"\0" * 13)
    return box(b"meta", head + box(b"keys", struct.pack(">II", 0, len(values)) + names) + box(b"ilst", items))


def apple(**values: str) -> bytes:
    return keys({f"com.apple.quicktime.{name.replace('_', '.')}": value.encode() for name, value in values.items()})


def test_what_an_iphone_writes_becomes_facts() -> None:
    data = video(
        apple(
            make="Apple",
            model="iPhone 6",
            software="12.3",
            creationdate="2019-07-24T11:25:40+0300",
            location_ISO6709="+32.0929+034.8620+028.516/",
            content_identifier="570F1469",
            title="Beach",
            keywords="sea,sand",
        ),
        created=CREATED,
    )
    assert values_of(data) == {
        "camera_make": "Apple",
        "camera_model": "iPhone 6",
        "camera": "Apple iPhone 6",
        "software": "12.3",
        "taken": "2019-07-24T11:25:40",
        "taken_offset_min": 180,
        "taken_field": "QuickTime creationdate",
        "latitude": 32.0929,
        "longitude": 34.862,
        "altitude_m": 28.52,
        "live_id": "570F1469",
        "title": "Beach",
        "keywords": ["sea", "sand"],
    }


def test_the_time_stamp_of_the_video_is_in_utc() -> None:
    values = values_of(video(created=CREATED))
    assert (values["taken"], values["taken_offset_min"]) == ("2020-11-20T14:04:36", 0)


@pytest.mark.parametrize("created", [0, 2_082_844_800, 1])
def test_an_unset_time_stamp_is_no_date(created: int) -> None:
    assert values_of(video(created=created)) == {}


def test_old_quicktime_texts_become_facts() -> None:
    def words(value: bytes) -> bytes:
        return struct.pack(">HH", len(value), 0x15C7) + value

    user_data = box(b"\xa9xyz", words(b"+51.4169-000.0806/")) + box(b"\xa9nam", words(b"Lunch"))
    assert values_of(video(box(b"udta", user_data))) == {"latitude": 51.4169, "longitude": -0.0806, "title": "Lunch"}


def test_itunes_texts_become_facts() -> None:
    item = box(b"\xa9nam", box(b"data", struct.pack(">II", 1, 0) + "Käfer".encode()))
    meta = box(b"meta", b"\0\0\0\0" + box(b"hdlr", b"\0" * 8 + b"mdir" + b"\0" * 13) + box(b"ilst", item))
    assert values_of(video(box(b"udta", meta))) == {"title": "Käfer"}


def test_3gp_texts_and_its_exact_position_become_facts() -> None:
    language = b"\0\0\0\0\x55\xc4"
    place = struct.pack(">iii", round(6.67609 * 65_536), round(-52.36929 * 65_536), round(10.5 * 65_536))
    user_data = (
        box(b"loci", language + b"home\0\0" + place + b"earth\0\0")
        + box(b"titl", language + b"Geese\0")
        + box(b"dscp", language + "\ufeffOn the río".encode("utf-16-be") + b"\0\0")
        + box(b"date", b"2020-11-20T15:04:02+0100\0")
    )
    values = values_of(video(box(b"udta", user_data), created=CREATED))
    assert values.pop("latitude") == pytest.approx(-52.36929, abs=1e-5)
    assert values.pop("longitude") == pytest.approx(6.67609, abs=1e-5)
    assert values == {
        "altitude_m": 10.5,
        "title": "Geese",
        "caption": "On the río",
        "taken": "2020-11-20T15:04:02",
        "taken_offset_min": 60,
        "taken_field": "3GPP date",
    }


def test_a_3gp_position_behind_a_wide_name_is_found() -> None:
    body = b"\0\0\0\0\x55\xc4" + "\ufeffhome\0".encode("utf-16-be") + b"\0" + struct.pack(">iii", 65_536, 131_072, 0)
    values = values_of(video(box(b"udta", box(b"loci", body))))
    assert (values["latitude"], values["longitude"]) == (2.0, 1.0)


@pytest.mark.parametrize(
    ("kind", "value", "rating"),
    [(21, b"\4", 4), (23, struct.pack(">f", 3.0), 3), (23, b"\0", None), (13, b"jpeg", None)],
)
def test_numbers_are_read_by_their_type(kind: int, value: bytes, rating: int | None) -> None:
    assert values_of(video(keys({"com.apple.quicktime.rating.user": value}, kind))).get("rating") == rating


def test_xmp_and_canon_s_exif_are_found() -> None:
    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    exif = box(b"uuid", canon + box(b"CMT1", tiff(Tags(first={0x110: text("QV-10")}))))
    adobe = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + packet(xmp_Rating="4"))
    assert values_of(video(exif, behind=adobe)) == {"camera_model": "QV-10", "camera": "QV-10", "rating": 4}


def test_a_year_alone_is_when_a_video_was_published() -> None:
    words = struct.pack(">HH", 4, 0x15C7) + b"2014"
    assert values_of(video(box(b"udta", box(b"\xa9day", words)))) == {}


def test_a_video_that_is_cut_short_gives_what_is_found() -> None:
    data = video(apple(make="Apple", model="iPhone 6"), created=CREATED)
    assert values_of(data[:140])["taken"] == "2020-11-20T14:04:36"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 64,
        b"\xff" * 64,
        box(b"moov", b"\0\0\0\1moov" + b"\xff" * 8),
        struct.pack(">I4sQ", 1, b"moov", 1 << 62),
        box(b"moov", b"") * 10_000,
    ],
)
def test_what_has_no_boxes_says_nothing(data: bytes) -> None:
    assert values_of(data) == {}


def test_tags_of_other_containers_become_facts() -> None:
    tags = {"TITLE": "Geese", "LOCATION": "+52.3693+006.6761+10.534988/", "ENCODER": "Lavf59.27.100", "ARTIST": "Ann"}
    facts = merge([video_words.claims(tags | {"creation_time": "2012-09-10 20:52:00"}, "container")])
    assert {name: fact.value for name, fact in facts.items()} == {
        "title": "Geese",
        "latitude": 52.3693,
        "longitude": 6.6761,
        "altitude_m": 10.53,
        "software": "Lavf59.27.100",
        "creator": "Ann",
        "taken": "2012-09-10T20:52:00",
        "taken_field": "container creation_time",
    }


@pytest.mark.parametrize(
    "tags", [{"date": "2012"}, {"creation_time": "1904-01-01T00:00:00Z"}, {"creation_time": "1946-02-03 01:00:00"}]
)
def test_dates_that_are_not_of_the_recording_are_ignored(tags: dict[str, str]) -> None:
    assert merge([video_words.claims(tags, "container")]) == {}
