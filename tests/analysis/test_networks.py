"""The infer hop: batches across pictures, networks on first need, and what a failure costs."""

from __future__ import annotations

import time
from threading import Event, Thread

import pytest

from engines.analysis.desk import InlineDesk, ThreadDesk
from engines.analysis.networks import Networks
from engines.analysis.phases import chosen, interpret_of
from engines.errors import InferenceError
from engines.types import Findings, Inferred, Outputs
from tests.seeing import BROKEN, LABELS, OBJECTS, Cabinet, SeeingRunner, picture

PERSON, TENCH = 0, 0


def done(inferred: Inferred) -> dict[str, str]:
    """Each phase with what came of it."""
    return {one.phase: "failed" if one.problem is not None else "done" for one in inferred.done}


def test_pictures_of_many_files_go_in_one_batch() -> None:
    cabinet = Cabinet()
    found = Networks(cabinet, batch_size=4).infer([picture(number) for number in range(6)])
    assert cabinet.runners[LABELS].batches == cabinet.runners[OBJECTS].batches == [4, 2]
    assert [done(one) for one in found] == [{"objects": "done", "labels": "done"}] * 6


def test_no_network_is_given_more_than_its_card_allows() -> None:
    cabinet = Cabinet()
    Networks(cabinet, batch_size=300).infer([picture(1, "objects") for _ in range(260)])
    assert cabinet.runners[OBJECTS].batches == [256, 4]


def test_each_picture_gets_its_own_answers() -> None:
    found = Networks(Cabinet()).infer([picture(number) for number in (2, 5, 2)])
    boxes = [one.done[0].findings.boxes[0].label for one in found]
    assert boxes == ["car", "bus", "car"]
    assert [one.digest for one in found] == [picture(number).digest for number in (2, 5, 2)]


def test_results_carry_the_effective_version_and_the_precision() -> None:
    (found,) = Networks(Cabinet()).infer([picture(1)])
    (objects,) = chosen(["objects"])
    assert (found.done[0].version, found.done[0].precision) == (objects.version, "fp32")


def test_only_the_networks_of_the_phases_that_wait_are_loaded() -> None:
    cabinet = Cabinet()
    (found,) = Networks(cabinet).infer([picture(1, "objects")])
    assert list(cabinet.runners) == [OBJECTS]
    assert done(found) == {"objects": "done"}


def test_the_picture_that_makes_a_batch_fail_is_the_only_one_marked() -> None:
    found = Networks(Cabinet()).infer([picture(1), picture(BROKEN), picture(3)])
    assert [set(done(one).values()) for one in found] == [{"done"}, {"failed"}, {"done"}]
    assert found[1].done[0].problem is not None
    assert "out of luck" in found[1].done[0].problem.text


def test_a_network_that_fails_for_every_picture_is_given_up_and_its_phases_wait() -> None:
    networks = Networks(Cabinet())
    found = networks.infer([picture(BROKEN), picture(BROKEN, digest=bytes(16))])
    assert [done(one) for one in found] == [{}, {}]
    assert set(networks.failures) == {LABELS, OBJECTS}


def _without_labels(runner: SeeingRunner) -> None:
    if runner.card.name == LABELS:
        runner.fault = InferenceError("network_missing", "The network EfficientNet-Lite2 cannot be loaded.")


def test_a_network_that_cannot_be_loaded_costs_its_phases_and_no_others() -> None:
    networks = Networks(Cabinet(_without_labels))
    found = networks.infer([picture(1), picture(2)])
    assert [done(one) for one in found] == [{"objects": "done"}] * 2
    assert [message.text for message in networks.failures.values()] == [
        "The network EfficientNet-Lite2 cannot be loaded."
    ]


def test_a_phase_whose_own_network_is_missing_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def interpret(outputs: Outputs, size: tuple[int, int]) -> Findings:
        asked.append("labels")
        raise InferenceError("network_missing", "The network for texts cannot be loaded.")

    monkeypatch.setattr(
        "engines.analysis.networks.interpret_of",
        lambda phase: interpret if phase.name == "labels" else interpret_of(phase),
    )
    found = Networks(Cabinet()).infer([picture(1), picture(2)])
    assert [done(one) for one in found] == [{"objects": "done"}] * 2
    assert asked == ["labels"]


def test_all_networks_are_freed() -> None:
    cabinet = Cabinet()
    networks = Networks(cabinet)
    networks.infer([picture(1)])
    networks.free()
    assert [runner.freed for runner in cabinet.runners.values()] == [1, 1]


def test_a_thread_takes_pictures_and_gives_results_back() -> None:
    cabinet = Cabinet()
    desk = ThreadDesk(Networks(cabinet, batch_size=2))
    thread = Thread(target=desk.serve)
    thread.start()
    for number in range(5):
        desk.submit(picture(number))
    found: list[Inferred] = []
    while desk.busy:
        found += desk.collect(10)
    desk.close()
    thread.join(10)
    assert not thread.is_alive()
    assert [one.digest for one in found] == [picture(number).digest for number in range(5)]
    assert [runner.freed for runner in cabinet.runners.values()] == [1, 1]


def test_a_desk_that_is_behind_has_no_room() -> None:
    desk = ThreadDesk(Networks(Cabinet(), batch_size=2))
    for number in range(4):
        assert desk.has_room
        desk.submit(picture(number))
    assert not desk.has_room
    desk.close()


def test_what_a_kill_makes_be_decoded_again_is_three_batches_at_most() -> None:
    goes_on = Event()
    desk = ThreadDesk(Networks(Cabinet(lambda runner: _hold(runner, goes_on)), batch_size=2))
    thread = Thread(target=desk.serve)
    thread.start()
    accepted, patience = 0, time.monotonic() + 0.5
    while time.monotonic() < patience:
        if desk.has_room:
            desk.submit(picture(accepted))
            accepted += 1
    assert 4 < accepted <= 6  # none of which has a result that could have been saved
    desk.close()
    goes_on.set()
    thread.join(10)
    assert not thread.is_alive()


def _hold(runner: SeeingRunner, until: Event) -> None:
    load = runner.load

    def wait_and_load() -> None:
        until.wait(10)
        load()

    runner.load = wait_and_load  # type: ignore[method-assign]  # it takes its time


def test_a_fault_of_ours_rises_where_results_are_fetched() -> None:
    def start(card: object) -> SeeingRunner:
        raise ZeroDivisionError

    desk = ThreadDesk(Networks(start))
    desk.submit(picture(1))
    desk.serve()
    with pytest.raises(ZeroDivisionError):
        desk.collect(10)


def test_a_desk_without_a_thread_works_when_it_is_asked() -> None:
    desk = InlineDesk(Networks(Cabinet(), batch_size=2))
    for number in range(3):
        desk.submit(picture(number))
    assert [len(desk.collect(0)), len(desk.collect(0)), desk.busy] == [2, 1, False]
