"""Films gone through for things to follow: only where there are some, resumed where they were left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from engines.analysis.film_steps import FilmSteps
from engines.analysis.following import joined
from engines.analysis.phases import tracks
from engines.cancel import Cancelled, CancelToken
from engines.types import Examined, FilmFrame, FilmTask, Sampling, Wanted, Watched
from tests.analysis.test_films import Screen, run
from tests.analysis.test_run_networks import BUS
from tests.seeing import picture
from tests.shelf import Shelf

PART_S, STEP_S = 6.0, 0.5
WITH_TRACKS = FilmSteps(Sampling(), tracking=True)


@dataclass
class Street(Screen):
    """A made film in which a bus stands all the time. parts: what was followed."""

    parts: list[tuple[float, float]] = field(default_factory=list)

    def __call__(self, wanted: Wanted) -> Examined:
        if wanted.stretch is None or wanted.stretch.task is not FilmTask.FOLLOW:
            return super().__call__(wanted)
        start_s, end_s = wanted.stretch.start_s, wanted.stretch.end_s
        assert end_s is not None
        through_s = min(start_s + PART_S, end_s)
        self.parts.append((start_s, through_s))
        times = [start_s + number * STEP_S for number in range(int((through_s - start_s) / STEP_S))]
        frames = tuple(_frame(wanted, time_s) for time_s in times)
        self.on_stretch()
        return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, watched=Watched(frames, through_s))


def _frame(wanted: Wanted, time_s: float) -> FilmFrame:
    to_infer = picture(BUS, *wanted.phases, digest=wanted.digest)
    return FilmFrame(time_s, time_s, time_s + STEP_S, 0.0, None, replace(to_infer, time_s=time_s))


def followed(shelf: Shelf, name: str = "film.mp4") -> list[tuple[str, float, float]]:
    media_id = shelf.media_id(shelf.photos / name)
    return [(one.label, one.start_s, one.end_s) for one in shelf.library.tracks([media_id]).get(media_id, [])]


def test_a_film_is_followed_after_it_was_watched(shelf: Shelf) -> None:
    path = shelf.put("film.mp4")
    screen = Street()
    run(shelf, screen, steps=WITH_TRACKS)
    assert followed(shelf) == [("bus", 0.0, 39.5)]
    assert [start_s for start_s, _ in screen.parts] == [0, 6, 12, 18, 24, 30, 36]
    assert shelf.record(path)["facts"]["track_count"] == 1
    assert shelf.count("outlook") == 0


def test_a_stop_keeps_what_was_seen_and_the_next_run_goes_on_there(shelf: Shelf) -> None:
    shelf.put("film.mp4")
    token, first = CancelToken(), Street()
    first.on_stretch = lambda: token.cancel() if len(first.parts) == 3 else None
    with pytest.raises(Cancelled):
        run(shelf, first, token, steps=WITH_TRACKS)
    assert followed(shelf) == []
    second = Street()
    run(shelf, second, steps=WITH_TRACKS)
    assert second.starts == []  # it was watched
    assert second.parts[0][0] == first.parts[-1][1]
    assert followed(shelf) == [("bus", 0.0, 39.5)]


def test_nothing_is_followed_again_until_the_film_is_watched_again(shelf: Shelf) -> None:
    shelf.put("film.mp4")
    run(shelf, Street(), steps=WITH_TRACKS)
    again = Street()
    run(shelf, again, steps=WITH_TRACKS)
    assert again.parts == []
    shelf.library.make_pending(["tracks"])
    run(shelf, again, steps=WITH_TRACKS)
    assert (again.starts, len(again.parts)) == ([], 7)


def test_a_film_that_was_not_watched_waits(shelf: Shelf) -> None:
    shelf.put("film.mp4")
    run(shelf, Street(), steps=FilmSteps(None, tracking=True))
    assert (followed(shelf), len(shelf.library.unwatched(tracks()))) == ([], 1)


def test_films_take_turns(shelf: Shelf) -> None:
    for name in ("a.mp4", "b.mp4"):
        shelf.put(name)
    screen = Street()
    run(shelf, screen, steps=WITH_TRACKS)
    assert [start_s for start_s, _ in screen.parts] == [time_s for time_s in range(0, 42, 6) for _ in range(2)]
    assert all(Path(name).stem in ("a", "b") for name, _ in screen.starts)


@pytest.mark.parametrize(
    ("windows", "found"),
    [
        ([], []),
        ([(0, 2), (2, 5)], [(0, 5)]),
        ([(0, 2), (2.5, 5), (9, 12)], [(0, 5), (9, 12)]),
        ([(0, 9), (3, 5)], [(0, 9)]),
    ],
)
def test_moments_near_each_other_are_one_window(
    windows: list[tuple[float, float]], found: list[tuple[float, float]]
) -> None:
    assert joined(windows) == found
