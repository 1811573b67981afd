"""Runs with networks: results come after the tile, what fails costs its phase, what is left is done next time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace

import pytest

from engines.analysis import phases as module_of_phases
from engines.analysis.desk import InlineDesk
from engines.analysis.networks import Networks
from engines.analysis.phases import chosen, of_networks, of_workers, phases
from engines.analysis.pipeline import ScanRules
from engines.analysis.run import Report, Runner
from engines.cancel import Cancelled, CancelToken
from engines.errors import InferenceError
from engines.library.describe import describe
from engines.search.find import find
from engines.types import Examined, Wanted
from tests.seeing import LABELS, Cabinet, SeeingRunner, picture
from tests.shelf import OneAtATime, Shelf, look

STARTER = ("objects", "labels")
CAR, BUS = 2, 5  # numbers of COCO's classes


def look_for_networks(wanted: Wanted) -> Examined:
    """A made file is its name's number as a picture, on its way to the networks."""
    due = chosen(wanted.phases)
    examined = look(replace(wanted, phases=tuple(phase.name for phase in of_workers(due))))
    waiting = tuple(phase.name for phase in of_networks(due))
    assert examined.content is not None
    number = CAR if "car" in wanted.path else BUS
    to_infer = picture(number, *waiting, digest=examined.content.digest) if waiting else None
    return replace(examined, to_infer=to_infer)


def run(shelf: Shelf, cabinet: Cabinet, token: CancelToken | None = None) -> Report:
    @contextmanager
    def start_desk() -> Iterator[InlineDesk]:
        networks = Networks(cabinet)
        yield InlineDesk(networks)
        networks.free()

    executor = OneAtATime(look_for_networks)
    runner = Runner(
        shelf.library, ScanRules(), lambda: nullcontext(executor), token or CancelToken(), start_desk=start_desk
    )
    return runner.import_paths([str(shelf.photos)])


def states(shelf: Shelf, name: str) -> dict[str, str]:
    path = shelf.photos / name
    with shelf.library.database.read() as connection:
        record = describe(connection, shelf.media_id(path), phases())
    return {phase["name"]: phase["state"] for phase in record["phases"]}


def tags(shelf: Shelf, name: str) -> set[str]:
    return {tag["name"] for tag in shelf.record(shelf.photos / name)["tags"]}


def test_what_networks_see_is_saved_with_the_rest(shelf: Shelf) -> None:
    shelf.put("car.jpg")
    shelf.put("bus.jpg")
    report = run(shelf, Cabinet())
    assert report.notices == []
    assert {"car", "vehicle"} <= tags(shelf, "car.jpg")
    assert "bus" in tags(shelf, "bus.jpg")
    assert {states(shelf, name)[phase] for name in ("car.jpg", "bus.jpg") for phase in STARTER} == {"done"}
    assert {"yolov3-tiny", "objects", "labels"} <= {speed.name for speed in report.speeds}


def test_a_library_filled_without_networks_is_looked_at_later(shelf: Shelf) -> None:
    shelf.put("car.jpg")
    shelf.take_in()
    assert states(shelf, "car.jpg")["objects"] == "pending"
    run(shelf, Cabinet())
    assert states(shelf, "car.jpg")["objects"] == "done"
    assert run(shelf, Cabinet()).examined == 0


def test_what_one_phase_lacks_is_no_reason_to_run_others(shelf: Shelf) -> None:
    shelf.put("car.jpg")
    run(shelf, Cabinet())
    shelf.library.make_pending(["objects"])
    cabinet = Cabinet()
    run(shelf, cabinet)
    assert list(cabinet.runners) == ["yolov3-tiny"]
    assert set(states(shelf, "car.jpg").values()) <= {"done"}


def test_a_network_that_is_missing_is_told_once_and_its_phases_wait(shelf: Shelf) -> None:
    def break_it(runner: SeeingRunner) -> None:
        if runner.card.name == LABELS:
            runner.fault = InferenceError("network_missing", "The network EfficientNet-Lite2 cannot be loaded.")

    for number in range(3):
        shelf.put(f"car {number}.jpg")
    report = run(shelf, Cabinet(break_it))
    assert [notice.text for notice in report.notices] == ["The network EfficientNet-Lite2 cannot be loaded."]
    assert report.failed == []
    assert (states(shelf, "car 1.jpg")["objects"], states(shelf, "car 1.jpg")["labels"]) == ("done", "pending")
    run(shelf, Cabinet())
    assert states(shelf, "car 1.jpg")["labels"] == "done"


def test_a_stop_keeps_what_is_done_and_nothing_is_done_twice(shelf: Shelf) -> None:
    for number in range(6):
        shelf.put(f"car {number}.jpg")
    token = CancelToken()
    stopping = Cabinet(lambda runner: token.cancel())  # as soon as a network is loaded
    with pytest.raises(Cancelled):
        run(shelf, stopping, token)
    done = [number for number in range(6) if _is_looked_at(shelf, number)]
    assert 0 < len(done) < 6
    cabinet = Cabinet()
    run(shelf, cabinet)
    assert sum(cabinet.runners["yolov3-tiny"].batches) == 6 - len(done)
    assert all(_is_looked_at(shelf, number) for number in range(6))


def test_results_of_a_raised_version_are_found_until_they_are_replaced(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("car.jpg")
    run(shelf, Cabinet())
    starter = module_of_phases._BY_SET["starter"]
    raised = {replace(phase, version=phase.version + (phase.name in STARTER)): starter[phase] for phase in starter}
    monkeypatch.setitem(module_of_phases._BY_SET, "starter", raised)
    assert {states(shelf, "car.jpg")[phase] for phase in STARTER} == {"pending"}
    for query in ("object:car", "tag:vehicle", "car"):
        assert find(shelf.library, query).total == 1
    monkeypatch.setattr("tests.analysis.test_run_networks.CAR", BUS)  # what networks see in it now
    run(shelf, Cabinet())
    assert (find(shelf.library, "object:car").total, find(shelf.library, "object:bus").total) == (0, 1)
    assert {states(shelf, "car.jpg")[phase] for phase in STARTER} == {"done"}
    assert run(shelf, Cabinet()).examined == 0


def _is_looked_at(shelf: Shelf, number: int) -> bool:
    try:
        return states(shelf, f"car {number}.jpg")["objects"] == "done"
    except AssertionError:  # not examined yet, so that it has no item
        return False
