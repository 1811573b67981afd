"""File names that break other programs: imported, found, shown and exported byte for byte."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.flows.making import make_photo
from tests.program import Program

NAMES = {
    "not UTF-8": b"caf\xe9 \xff\xfe.jpg",
    "255 bytes": b"n" * 251 + b".jpg",
    "255 bytes of three each": "写".encode() * 83 + b"ab.jpg",
    "a new line": b"two\nlines.jpg",
    "a carriage return": b"over\rwritten.jpg",
    "terminal commands": b"\x1b[31mred\x1b]0;title\x07.jpg",
    "quotes": b"\"double\" 'single' `back`.jpg",
    "right to left": "photo \u202egpj.exe.jpg".encode(),
    "Arabic": "صورة جميلة.jpg".encode(),
    "emoji": "🏔️👨‍👩‍👧.jpg".encode(),
    "composed": "\u00fcbung.jpg".encode(),
    "decomposed": "u\u0308bung.jpg".encode(),
    "a dash first": b"-rf.jpg",
    "two dashes first": b"--json.jpg",
    "a space first": b" leading.jpg",
    "spaces last": b"trailing.jpg ",
    "a dot last": b"trailing.jpg.",
    "only a suffix": b"\xc2\xa0.jpg",
    "a device of Windows": b"CON.jpg",
    "SQL": b"'; DROP TABLE file; --.jpg",
    "FTS": b'NEAR(a b) AND "c" OR *.jpg',
    "HTML": b"<img src=x onerror=alert(1)>.jpg",
    "a backslash": b"back\\slash.jpg",
    "a percent sign": b"%s %d {0} {name}.jpg",
    "a glob": b"[a-z]*?.jpg",
    "a byte order mark": "\ufeffmark.jpg".encode(),
    "a control character": b"bell\x07 \x01\x7f.jpg",
    "a noncharacter": "\uffff.jpg".encode(),
}
FOLDERS = {"not UTF-8": b"d\xfcrer", "a new line": b"new\nfolder", "a dash first": b"-r", "a percent sign": b"%41"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names") / "photos"
    for number, name in enumerate([*NAMES.values(), *(os.path.join(one, b"a.jpg") for one in FOLDERS.values())]):
        make_photo(folder / os.fsdecode(name), number)
    return folder


@pytest.fixture(scope="module")
def paths(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def program(folder: Path) -> Program:
    program = Program(folder.parent / "library")
    report = program.json("import", folder)
    assert (report["added"], report["failed"]) == (len(NAMES) + len(FOLDERS), [])
    return program


def test_every_name_is_found(program: Program, paths: set[str]) -> None:
    ran = program("search", "type:photo", "--json")
    assert ran.out.isascii()
    assert {hit["path"] for hit in ran.json["hits"]} == paths


def test_every_name_is_found_by_people(program: Program) -> None:
    ran = program("search", "type:photo")
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("sort", NAMES)
def test_a_name_is_shown_as_it_is(program: Program, folder: Path, sort: str) -> None:
    path = os.path.join(os.fsencode(folder), NAMES[sort])
    ran = program("show", path, "--json")
    assert ran.code == 0, ran.err
    assert ran.out.isascii()
    assert os.fsencode(ran.json["path"]) == path


def test_a_name_with_a_dash_first_is_no_option(program: Program, folder: Path) -> None:
    shown = program("show", "--json", "--", "-rf.jpg", cwd=folder)
    assert shown.code == 0, shown.err
    assert program("import", "./-rf.jpg", cwd=folder).code == 0


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv"])
def test_every_name_is_exported(program: Program, paths: set[str], tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"all.{suffix}"
    ran = program("export", "-o", target)
    assert ran.code == 0, ran.err
    assert exported_paths(target) == paths


def exported_paths(target: Path) -> set[str]:
    text = os.fsdecode(target.read_bytes())
    if target.suffix == ".csv":
        import csv

        return {row["path"] for row in csv.DictReader(text.splitlines(keepends=True))}
    records: list[dict[str, Any]] = (
        json.loads(text) if target.suffix == ".json" else [json.loads(line) for line in text.splitlines()]
    )
    assert text.isascii()
    return {record["path"] for record in records}


def test_an_export_may_have_such_a_name_itself(program: Program, tmp_path: Path) -> None:
    target = os.path.join(os.fsencode(tmp_path), b"\xff \n.json")
    ran = program("export", "-o", target)
    assert ran.code == 0, ran.err
    assert os.path.getsize(target) > 1000


def test_a_second_import_knows_every_name(program: Program, folder: Path, paths: set[str]) -> None:
    again = program.json("import", folder)
    assert (again["unchanged"], again["added"], again["missing"]) == (len(paths), 0, 0)
    assert program.json("check")["whole"]


def test_the_reason_of_a_file_with_such_a_name_is_told(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    for name in NAMES.values():
        (bad / os.fsdecode(name)).write_bytes(b"")
    program = Program(tmp_path / "library")
    failed = program.json("import", bad)["failed"]
    promised = {name for name in NAMES.values() if name.endswith(b".jpg")}
    assert {os.fsencode(os.path.basename(one["path"])) for one in failed} == promised
    repeated = {os.fsencode(os.path.basename(one["path"])) for one in program.json("status")["failures"]}
    assert repeated == promised
    told = program("status")
    assert told.code == 0, told.err
    assert "\x1b" not in told.out, "a file's name gives no orders to a terminal"
