"""Films through the real program and the real networks: a search finds the second, and nothing is watched twice."""

from __future__ import annotations

import csv
import itertools
import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.make_film import Scene, Truth, make_film, real_picture
from tests.program import Program, kill

FILMS, SCENES, SCENE_S = 4, 8, 5.0  # s: adaptive sees every shot that lasts so long
LARGE = 0.1  # of the picture
Record = dict[str, Any]


@dataclass(frozen=True)
class Film:
    """shown: of each scene what is truly to be seen. large: what of that fills a tenth of the picture."""

    path: Path
    truth: Truth
    shown: tuple[frozenset[str], ...]
    large: tuple[frozenset[str], ...]

    def shows(self, name: str, time_s: float) -> bool:
        scenes = zip(self.truth.shots, self.shown, strict=True)
        return any(start_s <= time_s < end_s and name in names for (start_s, end_s), names in scenes)


def labelled(row: dict[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """What a COCO photo shows, and what of it is large: a mouse on a desk is not."""
    least = LARGE * int(row["width"]) * int(row["height"])
    boxes = json.loads(row["boxes"])
    return frozenset(row["labels"].split(";")), frozenset(label for label, _, _, w, h in boxes if w * h >= least)


@pytest.fixture(scope="module")
def films(media_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Film]:
    """Films of COCO photos, whose things are known."""
    folder = tmp_path_factory.mktemp("films") / "films"
    folder.mkdir()
    with (media_folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        known = {row["file"]: labelled(row) for row in csv.DictReader(file) if "coco_" in row["file"]}
    photos = sorted(known)
    order = np.random.default_rng(7).permutation(len(photos))
    made = []
    for number in range(FILMS):
        names = [photos[place] for place in order[number * SCENES : (number + 1) * SCENES]]
        scenes = [Scene(real_picture(media_folder / name), SCENE_S) for name in names]
        path = folder / f"film {number}.mp4"
        truth = make_film(path, scenes, size=(480, 360), keyframes=(25, None)[number % 2])
        made.append(Film(path, truth, *zip(*(known[name] for name in names), strict=True)))
    return made


@pytest.fixture(scope="module")
def program(films: list[Film], tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A library of them."""
    program = Program(tmp_path_factory.mktemp("watched") / "library")
    report = program.json("import", films[0].path.parent)
    assert (report["failed"], report["notices"]) == ([], [])
    return program


def test_a_search_finds_the_right_second(program: Program, films: list[Film]) -> None:
    """Of large things; a film that is not found at all counts as wrong."""
    asked = [(film, name) for film in films for name in sorted(frozenset().union(*film.large))]
    answers = searched(program, sorted({name for _, name in asked}))
    wrong = []
    for film, name in asked:
        moments = answers[name].get(str(film.path), [])
        if not moments or not film.shows(name, moments[0]["time_s"]):
            wrong.append((film.path.name, name, [moment["time_s"] for moment in moments]))
    assert len(asked) >= 20
    assert 1 - len(wrong) / len(asked) >= 0.8, wrong


def searched(program: Program, queries: list[str]) -> dict[str, dict[str, list[Record]]]:
    """By query and path the moments that are found."""
    ran = program("search", "-", "--json", "--weaker", input="\n".join(queries).encode())
    lines = [json.loads(line) for line in ran.out.splitlines()]
    return {line["query"]: {hit["path"]: hit["moments"] for hit in line["hits"]} for line in lines}


def test_what_a_film_is_made_of_finds_it_and_narrows_its_moments(program: Program, films: list[Film]) -> None:
    """All are of 40 s, 25 frames a second, H.264."""
    every, none = {str(film.path) for film in films}, ("codec:hevc", "fps:>30", "duration:<30s", "duration:2min..")
    whole = ("codec:h264", "codec:avc", "fps:25", "fps:20..30", "duration:40s", "duration:0:39..0:41", "duration:>0:30")
    narrowed = "codec:h264 fps:25 duration:40s object:bus"
    answers = searched(program, [*whole, *none, narrowed, "codec:hevc bus"])
    assert {query for query in whole if set(answers[query]) != every} == set()
    assert {query for query in none if answers[query]} == set()
    assert answers["codec:hevc bus"] == {}
    assert answers[narrowed]
    assert all(answers[narrowed].values())  # each with its moments


def test_every_scene_is_a_moment(program: Program, films: list[Film]) -> None:
    for film in films:
        record: Record = program.json("show", film.path)
        times = [moment["time_s"] for moment in record["moments"]]
        seen = [any(start_s <= time_s < end_s for time_s in times) for start_s, end_s in film.truth.shots]
        assert np.mean(seen) >= 0.8
        assert {one["name"]: one["state"] for one in record["phases"]}["moments"] == "done"


def test_a_second_import_watches_nothing(program: Program, films: list[Film]) -> None:
    report = program.json("import", films[0].path.parent)
    assert [phase["name"] for phase in report["phases"]] == []


def test_a_killed_import_goes_on_where_it_was(films: list[Film], tmp_path: Path, program: Program) -> None:
    folder = tmp_path / "films"
    shutil.copytree(films[0].path.parent, folder)
    other = Program(tmp_path / "library")
    process = other.start("import", folder)
    time.sleep(3.0)
    kill(process)
    other.json("import", folder)
    for film in films:
        whole, resumed = program.json("show", film.path), other.json("show", folder / film.path.name)
        assert [moment["time_s"] for moment in resumed["moments"]] == [moment["time_s"] for moment in whole["moments"]]


def test_videos_can_be_left_alone(films: list[Film], tmp_path: Path) -> None:
    program = Program(tmp_path / "library")
    program.json("import", films[0].path, "--set", "video.moments=false")
    assert program.json("show", films[0].path)["moments"] == []
    assert program.json("search", "type:video")["total"] == 1


@pytest.mark.parametrize("strategy", ["uniform", "keyframes", "motion"])
def test_every_strategy_finds_moments(films: list[Film], tmp_path: Path, strategy: str) -> None:
    program = Program(tmp_path / "library")
    program.json("import", films[0].path, "--set", f"video.strategy={strategy}")
    moments = program.json("show", films[0].path)["moments"]
    assert len(moments) >= 4
    assert moments[0]["start_s"] < 1
    assert all(before["end_s"] <= after["start_s"] + 0.05 for before, after in itertools.pairwise(moments))
