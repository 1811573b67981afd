"""Networks in a process of their own: the same answers, and what a death of that process costs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from engines.analysis.networks import Networks
from engines.errors import InferenceError
from engines.inference import isolated
from engines.inference.catalogue import Card, starter_cards
from engines.inference.isolated import NetworkProcess
from engines.inference.ladder_runner import LadderRunner
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.runner import OutOfMemory, Runner
from engines.inference.sparing import SparingRunner
from engines.types import Pixels
from tests.echo_runner import EchoRunner
from tests.inference import process_runners
from tests.inference.process_runners import DEADLY, HANGING, HUNGRY, WRONG
from tests.seeing import picture

LABELS = "efficientnet-lite2"
ONE_THREAD = partial(OpenVinoRunner, threads=1, precision="fp32")


@pytest.fixture
def process() -> Iterator[NetworkProcess]:
    process = NetworkProcess()
    yield process
    process.alone.close()


@pytest.fixture
def card() -> Card:
    return starter_cards()[LABELS]


def pictures(*colours: int) -> Pixels:
    return np.stack([np.full((260, 260, 3), colour, np.uint8) for colour in colours])


def moody(process: NetworkProcess, card: Card) -> Runner:
    runner = process.runner(card, process_runners.moody)
    runner.load()
    return runner


def killed(process: NetworkProcess) -> None:
    assert process.alone.pid is not None
    os.kill(process.alone.pid, signal.SIGKILL)


def test_it_says_what_the_same_runner_says_here(process: NetworkProcess, card: Card) -> None:
    here, there = ONE_THREAD(card), process.runner(card, ONE_THREAD)
    here.load()
    there.load()
    batch = np.random.default_rng(1).integers(0, 256, (5, 260, 260, 3), np.uint8)
    assert np.array_equal(there.run({"picture": batch})["probabilities"], here.run({"picture": batch})["probabilities"])
    assert there.precision == here.precision == "fp32"


def test_a_process_that_is_killed_fifty_times_loses_no_batch(process: NetworkProcess, card: Card) -> None:
    """Before a batch, for that is when a driver's fault shows."""
    runner = moody(process, card)
    for number in range(50):
        killed(process)
        assert runner.run({"picture": pictures(number, 7)})["probabilities"][:, 0] == pytest.approx([number, 7])
    assert process.deaths == 50


def test_two_networks_share_the_process_and_both_come_back(process: NetworkProcess) -> None:
    labels, objects = (starter_cards()[name] for name in (LABELS, "yolov3-tiny"))
    first, second = moody(process, labels), process.runner(objects, process_runners.moody)
    second.load()
    assert process.alone.starts == 1
    killed(process)
    squares = np.full((1, 416, 416, 3), 9, np.uint8)
    assert second.run({"picture": squares})["scores"][0, 0, 0] == 9
    assert first.run({"picture": pictures(3)})["probabilities"][0, 0] == 3
    assert process.alone.starts == 2


def test_a_batch_that_kills_it_twice_is_split_to_the_culprit(process: NetworkProcess) -> None:
    networks = Networks(lambda card: process.runner(card, process_runners.moody))
    found = networks.infer(
        [picture(number, "objects", digest=bytes([row] * 16)) for row, number in enumerate((0, DEADLY, 0))]
    )
    assert [one.done[0].problem is not None for one in found] == [False, True, False]
    assert found[1].done[0].problem is not None
    assert "SIGKILL" in found[1].done[0].problem.text
    networks.free()


def test_a_network_that_hangs_is_given_up(process: NetworkProcess, card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_RUN_S", 0.5)
    runner = moody(process, card)
    with pytest.raises(InferenceError, match="did not answer and was ended"):
        runner.run({"picture": pictures(HANGING)})
    assert runner.run({"picture": pictures(4)})["probabilities"][0, 0] == 4


def test_errors_come_through_and_leave_the_process_alive(process: NetworkProcess, card: Card) -> None:
    runner = moody(process, card)
    with pytest.raises(InferenceError, match="It gave no reason"):
        runner.run({"picture": pictures(WRONG)})
    with pytest.raises(OutOfMemory, match="The card is full"):
        runner.run({"picture": pictures(HUNGRY)})
    assert (process.alone.starts, process.deaths) == (1, 0)


def test_a_larger_batch_than_before_needs_no_new_process(process: NetworkProcess, card: Card) -> None:
    runner = moody(process, card)
    for count in (1, 20, 3):
        assert runner.run({"picture": pictures(*range(count))})["probabilities"][:, 5] == pytest.approx(range(count))
    assert process.alone.starts == 1


def test_little_shared_memory_is_enough(process: NetworkProcess, card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = moody(process, card)
    status = os.statvfs("/dev/shm")
    fields = list(status[:10])
    fields[4] = fields[3] = 0  # blocks that are free
    monkeypatch.setattr(os, "statvfs", lambda path: os.statvfs_result(fields))
    assert runner.run({"picture": pictures(6)})["probabilities"][0, 0] == 6


def test_the_process_ends_with_its_last_network(process: NetworkProcess, card: Card) -> None:
    runner = moody(process, card)
    assert process.alone.pid is not None
    runner.free()
    assert process.alone.pid is None


def test_the_process_ends_when_its_only_network_does_not_load(process: NetworkProcess, card: Card) -> None:
    """As when a card's back end fails: what the process holds of the card would be held for nobody."""
    gone = {name: replace(file, path=Path("nowhere")) for name, file in card.files.items()}
    runner = LadderRunner(
        replace(card, files=gone), [("torch", lambda card: process.runner(card, ONE_THREAD)), ("openvino", EchoRunner)]
    )
    runner.load()
    assert runner.back_end == "openvino"
    assert (process.alone.starts, process.alone.pid) == (1, None)


def test_a_runner_that_runs_out_at_a_set_memory_gets_smaller_batches(process: NetworkProcess, card: Card) -> None:
    runner = SparingRunner(process.runner(card, process_runners.full), 16)
    runner.load()
    batch = pictures(*range(16))
    assert runner.run({"picture": batch})["probabilities"][:, 0] == pytest.approx(range(16))
    assert 1 <= runner.limit < 4  # of 100 MB each, in 400 MB less what the process itself wants
    assert process.deaths == 0
