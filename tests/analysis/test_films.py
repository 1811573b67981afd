"""Films in a run: stretch by stretch, saved as they go, gathered at their end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from engines.analysis.desk import InlineDesk
from engines.analysis.film_steps import FilmSteps
from engines.analysis.networks import Networks
from engines.analysis.phases import moments, phases
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Report, Runner
from engines.cancel import Cancelled, CancelToken
from engines.errors import InferenceError
from engines.library.moments import thumbnail_key
from engines.types import Examined, FilmFrame, Message, Sampling, Thumbnail, Wanted, Watched
from tests.analysis.test_run_networks import BUS, CAR, look_for_networks
from tests.seeing import LABELS, Cabinet, SeeingRunner, picture
from tests.shelf import OneAtATime, Shelf

LENGTH_S, STRETCH_S, FRAME_S = 40.0, 10.0, 2.0
SMALL = Thumbnail(b"RIFF....WEBP", 4, 3)


@dataclass
class Screen:
    """Shows made films of 40 s: cars for a while, then buses. starts: where each stretch began, by name of the film.

    fails_at_s: then the worker dies. on_stretch: called before each.
    """

    starts: list[tuple[str, float]] = field(default_factory=list)
    fails_at_s: float | None = None
    on_stretch: Callable[[], None] = lambda: None

    def __call__(self, wanted: Wanted) -> Examined:
        if wanted.stretch is None:
            return look_for_networks(wanted)
        self.on_stretch()
        start_s = wanted.stretch.start_s
        self.starts.append((Path(wanted.path).name, start_s))
        if start_s == self.fails_at_s:
            problem = Message("crashed", "film.mp4 makes the decoder crash.", {"name": "film.mp4"})
            return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, problem=problem)
        end_s = start_s + STRETCH_S
        times = [start_s + number * FRAME_S for number in range(int(STRETCH_S / FRAME_S))]
        watched = Watched(tuple(_frame(wanted, time_s) for time_s in times), end_s if end_s < LENGTH_S else None)
        return Examined(wanted.file_id, wanted.size, wanted.mtime_ns, watched=watched)


def _frame(wanted: Wanted, time_s: float) -> FilmFrame:
    assert wanted.digest is not None
    to_infer = picture(CAR if time_s < 24 else BUS, *wanted.phases, digest=wanted.digest)
    return FilmFrame(time_s, time_s, time_s + FRAME_S, 0.5, SMALL, replace(to_infer, time_s=time_s))


def run(
    shelf: Shelf,
    screen: Screen,
    token: CancelToken | None = None,
    cabinet: Cabinet | None = None,
    others_wait: Callable[[], bool] = lambda: False,
    off: tuple[str, ...] = (),
    steps: FilmSteps = FilmSteps(Sampling()),  # noqa: B008 -- a value
) -> Report:
    @contextmanager
    def start_desk() -> Iterator[InlineDesk]:
        networks = Networks(cabinet or Cabinet())
        yield InlineDesk(networks)
        networks.free()

    runner = Runner(
        shelf.library,
        ScanRules(),
        lambda: nullcontext(OneAtATime(screen)),
        token or CancelToken(),
        start_desk=start_desk,
        phases_off=off,
        film_steps=lambda: steps,
        others_wait=others_wait,
    )
    return runner.import_paths([str(shelf.photos)])


def found(shelf: Shelf, name: str = "film.mp4") -> list[tuple[float, float, set[str]]]:
    """The film's moments, each with its tags."""
    media_id = shelf.media_id(shelf.photos / name)
    return [
        (moment.start_s, moment.end_s, {tag.name for tag in moment.tags})
        for moment in shelf.library.moments([media_id]).get(media_id, [])
    ]


def left(shelf: Shelf) -> int:
    """How many films have to be watched."""
    return len(shelf.library.unwatched(moments()))


def test_a_film_is_known_moment_by_moment(shelf: Shelf) -> None:
    shelf.put("film.mp4")
    screen = Screen()
    run(shelf, screen)
    (cars, buses) = found(shelf)
    assert (cars[:2], buses[:2]) == ((0.0, 24.0), (24.0, 40.0))
    assert "car" in cars[2]
    assert "bus" in buses[2] - cars[2]
    assert [start_s for _, start_s in screen.starts] == [0, 10, 20, 30]


def test_the_whole_film_has_the_tags_of_all_its_moments(shelf: Shelf) -> None:
    path = shelf.put("film.mp4")
    run(shelf, Screen())
    record = shelf.record(path)
    shares = {tag["name"]: tag["share"] for tag in record["tags"]}
    assert (shares["car"], shares["bus"]) == (pytest.approx(0.6), pytest.approx(0.4))
    assert record["facts"]["object_count"] == 1
    assert len(record["moments"]) == 2


def test_a_film_that_was_watched_is_not_watched_again(shelf: Shelf) -> None:
    shelf.put("film.mp4")
    run(shelf, Screen())
    again = Screen()
    run(shelf, again)
    assert again.starts == []
    shelf.library.make_pending(["moments"])
    run(shelf, again)
    assert [start_s for _, start_s in again.starts] == [0, 10, 20, 30]


