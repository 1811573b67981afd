"""Prices of precisions tell what really ran; what it says is measured elsewhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from engines.analysis.price import prices
from engines.errors import InferenceError, UsageError
from engines.inference.catalogue import Card, starter_cards
from engines.inference.examples import example
from engines.inference.ladder_runner import LadderRunner
from engines.inference.runner import Runner
from tests.echo_runner import EchoRunner

CARD = starter_cards()["efficientnet-lite2"]


class Echo(EchoRunner):
    def __init__(self, card: Card, precision: str) -> None:
        super().__init__(card)
        self.precision = precision


def refuse(card: Card) -> Runner:
    raise InferenceError("no_engine", "it cannot be built.")


def started(precision: str) -> Any:
    """A card on which TensorRT takes fp16 only, PyTorch fp32, and nothing bf16; INT8 is stepped down."""
    if precision == "bf16":
        raise UsageError("no_back_end", "there is none.")
    starts: list[tuple[str, Any]] = [("torch", lambda card: Echo(card, precision))]
    starts.insert(0, ("tensorrt", (lambda card: Echo(card, precision)) if precision == "fp16" else refuse))
    return SimpleNamespace(name="tensorrt", runner=lambda card: LadderRunner(card, starts))


def test_on_a_card_each_precision_is_told_with_the_back_end_that_it_ran_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "engines.inference.openvino_engine.OpenVinoRunner", lambda card, threads, precision: Echo(card, precision)
    )
    found = prices(CARD, [example(CARD, 1), example(CARD, 1)], started, threads=1)
    assert [(one.precision, one.back_end) for one in found] == [
        ("fp32", "torch"), ("fp16", "tensorrt"), ("int8", "torch")
    ]  # fmt: skip
    assert [one.faster is None for one in found] == [False, True, False]  # TensorRT had no FP32 to be held against
    assert found[0].faster == 1.0
