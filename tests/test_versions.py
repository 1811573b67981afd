"""Versions of phases: a counter alone, or with the networks' weights."""

from __future__ import annotations

import json

from engines.versions import split, version_of

LABELS = "2b190845ba39fdbf3e2773f5ddfae53e466fae3738cee5129672d19448259ead"
OBJECTS = "c7c93aef76b2d3945d36a631a028ada0ad742040d17a9efbe0bde59375236dbb"


def test_a_phase_without_networks_keeps_its_number() -> None:
    assert version_of(3) == 3
    assert split(3) == (3, None)


def test_another_network_is_another_version() -> None:
    assert (
        len({version_of(1), version_of(1, [LABELS]), version_of(1, [OBJECTS]), version_of(1, [LABELS, OBJECTS])}) == 4
    )
    assert version_of(1, [LABELS]) != version_of(2, [LABELS])


def test_the_order_of_networks_does_not_matter() -> None:
    assert version_of(1, [LABELS, OBJECTS]) == version_of(1, [OBJECTS, LABELS, OBJECTS])


def test_the_parts_can_be_read_again() -> None:
    assert split(version_of(7, [LABELS])) == (7, "2b190845")
    assert split(version_of(2, ["00000000" + LABELS[8:]])) == (2, "00000000")


def test_programs_that_read_json_as_floats_get_the_same_number() -> None:
    assert float(version_of(2_000_000, [LABELS])) == version_of(2_000_000, [LABELS])
    assert json.loads(json.dumps(version_of(2_000_000, [LABELS])), parse_int=float) == version_of(2_000_000, [LABELS])
