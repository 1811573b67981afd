"""Batches shrink when memory runs out, grow back later, and are chosen to fit a budget."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.inference.catalogue import Card, starter_cards
from engines.inference.examples import example
from engines.inference.runner import Arrays, OutOfMemory
from engines.inference.sparing import SparingRunner, fitting_batch
from tests.echo_runner import EchoRunner


class Narrow(EchoRunner):
    """Has room for so many pictures. held: bytes after each run, as back ends keep what the largest batch needed."""

    def __init__(self, card: Card, room: int) -> None:
        super().__init__(card)
        self.room = room
        self.held = 100

    def run(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        batch = len(next(iter(inputs.values())))
        if batch > self.room:
            raise OutOfMemory("gpu_memory", "The card is full.")
        self.held = max(self.held, 100 + 10 * batch)
        return super().run(inputs)


@pytest.fixture
def card() -> Card:
    return starter_cards()["efficientnet-lite2"]


def given(card: Card, count: int) -> dict[str, NDArray[Any]]:
    return {"picture": np.stack([np.full((260, 260, 3), number, np.uint8) for number in range(count)])}


def test_every_picture_gets_its_own_row_whatever_the_parts(card: Card) -> None:
    runner = SparingRunner(Narrow(card, 3), 16)
    assert runner.run(given(card, 11))["probabilities"][:, 0] == pytest.approx(range(11))


def test_the_batch_is_halved_and_remembered(card: Card) -> None:
    narrow = Narrow(card, 5)
    runner = SparingRunner(narrow, 16)
    runner.run(given(card, 16))
    runner.run(given(card, 16))
    assert narrow.batches == [4] * 8


def test_it_grows_back_after_a_while_without_want(card: Card) -> None:
    narrow = Narrow(card, 4)
    runner = SparingRunner(narrow, 16)
    runner.run(given(card, 16))
    narrow.room = 100
    for _ in range(40):
        runner.run(given(card, 16))
    assert runner.limit == 16


def test_one_picture_that_is_too_much_is_told(card: Card) -> None:
    with pytest.raises(OutOfMemory):
        SparingRunner(Narrow(card, 0), 16).run(given(card, 2))


@pytest.mark.parametrize(("budget", "batch"), [(150, 4), (200, 8), (10_000, 256), (105, 1), (None, 16)])
def test_a_batch_is_chosen_that_fits_the_budget(card: Card, budget: int | None, batch: int) -> None:
    narrow = Narrow(card, 300)
    assert fitting_batch(narrow, partial(example, card), lambda: narrow.held, budget) == batch


def test_where_memory_cannot_be_measured_sixteen_are_taken(card: Card) -> None:
    assert fitting_batch(Narrow(card, 300), partial(example, card), lambda: None, 1000) == 16


def test_a_card_without_room_for_four_is_no_fault(card: Card) -> None:
    narrow = Narrow(card, 2)
    assert fitting_batch(narrow, partial(example, card), lambda: narrow.held, 1000) == 16
