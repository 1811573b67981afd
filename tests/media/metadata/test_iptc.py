from __future__ import annotations

from typing import Any

import pytest

from engines.media.metadata import iptc
from engines.media.metadata.merge import merge
from tests.media.metadata.making import iptc_record as record
from tests.media.metadata.making import photoshop


def values_of(records: bytes) -> dict[str, Any]:
    return {name: fact.value for name, fact in merge([iptc.read(records)]).items()}


def test_what_agencies_write_becomes_facts() -> None:
    records = b"".join([
        record(5, b"Canyon"),
        record(120, b"Early winter"),
        record(25, b"utah"),
        record(25, b"winter"),
        record(55, b"20220110"),
        record(60, b"151544-0400"),
        record(80, b"Carol"),
        record(116, b"Public domain"),
        record(92, b"Viewpoint"),
        record(90, b"Thompson Springs"),
        record(95, b"Utah"),
        record(101, b"United States"),
        record(65, b"Capture One"),
    ])  # fmt: skip
    assert values_of(records) == {
        "title": "Canyon",
        "caption": "Early winter",
        "keywords": ["utah", "winter"],
        "taken": "2022-01-10T15:15:44",
        "taken_offset_min": -240,
        "taken_field": "IPTC DateCreated",
        "creator": "Carol",
        "copyright": "Public domain",
        "place": "Viewpoint, Thompson Springs, Utah, United States",
        "software": "Capture One",
    }


@pytest.mark.parametrize(
    ("charset", "encoding"), [(b"", "utf-8"), (b"", "cp1252"), (b"\x1b%G", "utf-8"), (b"\x1b.A", "latin-1")]
)
def test_text_is_read_in_its_encoding_declared_or_not(charset: bytes, encoding: str) -> None:
    declared = record(90, charset, record=1) if charset else b""
    assert values_of(declared + record(25, "Marienkäfer".encode(encoding))) == {"keywords": ["Marienkäfer"]}


def test_a_day_without_a_time_says_so() -> None:
    values = values_of(record(55, b"1962-05-04"))
    assert (values["taken"], values["taken_field"]) == ("1962-05-04T00:00:00", "IPTC DateCreated (day only)")


@pytest.mark.parametrize("date", [b"00000000", b"20221399", b"", b"2022", b"\xff" * 8])
def test_a_broken_date_costs_only_itself(date: bytes) -> None:
    assert values_of(record(55, date) + record(5, b"Canyon")) == {"title": "Canyon"}


def test_a_record_longer_than_the_block_ends_the_reading() -> None:
    assert values_of(record(5, b"Canyon") + b"\x1c\x02\x78\x7f\xff" + b"short") == {"title": "Canyon"}


def test_a_record_with_a_long_length_is_read() -> None:
    caption = b"a very long story " * 2_000
    records = b"\x1c\x02\x78\x80\x04" + len(caption).to_bytes(4, "big") + caption
    assert values_of(records)["caption"].startswith("a very long story")


def test_a_million_keywords_are_not_read_to_their_end() -> None:
    assert (
        len(values_of(record(25, b"k") + b"".join(record(25, b"%d" % number) for number in range(50_000)))["keywords"])
        <= 1_000
    )


def test_the_records_are_found_among_photoshop_s_blocks() -> None:
    assert iptc.find_records(photoshop(record(5, b"Canyon"))) == record(5, b"Canyon")


@pytest.mark.parametrize("resources", [b"", b"8BIM", b"8BIM\x04\x04", b"8BIM\x04\x04\xff" + b"a" * 20, b"junk"])
def test_blocks_that_break_off_hold_no_records(resources: bytes) -> None:
    assert iptc.find_records(resources) == b""
