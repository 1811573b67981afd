"""Networks that wait for the next run: kept, freed when idle, freed when asked; and several that share the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from engines.analysis.attendant import Attendant
from engines.analysis.desk import ThreadDesk
from engines.analysis.networks import Networks
from engines.errors import InferenceError
from engines.inference.openvino_engine import OpenVinoRunner
from engines.types import Inferred
from tests.seeing import OBJECTS, Cabinet, SeeingRunner, picture


class Staff:
    """Attendants with a thread each."""

    def __init__(self) -> None:
        self.threads: list[tuple[Attendant, Thread]] = []

    def attend(self, *networks: Networks, idle_s: float | None = None) -> ThreadDesk:
        desk = ThreadDesk(*networks)
        for place, one in enumerate(networks):
            attendant = Attendant(one, idle_s)
            thread = Thread(target=attendant.serve)
            thread.start()
            attendant.attend(desk, place)
            self.threads.append((attendant, thread))
        return desk

    def close(self) -> None:
        for attendant, thread in self.threads:
            attendant.close()
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def staff() -> Iterator[Staff]:
    staff = Staff()
    yield staff
    staff.close()


def fetched(desk: ThreadDesk) -> list[Inferred]:
    found: list[Inferred] = []
    while desk.busy:
        found += desk.collect(10)
    desk.close()
    return found


def test_networks_are_kept_from_one_run_to_the_next(staff: Staff) -> None:
    cabinet = Cabinet()
    networks = Networks(cabinet)
    desk = staff.attend(networks)
    for _ in range(2):
        desk.submit(picture(1))
        fetched(desk)
        desk = ThreadDesk(networks)
        staff.threads[0][0].attend(desk, 0)
    desk.close()
    staff.close()
    assert (cabinet.loads, [runner.freed for runner in cabinet.runners.values()]) == (2, [1, 1])


def test_networks_are_freed_after_a_while_without_work(staff: Staff) -> None:
    cabinet = Cabinet()
    desk = staff.attend(Networks(cabinet), idle_s=0.02)
    desk.submit(picture(1))
    fetched(desk)
    while not all(runner.freed for runner in cabinet.runners.values()):
        assert staff.threads[0][1].is_alive()  # it waits for another run; a hang ends by the test's own limit


def test_what_could_not_be_had_is_tried_again_in_the_next_run() -> None:
    fault: list[InferenceError | None] = [InferenceError("network_missing", "It is not there.")]

    def change(runner: SeeingRunner) -> None:
        runner.fault = fault[0]

    networks = Networks(Cabinet(change))
    assert not networks.infer([picture(1)])[0].done
    desk, fault[0] = ThreadDesk(networks), None
    assert not desk.failures
    assert networks.infer([picture(1)])[0].done


def test_two_cards_share_the_pictures_out_and_none_is_seen_twice(staff: Staff) -> None:
    """On two real networks on the processor, in place of two cards; each waits until the other has a batch as well."""
    both = Barrier(2, timeout=30)

    class Waiting(OpenVinoRunner):
        first = True

        def run(self, inputs):  # type: ignore[no-untyped-def]  # the same
            if self.first:
                both.wait()
            self.first = False
            return super().run(inputs)

    networks = [Networks(lambda card: Waiting(card, threads=1), batch_size=2) for _ in range(2)]
    desk = staff.attend(*networks)
    for number in range(9):
        desk.submit(picture(number, "objects"))
    found = fetched(desk)
    assert sorted(one.digest for one in found) == [picture(number).digest for number in range(9)]
    seen = [sum(one.pictures for one in each.running if one.name == OBJECTS) for each in networks]
    assert sum(seen) == 9
    assert min(seen) >= 1
