"""Things followed through films of which it is known how many there are, with the real program and network."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.moving import BUS, SKIER, STOP, Actor, away, line, make_moving
from tests.program import Program

FILMS = {
    "apart": (
        Actor(BUS, 110, line((120, 80), (300, 80), 6)),
        Actor(BUS, 110, line((520, 90), (420, 280), 6)),
        Actor(STOP, 100, line((100, 280), (250, 290), 6)),
    ),
    "crossing": (
        Actor(BUS, 110, line((90, 170), (550, 170), 6)),
        Actor(BUS, 110, line((550, 190), (90, 190), 6)),
    ),
    "away": (
        Actor(BUS, 120, away(line((100, 180), (400, 180), 6), 2.5, 3.8)),
        Actor(STOP, 100, line((500, 100), (560, 250), 6)),
    ),
    "people": (
        Actor(SKIER, 170, line((120, 180), (240, 180), 6)),
        Actor(SKIER, 160, line((330, 180), (330, 190), 6)),
        Actor(SKIER, 170, line((560, 180), (460, 180), 6)),
    ),
}


@pytest.fixture(scope="module")
def folder(media_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moving")
    for name, actors in FILMS.items():
        make_moving(folder / f"{name}.mp4", media_folder, actors, 6.0)
    return folder


@pytest.fixture(scope="module")
def program(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A library of them, in which things were followed."""
    program = Program(tmp_path_factory.mktemp("followed") / "library")
    report = program.json("import", folder, "--set", "video.tracking=on")
    assert (report["failed"], report["notices"]) == ([], [])
    return program


@pytest.mark.parametrize("name", FILMS)
def test_what_moves_is_counted(program: Program, folder: Path, name: str) -> None:
    truth = Counter(actor.cutout.label for actor in FILMS[name])
    tracks = program.json("show", folder / f"{name}.mp4")["tracks"]
    assert Counter(track["label"] for track in tracks if track["label"] in truth) == truth
    for track in tracks:
        assert 0 <= track["start_s"] < track["end_s"] < 6.01
        assert track["seconds"] <= track["end_s"] - track["start_s"] + 0.5


def test_a_search_counts_what_was_followed(program: Program, folder: Path) -> None:
    def found(query: str) -> set[str]:
        return {Path(hit["path"]).stem for hit in program.json("search", query)["hits"]}

    assert found("object:bus>=2") == {"apart", "crossing"}
    assert found("object:person>=3") == {"people"}
    assert found("tracks:>=1") == set(FILMS)


def test_without_the_setting_nothing_is_followed(folder: Path, tmp_path: Path) -> None:
    """On a processor; once it is switched on, it is made up for, and nothing is watched again."""
    program = Program(tmp_path / "library")
    film = folder / "away.mp4"
    report = program.json("import", film, "--set", "video.tracking=off")
    assert "tracks" not in {phase["name"] for phase in report["phases"]}
    assert program.json("show", film)["tracks"] == []
    report = program.json("import", film, "--set", "video.tracking=on")
    assert {phase["name"] for phase in report["phases"]} == {"yolov3-tiny", "tracks", "follow"}
    assert len(program.json("show", film)["tracks"]) >= 2
