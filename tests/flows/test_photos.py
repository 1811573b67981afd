"""From a folder of real photos to facts, hits and files that others can read; every command in a process of its own."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from engines.command_line import main
from tests.flows.conftest import Imported
from tests.flows.labels import Label, read_labels
from tests.flows.making import make_photo
from tests.program import Program

Record = dict[str, Any]
DEGREES = 1e-6  # 0.1 m
# Fields that exiftool's "taken" does not mean, but that tell a date where there is no better one.
SECOND_BEST = {"EXIF DateTime", "XMP xmp:CreateDate", "file name"}


@pytest.fixture(scope="module")
def labels(media_folder: Path) -> list[Label]:
    return read_labels(media_folder, "photos")


@pytest.fixture(scope="module")
def shown(photos: Imported, labels: list[Label]) -> dict[str, Record]:
    """What `show --json` says of every photo; in this process, for starting 134 takes a minute."""
    return {label.name: _show(photos, label.name) for label in labels}


def _show(photos: Imported, name: str) -> Record:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(["--library", str(photos.program.library), "show", str(photos.folder / name), "--json"]) == 0
    record: Record = json.loads(out.getvalue())
    return record


def wrong(
    labels: list[Label], shown: dict[str, Record], said: Callable[[Label], Any], known: Callable[[Record], Any]
) -> dict[str, tuple[Any, Any]]:
    """By name: what the label says and what the library knows, where they differ."""
    pairs = {label.name: (said(label), known(shown[label.name])) for label in labels}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def fact(name: str) -> Callable[[Record], Any]:
    return lambda record: record["facts"].get(name)


def test_every_photo_comes_in_whole(photos: Imported, labels: list[Label]) -> None:
    assert photos.ran.code == 0
    assert (photos.report["added"], photos.report["examined"]) == (len(labels), len(labels))
    assert (photos.report["failed"], photos.report["partial"], photos.report["notices"]) == ([], [], [])
    assert photos.program.json("status")["files"] == {"ok": len(labels), "total": len(labels)}


def test_an_import_tells_how_fast_each_phase_was(photos: Imported, labels: list[Label]) -> None:
    speeds = {phase["name"]: phase for phase in photos.report["phases"]}
    assert {"read", "decode", "thumbnail", "metadata", "content"} <= set(speeds)
    assert {speed["files"] for speed in speeds.values()} == {len(labels)}
    assert all(speed["seconds"] > 0 and speed["per_second"] > 0 for speed in speeds.values())


def test_stored_sizes_are_those_of_the_labels(labels: list[Label], shown: dict[str, Record]) -> None:
    stored = lambda record: (record["facts"].get("stored_width"), record["facts"].get("stored_height"))  # noqa: E731
    assert wrong(labels, shown, lambda label: (label.width, label.height), stored) == {}


def test_orientations_are_those_of_the_labels(labels: list[Label], shown: dict[str, Record]) -> None:
    assert wrong(labels, shown, lambda label: label.orientation, fact("exif_orientation")) == {}


def test_dates_are_those_of_the_labels(labels: list[Label], shown: dict[str, Record]) -> None:
    """To the second: the labels leave out fractions that are stored in a field of their own."""

    def said(label: Label) -> datetime | None:
        return label.taken and label.taken.replace(microsecond=0)

    def known(record: Record) -> datetime | None:
        facts = record["facts"]
        if facts.get("taken_field", "") in {"", *SECOND_BEST}:
            return None
        return datetime.fromisoformat(facts["taken"]).replace(microsecond=0)

    assert wrong(labels, shown, said, known) == {}


def test_fractions_of_seconds_are_those_of_the_labels(labels: list[Label], shown: dict[str, Record]) -> None:
    exact = [label for label in labels if label.taken and label.taken.microsecond]
    assert len(exact) > 1
    for label in exact:
        assert datetime.fromisoformat(shown[label.name]["facts"]["taken"]) == label.taken


def test_zones_are_those_of_the_labels(labels: list[Label], shown: dict[str, Record]) -> None:
    zoned = [label for label in labels if label.offset_min is not None]
    assert len(zoned) > 3
    assert wrong(zoned, shown, lambda label: label.offset_min, fact("taken_offset_min")) == {}


def test_positions_are_those_of_the_labels(labels: list[Label], shown: dict[str, Record]) -> None:
    misplaced = {}
    for label in labels:
        facts = shown[label.name]["facts"]
        position = (facts["latitude"], facts["longitude"]) if "latitude" in facts else None
        if position != (pytest.approx(label.position, abs=DEGREES) if label.position else None):
            misplaced[label.name] = (label.position, position)
    assert misplaced == {}


def test_cameras_are_those_of_the_labels(labels: list[Label], shown: dict[str, Record]) -> None:
    """The label is maker and model as stored; ours has the model so too, and the maker as people say it."""
    misnamed = {}
    for label in labels:
        facts = shown[label.name]["facts"]
        model, camera = facts.get("camera_model"), facts.get("camera")
        fits = model is not None and label.camera.endswith(f" {model}") and camera.casefold().endswith(model.casefold())
        if not fits if label.camera else camera:
            misnamed[label.name] = (label.camera, model, camera)
    assert misnamed == {}


def test_formats_are_those_of_the_labels(labels: list[Label], shown: dict[str, Record]) -> None:
    formats = lambda record: record["files"][0]["format"]  # noqa: E731
    assert wrong(labels, shown, lambda label: label.format, formats) == {}


def test_every_phase_is_done_for_every_photo(shown: dict[str, Record]) -> None:
    undone = {
        name: record["phases"]
        for name, record in shown.items()
        if {phase["state"] for phase in record["phases"]} != {"done"}
    }
    assert undone == {}


def test_a_search_by_position_and_date_finds_exactly_what_the_labels_say(photos: Imported, labels: list[Label]) -> None:
    wanted = {label.name for label in labels if label.position and label.taken and label.taken.year >= 2008}
    found = photos.program.json("search", "has:gps date:2008..", "--limit", "1000")
    assert len(wanted) > 10
    assert {os.path.basename(hit["path"]) for hit in found["hits"]} == wanted


def test_every_hit_says_why_it_is_one(photos: Imported) -> None:
    hits = photos.program.json("search", "china type:photo")["hits"]
    assert [os.path.basename(hit["path"]) for hit in hits] == ["china.jpg"]
    assert hits[0]["kind"] == "photo"
    assert "name" in [reason["signal"] for reason in hits[0]["reasons"]]


def test_several_queries_are_answered_line_by_line(photos: Imported) -> None:
    ran = photos.program("search", "-", "--json", input=b"china\ncamera:nikon\n")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["query"] for answer in answers] == ["china", "camera:nikon"]
    assert all(answer["hits"] for answer in answers)


def test_a_second_import_does_nothing(photos: Imported, labels: list[Label]) -> None:
    again = photos.program.json("import", photos.folder)
    counts = [again[name] for name in ("added", "changed", "unchanged", "missing", "examined")]
    assert counts == [0, 0, len(labels), 0, 0]


def test_show_for_people_names_the_facts(photos: Imported) -> None:
    text = photos.program("show", photos.folder / "DSCN0010.jpg").out
    assert all(part in text for part in ("photo, ok", "Nikon COOLPIX P6000", "2008-10-22T16:28:39", "(exif)"))


def exported(photos: Imported, path: Path, *query: str) -> str:
    ran = photos.program("export", *query, "-o", path)
    assert (ran.code, ran.out) == (0, ""), ran.err
    return path.read_text("utf-8")


def test_an_export_to_json_says_what_show_says(photos: Imported, shown: dict[str, Record], tmp_path: Path) -> None:
    records = json.loads(exported(photos, tmp_path / "all.json"))
    assert {os.path.basename(record["path"]): record for record in records} == shown


def test_an_export_to_json_lines_says_the_same(photos: Imported, shown: dict[str, Record], tmp_path: Path) -> None:
    lines = exported(photos, tmp_path / "all.jsonl").splitlines()
    assert {os.path.basename(json.loads(line)["path"]): json.loads(line) for line in lines} == shown


def test_an_export_to_csv_has_a_line_for_every_fact(photos: Imported, shown: dict[str, Record], tmp_path: Path) -> None:
    rows = csv.DictReader(io.StringIO(exported(photos, tmp_path / "all.csv")))
    facts = {(os.path.basename(row["path"]), row["fact"]): (row["value"], row["origin"]) for row in rows}
    for name, record in shown.items():
        assert {fact for photo, fact in facts if photo == name} - {"tag", "object"} == set(record["facts"])
    assert facts["DSCN0010.jpg", "camera"] == ("Nikon COOLPIX P6000", "exif")
    assert float(facts["DSCN0010.jpg", "latitude"][0]) == shown["DSCN0010.jpg"]["facts"]["latitude"]


def test_an_export_can_be_narrowed(photos: Imported, tmp_path: Path) -> None:
    records = json.loads(exported(photos, tmp_path / "some.json", "china"))
    assert [os.path.basename(record["path"]) for record in records] == ["china.jpg"]


def test_a_whole_library_has_no_findings(photos: Imported) -> None:
    assert photos.program.json("check") == {"whole": True, "findings": []}


def test_status_lists_phases_and_runs(photos: Imported, labels: list[Label]) -> None:
    status = photos.program.json("status")
    for phase in status["phases"]:
        if phase["name"] in {"moments", "tracks", "speech"}:  # of films, and here are none
            assert (phase["done"], phase["pending"]) == (0, 0)
            continue
        assert (phase["done"], phase["pending"], phase["failed"]) == (len(labels), 0, 0)
    first = status["runs"][-1]
    assert (first["command"], first["counts"]["added"]) == ("import", len(labels))
    assert first["peak_memory_mb"] == photos.report["peak_memory_mb"]
    assert status["roots"] == [{"path": str(photos.folder), "whole": True, "offline": None}]


def test_one_phase_is_run_again_for_what_a_query_finds(photos: Imported, shown: dict[str, Record]) -> None:
    report = photos.program.json("analyse", "camera:coolpix", "--phase", "metadata", "--set", "analysis.workers=1")
    assert report["examined"] == 5
    assert {phase["name"] for phase in report["phases"]} == {"read", "metadata"}, "nothing was decoded for it"
    assert _show(photos, "DSCN0010.jpg")["facts"] == shown["DSCN0010.jpg"]["facts"]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


def test_a_changed_byte_in_an_original_is_a_finding(program: Program, originals: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("china.jpg", "flower.jpg"):
        (folder / name).write_bytes((originals / "photos" / name).read_bytes())
    program.json("import", folder)
    times = os.stat(folder / "china.jpg")
    with open(folder / "china.jpg", "r+b") as stream:
        stream.seek(100_000)
        byte = stream.read(1)[0]
        stream.seek(100_000)
        stream.write(bytes([byte ^ 1]))
    os.utime(folder / "china.jpg", ns=(times.st_atime_ns, times.st_mtime_ns))
    ran = program("check", "--json")
    assert (ran.code, ran.json["whole"]) == (1, False)
    assert [finding["code"] for finding in ran.json["findings"]] == ["original_damaged"]
    assert "china.jpg" in ran.json["findings"][0]["text"]
    assert program("check", "--quick").code == 0, "which does not read the originals"


def test_settings_come_from_a_file_and_are_overridden_by_words(program: Program, tmp_path: Path) -> None:
    """A setting that leaves out every PNG, which the command line takes back."""
    settings = tmp_path / "my settings.toml"
    settings.write_text('[folders]\nexclude = ["*.png"]\n[analysis]\nworkers = 1\n')
    folder = make_photo(tmp_path / "photos" / "a.jpg", 1).parent
    make_photo(folder / "b.png", 2, form="PNG")
    assert program.json("import", folder, "--config", settings)["added"] == 1
    assert program.json("import", folder, "--config", settings, "--set", "folders.exclude=")["added"] == 1
    assert program.json("status")["files"] == {"ok": 2, "total": 2}
