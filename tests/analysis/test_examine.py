"""What a worker brings back about one file, with the real phases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.analysis import squares
from engines.analysis.examine import SIDECAR_BYTES, examine, prepare
from engines.analysis.phases import chosen, of_networks, of_workers, phases
from engines.inference.catalogue import starter_cards
from engines.types import Examined, Kind, State, Wanted
from tests.flows.making import make_photo, make_sidecar

ALL = tuple(phase.name for phase in of_workers(phases()))
SEEING = tuple(phase.name for phase in of_networks(phases()))


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    prepare(ALL)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return make_photo(tmp_path / "photo.jpg", 7)


def wanted(
    path: Path,
    phases: tuple[str, ...] = ALL,
    *,
    known: frozenset[bytes] = frozenset(),
    offered: bool = True,
    sidecar: Path | None = None,
) -> Wanted:
    """As a scan would ask for it; size and time are wrong on purpose, for what counts is how the file is read."""
    beside = str(sidecar) if sidecar is not None else None
    return Wanted(1, str(path), 1, 1, phases, sidecar=beside, known=known, offered=offered)


def digest(examined: Examined) -> bytes:
    assert examined.content is not None
    return examined.content.digest


def test_every_phase_brings_what_it_found(photo: Path) -> None:
    examined = examine(wanted(photo))
    found = {done.phase: done.findings for done in examined.done}
    assert tuple(found) == ALL
    assert found["thumbnail"].thumbnail is not None
    assert found["metadata"].facts["taken"].value == "2019-06-08T12:00:07"
    assert 0 <= found["content"].facts["quality"].value <= 1
    assert examined.content is not None
    assert (examined.content.kind, examined.content.format, examined.content.state) == (Kind.PHOTO, "jpeg", State.OK)


def test_size_and_time_are_those_of_the_bytes_that_were_read(photo: Path) -> None:
    examined = examine(wanted(photo))
    status = os.stat(photo)
    assert (examined.size, examined.mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_versions_are_those_of_the_phases(photo: Path) -> None:
    assert {done.phase: done.version for done in examine(wanted(photo)).done} == {
        phase.name: phase.version for phase in chosen(ALL)
    }


def test_bytes_that_are_known_already_are_read_but_not_decoded(photo: Path) -> None:
    known = frozenset([digest(examine(wanted(photo)))])
    examined = examine(wanted(photo, known=known))
    assert examined.done == ()
    assert set(examined.seconds) == {"read"}
    assert examined.content is not None
    assert examined.content.state is None, "nobody looked at the picture, so nothing is said about it"


def test_a_phase_that_needs_no_picture_decodes_none(photo: Path) -> None:
    examined = examine(wanted(photo, ("metadata",)))
    assert [done.phase for done in examined.done] == ["metadata"]
    assert set(examined.seconds) == {"read"}
    assert examined.content is not None
    assert examined.content.state is None


def test_without_a_phase_a_file_is_only_read(photo: Path) -> None:
    examined = examine(wanted(photo, ()))
    assert (examined.done, examined.problem) == ((), None)
    assert digest(examined) == digest(examine(wanted(photo)))


def test_a_text_that_promised_a_photo_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.jpg").write_text("no photo")
    examined = examine(wanted(tmp_path / "notes.jpg"))
    assert examined.content is not None
    assert examined.content.state is State.UNSUPPORTED
    assert examined.content.problem is not None
    assert examined.content.problem.text == "notes.jpg is plain text, not a picture."
    assert {done.problem.text for done in examined.done if done.problem} == {examined.content.problem.text}


def test_a_text_that_promised_nothing_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no photo")
    examined = examine(wanted(tmp_path / "notes.txt", offered=False))
    assert (examined.content, examined.problem, examined.done) == (None, None, ())


def test_a_photo_that_promised_nothing_is_one(photo: Path) -> None:
    renamed = photo.rename(photo.with_suffix(".bak"))
    examined = examine(wanted(renamed, offered=False))
    assert examined.content is not None
    assert examined.content.kind is Kind.PHOTO
    assert len(examined.done) == len(ALL)


def test_a_broken_photo_keeps_what_can_be_read_of_it(photo: Path) -> None:
    data = photo.read_bytes()
    photo.write_bytes(data[: len(data) * 2 // 3])
    examined = examine(wanted(photo))
    assert examined.content is not None
    assert examined.content.state is State.PARTIAL
    assert all(done.problem is None for done in examined.done)


def test_a_photo_without_a_picture_keeps_its_facts(photo: Path) -> None:
    data = photo.read_bytes()
    photo.write_bytes(data[: data.index(b"\xff\xda")])
    examined = examine(wanted(photo))
    found = {done.phase: done for done in examined.done}
    assert examined.content is not None
    assert examined.content.state is State.CORRUPT
    assert found["metadata"].findings.facts["camera"].value == "Nikon D3"
    assert found["content"].problem == found["thumbnail"].problem == examined.content.problem


@contextmanager
def nobody() -> Iterator[None]:
    """While the block lasts, without root's right to read everything."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(os.name != "posix", reason="these are POSIX's permissions")
