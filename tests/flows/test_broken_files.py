"""Broken, misnamed and hostile files: each ends in a state with a reason, and none takes the run along."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from engines.library.library import Library
from engines.types import State
from tests.flows.conftest import Imported
from tests.flows.labels import Label, read_labels

REJECTED = {State.CORRUPT, State.UNSUPPORTED, State.REFUSED}
DAMAGED = {State.PARTIAL, State.CORRUPT}
WHOLE = {State.OK}

# What the column `expect` of labels.csv means in states.
ALLOWED: dict[str, set[State]] = {
    "ok": WHOLE,
    "ok or partial": WHOLE | {State.PARTIAL},
    "ok, thumbnail at least 1 pixel high": WHOLE,
    "picture ok": WHOLE,
    "picture ok, EXIF ignored": WHOLE | {State.PARTIAL},  # bad_exif_1.jpg: its data end too early in every stripe
    "picture ok, date unknown": WHOLE,
    "picture ok, position ignored": WHOLE,
    "by content: JPEG": WHOLE,
    "by content: PNG": WHOLE,
    "by content: JPEG, or reject": WHOLE | REJECTED,
    "first shots play, then ends": WHOLE | {State.PARTIAL},
    "partial or reject": DAMAGED,
    "partial: upper part decodes, or reject": DAMAGED,
    "decodes with damage or reject": DAMAGED,
    "reject or recover": WHOLE | DAMAGED,
    "reject": REJECTED,
    "refuse": REJECTED,
    "refuse without exhausting memory": {State.REFUSED},
    "refuse or decode within limits": WHOLE | {State.REFUSED},
}
PEAK_MB = 1000  # three processes; the bar for 10,000 sound files is 1,500


@pytest.fixture(scope="module")
def labels(media_folder: Path) -> list[Label]:
    return read_labels(media_folder, "bad")


@pytest.fixture(scope="module")
def told(broken: Imported) -> dict[str, dict[str, Any]]:
    """By name: what the import said of the files that are not whole."""
    report = broken.report
    return {os.path.basename(one["path"]): one for one in [*report["failed"], *report["partial"]]}


def show(broken: Imported, name: str) -> Any:
    return broken.program.json("show", broken.folder / name)


def test_broken_files_do_not_fail_the_run(broken: Imported, labels: list[Label]) -> None:
    assert broken.ran.code == 0
    assert broken.report["examined"] == len(labels)


def test_every_broken_file_ends_as_it_is_expected(
    broken: Imported, labels: list[Label], told: dict[str, dict[str, Any]]
) -> None:
    states = {label.name: told.get(label.name, {"code": "ok"})["code"] for label in labels}
    unexpected = {
        label.name: (label.expect, states[label.name])
        for label in labels
        if states[label.name] not in ALLOWED[label.expect]
    }
    assert unexpected == {}


def test_every_reason_is_one_sentence_that_names_the_file(told: dict[str, dict[str, Any]]) -> None:
    poor = [
        one["text"]
        for name, one in told.items()
        if name not in one["text"] or not one["text"].endswith(".") or "\n" in one["text"] or ". " in one["text"]
    ]
    assert poor == []


def test_status_repeats_the_reasons(broken: Imported, told: dict[str, dict[str, Any]]) -> None:
    failures = broken.program.json("status")["failures"]
    assert {os.path.basename(one["path"]): (one["code"], one["text"]) for one in failures} == {
        name: (one["code"], one["text"]) for name, one in told.items()
    }


def test_broken_files_cost_little_memory(broken: Imported) -> None:
    assert broken.report["peak_memory_mb"] < PEAK_MB


@pytest.mark.parametrize(
    ("name", "form"),
    [("png_named.jpg", "png"), ("jpeg_named.png", "jpeg"), ("jpeg_named.heic", "jpeg"), ("jpeg_named.nef", "jpeg")],
)
def test_content_decides_what_a_file_is(broken: Imported, name: str, form: str) -> None:
    assert show(broken, name)["files"][0]["format"] == form


def test_a_position_that_is_not_on_earth_is_ignored(broken: Imported) -> None:
    facts = show(broken, "bad_gps_out_of_range.jpg")["facts"]
    assert "latitude" not in facts
    assert facts["taken"].startswith("2022-04-24T10:35:53")


def test_a_date_of_zeros_is_no_date(broken: Imported) -> None:
    assert "taken" not in show(broken, "bad_date_zero.jpg")["facts"]


def test_a_strip_of_a_picture_has_a_thumbnail(broken: Imported) -> None:
    digest = bytes.fromhex(show(broken, "extreme_aspect.jpg")["files"][0]["digest"])
    with Library(broken.program.library, writable=False) as library:
        small = library.thumbnails.get(digest)
    assert small is not None
    assert (small.width, small.height) == (512, 1)


def test_broken_files_are_not_examined_again(broken: Imported, labels: list[Label]) -> None:
    again = broken.program.json("import", broken.folder)
    assert (again["unchanged"], again["examined"]) == (len(labels), 0)


def test_a_library_of_broken_files_is_whole(broken: Imported) -> None:
    assert broken.program.json("check") == {"whole": True, "findings": []}
