"""What looking into films comes to."""

from __future__ import annotations

import pytest

from engines.analysis.phases import moments, of_networks, phases
from engines.analysis.watch_cost import WatchCost, cost, cost_of_all, cost_of_rest, frame_seconds
from engines.library.runs import PhaseSpeed, Run
from engines.settings import Settings
from engines.types import Sampling
from tests.shelf import Shelf
from tests.watched import film, scene


@pytest.mark.parametrize(
    ("sampling", "frames"),
    [
        (Sampling(), 24 + 5),
        (Sampling("uniform"), 120 + 6),
        (Sampling("uniform", 30), 60 + 3),
        (Sampling("motion"), 24 + 2),
    ],
)
def test_as_many_frames_as_the_strategy_takes_at_most(sampling: Sampling, frames: int) -> None:
    found = cost([120.0, 6.0], sampling, 0.1)
    assert (found.films, found.film_s, found.frames) == (2, 126.0, frames)
    assert found.decoded >= found.frames


def test_slow_networks_cost_what_they_take() -> None:
    quick, slow = (cost([3600.0], Sampling(), frame_s).seconds for frame_s in (0.1, 1.1))
    assert slow - quick == pytest.approx(12 * 60)


def speeds(**seconds: float) -> Run:
    """Of a hundred frames each."""
    return Run("import", 0.0, 1.0, {}, [PhaseSpeed(name.replace("_", "-"), 100, s, 1.0) for name, s in seconds.items()])


def test_the_last_run_that_saw_enough_tells_the_speed_of_the_networks() -> None:
    seeing = of_networks(phases())
    small = Run(
        "import", 0.0, 1.0, {}, [PhaseSpeed("yolov3-tiny", 3, 9.0, 1.0), PhaseSpeed("efficientnet-lite2", 3, 9.0, 1.0)]
    )
    runs = [small, speeds(read=1.0), speeds(yolov3_tiny=4.0, efficientnet_lite2=1.0), speeds(yolov3_tiny=90.0)]
    assert frame_seconds(runs, seeing) == pytest.approx(0.05)
    assert frame_seconds(runs[:2], seeing) is None


def test_only_what_is_left_to_be_looked_into_is_counted(shelf: Shelf) -> None:
    film(shelf, "seen.mp4", [scene(0, "dog")], {"duration_s": 60.0})
    new = shelf.put("new.mp4", {"duration_s": 100.0})
    shelf.take_in(new)
    settings = Settings()
    rest, whole = cost_of_rest(shelf.library, settings), cost_of_all(shelf.library, settings)
    assert isinstance(rest, WatchCost)
    assert isinstance(whole, WatchCost)
    assert (rest.films, rest.film_s, rest.is_measured) == (1, 100.0, False)
    assert (whole.films, whole.film_s) == (2, 160.0)
    digest = next(item.digest for item in shelf.library.items([shelf.media_id(new)]).values())
    assert digest is not None
    shelf.library.save_stretch(digest, moments(), [], 40.0)
    halfway = cost_of_rest(shelf.library, settings)
    assert halfway is not None
    assert halfway.film_s == 60.0
    assert cost_of_rest(shelf.library, settings.with_value("video.moments", False)) is None