def test_a_step_that_was_off_is_made_up_for_and_one_that_goes_off_costs_nothing(shelf: Shelf) -> None:
    path = shelf.put("film.mp4")
    run(shelf, Screen(), off=("objects",))
    assert shelf.record(path)["facts"]["watched_by"] == ["labels", "meaning"]
    assert "objects" not in {tag["origin"]["phase"] for tag in shelf.record(path)["tags"]}
    again = Screen()
    run(shelf, again)
    assert [start_s for _, start_s in again.starts] == [0, 10, 20, 30]
    assert "objects" in {tag["origin"]["phase"] for tag in shelf.record(path)["tags"]}
    without = Screen()
    run(shelf, without, off=("labels",))
    run(shelf, without)
    assert without.starts == []


def test_a_stop_keeps_what_was_seen_and_the_next_run_goes_on_there(shelf: Shelf) -> None:
    shelf.put("film.mp4")
    token = CancelToken()
    first = Screen()
    first.on_stretch = lambda: token.cancel() if len(first.starts) == 2 else None
    with pytest.raises(Cancelled):
        run(shelf, first, token)
    assert (found(shelf), left(shelf)) == ([], 1)
    second = Screen()
    run(shelf, second)
    assert [start_s for _, start_s in first.starts + second.starts] == [0, 10, 20, 30]
    assert [moment[:2] for moment in found(shelf)] == [(0.0, 24.0), (24.0, 40.0)]
    assert shelf.count("glimpse") == 0


def test_films_take_turns(shelf: Shelf) -> None:
    shelf.put("a.mp4")
    shelf.put("b.mp4")
    screen = Screen()
    run(shelf, screen)
    assert [name for name, _ in screen.starts] == ["a.mp4", "b.mp4"] * 4


def test_a_long_film_does_not_hold_up_another_run(shelf: Shelf) -> None:
    shelf.put("film.mp4")
    screen = Screen()
    run(shelf, screen, others_wait=lambda: len(screen.starts) >= 2)
    assert len(screen.starts) < 4  # what had begun was taken
    assert left(shelf) == 1
    run(shelf, screen)
    assert [start_s for _, start_s in screen.starts] == [0, 10, 20, 30]
    assert len(found(shelf)) == 2


def test_photos_do_not_wait_for_films(shelf: Shelf) -> None:
    shelf.put("a.mp4")
    shelf.put("car.jpg")
    seen: list[int] = []
    screen = Screen()
    screen.on_stretch = lambda: seen.append(shelf.count("done"))
    run(shelf, screen)
    assert shelf.count("done") > seen[0] == 2 * len(phases())


def test_what_was_known_of_a_film_stays_until_it_was_watched(shelf: Shelf) -> None:
    path = shelf.put("film.mp4")
    run(shelf, Screen(fails_at_s=None))
    shelf.library.make_pending(["moments"])
    token = CancelToken()
    screen = Screen()
    screen.on_stretch = lambda: token.cancel() if screen.starts else None
    with pytest.raises(Cancelled):
        run(shelf, screen, token)
    assert {tag["name"] for tag in shelf.record(path)["tags"]} >= {"car", "bus"}
    assert len(found(shelf)) == 2


def test_a_film_at_which_a_worker_dies_keeps_what_was_seen_before(shelf: Shelf) -> None:
    path = shelf.put("film.mp4")
    run(shelf, Screen(fails_at_s=20.0))
    assert [moment[:2] for moment in found(shelf)] == [(0.0, 20.0)]
    assert left(shelf) == 0
    assert "car" in {tag["name"] for tag in shelf.record(path)["tags"]}


def test_without_networks_films_wait(shelf: Shelf) -> None:
    shelf.put("film.mp4")

    def break_it(runner: SeeingRunner) -> None:
        if runner.card.name == LABELS:
            runner.fault = InferenceError("network_missing", "The network EfficientNet-Lite2 cannot be loaded.")

    run(shelf, Screen(), cabinet=Cabinet(break_it))
    assert (found(shelf), left(shelf)) == ([], 1)
    run(shelf, Screen())
    assert len(found(shelf)) == 2


def test_each_moment_has_a_small_picture_and_no_other_frame_has(shelf: Shelf) -> None:
    path = shelf.put("film.mp4")
    run(shelf, Screen())
    media_id = shelf.media_id(path)
    shown = shelf.library.moments([media_id])[media_id]
    kept = [thumbnail_key(moment.digest, moment.time_s) for moment in shown]
    assert all(shelf.library.thumbnails.get(key) for key in kept)
    assert {key for key, _ in shelf.library.thumbnails.all()} == {*kept, shown[0].digest}


def test_a_moment_has_a_vector_of_its_own_and_earlier_ones_are_gone(shelf: Shelf) -> None:
    shelf.put("film.mp4")
    run(shelf, Screen())
    shelf.library.make_pending(["moments"])
    run(shelf, Screen())
    space = shelf.library.vectors.searched("meaning")
    assert space is not None
    rows = shelf.library.vectors.rows(space)
    assert (rows.contents > 0).sum() == 3  # the film and two moments
    assert shelf.count("moment") == 2


def test_what_a_person_called_wrong_is_in_no_moment(shelf: Shelf) -> None:
    path = shelf.put("film.mp4")
    run(shelf, Screen())
    shelf.library.type_in([shelf.media_id(path)], {"tags": {"car": False}})
    assert "car" not in found(shelf)[0][2]
