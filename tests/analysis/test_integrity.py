"""What is not as it should be is found, and what is sound is not complained of."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from engines.analysis.examine import examine, prepare
from engines.analysis.integrity import Finding, check_library, check_originals
from engines.analysis.phases import phases
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Runner
from engines.command_line import main
from engines.library.library import Library
from engines.library.vector_ledger import Space
from tests.flows.making import make_photo
from tests.shelf import OneAtATime

PHOTOS = 12
PAGE_BYTES = 4096


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    prepare([phase.name for phase in phases()])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Photos that were imported into the library beside them, with real decoders in this process."""
    for number in range(PHOTOS):
        make_photo(tmp_path / "photos" / f"{number}.jpg", number)
    with Library(tmp_path / "library") as library:
        runner = Runner(library, ScanRules(), lambda: nullcontext(OneAtATime(examine)))
        runner.import_paths([str(tmp_path / "photos")])
    return tmp_path / "photos"


@pytest.fixture
def place(folder: Path) -> Path:
    return folder.parent / "library"


def findings(place: Path) -> list[Finding]:
    """All of them, as a reader finds them."""
    with Library(place, writable=False) as library:
        found = check_library(library)
        for more in check_originals(library, lambda: nullcontext(OneAtATime(examine))):
            found += more
    return found


def codes(place: Path) -> list[str]:
    return [finding.code for finding in findings(place)]


def overwrite(path: Path, offset: int, data: bytes) -> None:
    """Other bytes, the same times."""
    status = os.stat(path)
    with path.open("r+b") as stream:
        stream.seek(offset)
        stream.write(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_sound_library_has_no_findings(place: Path) -> None:
    assert findings(place) == []


def test_an_original_with_other_bytes_at_the_same_time_is_damaged(folder: Path, place: Path) -> None:
    overwrite(folder / "3.jpg", 1000, b"\0\0\0\0")
    (finding,) = findings(place)
    assert finding.code == "original_damaged"
    assert str(folder / "3.jpg") in finding.text


def test_damage_is_not_taken_for_the_original_when_thumbnails_are_made_again(folder: Path, place: Path) -> None:
    overwrite(folder / "3.jpg", 1000, b"\0\0\0\0")
    for file in place.glob("thumbnails.db*"):
        file.unlink()
    with Library(place) as library:
        runner = Runner(library, ScanRules(), lambda: nullcontext(OneAtATime(examine)))
        report = runner.import_paths([str(folder)])
    assert [failure.problem.code for failure in report.failed] == ["damaged"]
    assert report.examined == PHOTOS
    assert codes(place) == ["original_damaged"]


def test_what_lies_on_a_drive_that_is_away_is_not_called_whole(folder: Path, place: Path) -> None:
    folder.rename(folder.with_name("away"))
    assert codes(place) == ["root_offline"]


def test_an_original_that_was_edited_is_changed_not_damaged(folder: Path, place: Path) -> None:
    make_photo(folder / "3.jpg", 99)
    assert codes(place) == ["original_changed"]


def test_an_original_that_is_gone_is_unreadable(folder: Path, place: Path) -> None:
    (folder / "3.jpg").unlink()
    (finding,) = findings(place)
    assert finding.code == "original_unreadable"
    assert "it is no longer there" in finding.text


def test_an_original_that_is_no_photo_any_more_is_told(folder: Path, place: Path) -> None:
    (folder / "3.jpg").write_text("overwritten")
    assert codes(place) == ["original_changed"]


def test_thumbnails_that_were_deleted_are_missed(place: Path) -> None:
    for file in place.glob("thumbnails.db*"):
        file.unlink()
    assert codes(place) == ["thumbnails_damaged"]


def test_thumbnails_that_are_rubbish_are_told(place: Path) -> None:
    (place / "thumbnails.db").write_bytes(b"rubbish" * 10_000)
    assert codes(place) == ["thumbnails_damaged"]


def test_a_thumbnail_that_is_lost_is_missed(place: Path) -> None:
    with Library(place) as library:
        digest, _ = next(library.thumbnails.all())
        library.thumbnails.remove([digest])
    (finding,) = findings(place)
    assert finding.code == "thumbnails_missing"
    assert finding.text.startswith("1 thumbnail")


@pytest.mark.parametrize("state", ["deleted", "rubbish"])
def test_an_import_mends_the_thumbnails(folder: Path, place: Path, state: str) -> None:
    for file in place.glob("thumbnails.db*"):
        file.unlink()
    if state == "rubbish":
        (place / "thumbnails.db").write_bytes(b"rubbish" * 10_000)
    with Library(place) as library:
        runner = Runner(library, ScanRules(), lambda: nullcontext(OneAtATime(examine)))
        assert runner.import_paths([str(folder)]).examined == PHOTOS
    assert findings(place) == []


def test_a_page_of_the_library_that_was_overwritten_is_always_found(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever page it is: the check ends in its answer, and every other command in a sentence or its answer."""
    sound = (place / "library.db").read_bytes()
    for page in range(len(sound) // PAGE_BYTES):
        for file in place.glob("library.db-*"):
            file.unlink()
        damaged = bytearray(sound)
        damaged[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] = b"\xa5" * PAGE_BYTES
        (place / "library.db").write_bytes(damaged)
        assert main(["--library", str(place), "check", "--quick", "--json"]) == 1, f"page {page}"
        assert '"whole": false' in capsys.readouterr().out
        for command in (["status"], ["search", "photo"], ["export", "-o", str(place / "out.json")]):
            assert main(["--library", str(place), *command]) in (0, 1)


def test_a_damaged_vector_is_found(place: Path) -> None:
    space = Space("meaning", 1, 8)
    with Library(place) as library:
        library.vectors.add(space, np.array([1]), np.array([1]), np.full((1, 8), 8**-0.5, np.float32))
    assert findings(place) == []
    path = place / "vectors" / f"{space.name}.vectors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert [finding.code for finding in findings(place)] == ["vectors_damaged"]