def test_a_file_without_permission_is_told(photo: Path) -> None:
    photo.chmod(0)
    with nobody():
        examined = examine(wanted(photo))
    assert examined.problem is not None
    assert examined.problem.text == "photo.jpg cannot be read: you have no permission to read it."


@pytest.mark.parametrize("offered", [True, False])
def test_a_file_that_is_gone_is_told(tmp_path: Path, offered: bool) -> None:
    examined = examine(wanted(tmp_path / "gone.jpg", offered=offered))
    assert examined.content is None
    assert examined.problem is not None
    assert (examined.problem.code, examined.problem.text) == (
        "unreadable",
        "gone.jpg cannot be read: it is no longer there.",
    )
    assert (examined.size, examined.mtime_ns) == (1, 1), "as the scan saw it"


def test_a_sidecar_is_read_with_its_photo(photo: Path) -> None:
    make_sidecar(photo, rating=4, keyword="Places/harbour")
    examined = examine(wanted(photo, sidecar=photo.with_suffix(".xmp")))
    assert examined.sidecar is not None
    assert (examined.sidecar.facts["rating"].value, examined.sidecar.facts["rating"].source) == (4, "sidecar")
    assert [tag.name for tag in examined.sidecar.tags] == ["Places/harbour", "Places", "harbour"]


@pytest.mark.parametrize("text", ["", "<x", "\0" * 100, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_a_sidecar_that_is_broken_costs_its_facts_only(photo: Path, text: str) -> None:
    photo.with_suffix(".xmp").write_text(text)
    examined = examine(wanted(photo, sidecar=photo.with_suffix(".xmp")))
    assert examined.sidecar is not None
    assert (examined.sidecar.facts, examined.sidecar.tags) == ({}, ())
    assert all(done.problem is None for done in examined.done)


def test_a_sidecar_that_is_gone_costs_its_facts_only(photo: Path) -> None:
    examined = examine(wanted(photo, sidecar=photo.with_suffix(".xmp")))
    assert examined.sidecar is not None
    assert examined.sidecar.facts == {}
    assert len(examined.done) == len(ALL)


def test_of_a_sidecar_without_end_only_the_beginning_is_read(photo: Path) -> None:
    with photo.with_suffix(".xmp").open("wb") as stream:
        stream.truncate(SIDECAR_BYTES * 100)
    examined = examine(wanted(photo, sidecar=photo.with_suffix(".xmp")))
    assert examined.sidecar is not None
    assert examined.sidecar.facts == {}


def slot_for(names: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.zeros(squares.bytes_of(squares.seen_by(chosen(names))), np.uint8)


def test_the_picture_is_left_for_the_networks_of_the_phases_that_are_due(photo: Path) -> None:
    slot = slot_for(SEEING)
    examined = examine(wanted(photo, SEEING), slot)
    to_infer = examined.to_infer
    assert to_infer is not None
    assert (to_infer.phases, to_infer.digest, examined.done) == (SEEING, digest(examined), ())
    for name, square in squares.read(to_infer.networks, slot).items():
        card = starter_cards()[name]
        assert card.picture is not None
        assert square.shape == (card.picture.side, card.picture.side, 3)
        assert square.std() > 10


def test_a_network_nobody_asks_for_gets_no_picture(photo: Path) -> None:
    examined = examine(wanted(photo, ("objects",)), slot_for(("objects",)))
    assert examined.to_infer is not None
    assert examined.to_infer.networks == ("yolov3-tiny",)


def test_without_a_picture_the_networks_have_nothing_to_see(tmp_path: Path) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    examined = examine(wanted(path, SEEING), slot_for(SEEING))
    assert examined.to_infer is None
    assert [done.phase for done in examined.done if done.problem is not None] == list(SEEING)


def test_without_a_place_for_the_picture_its_phases_wait(photo: Path) -> None:
    examined = examine(wanted(photo, (*ALL, *SEEING)))
    assert examined.to_infer is None
    assert tuple(done.phase for done in examined.done) == ALL
