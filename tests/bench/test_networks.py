"""What is made of measured times; no network runs here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engines.bench.networks import Subject, Way, _rows
from engines.inference.agreement import Agreement
from engines.inference.catalogue import starter_cards
from tests.echo_runner import EchoRunner

CARD = replace(starter_cards()["efficientnet-lite2"], batch_limit=16)


def way(name: str, one: float, batch: float) -> Way:
    return Way(name, EchoRunner(CARD), None, {1: [one], 64: [batch]}, Agreement(difference=0.0))


def test_a_batch_counts_as_many_pictures_as_the_network_took() -> None:
    """64 were asked for, 16 were run: that is no four times the speed."""
    ways = [way("PyTorch fp32", 0.1, 1.6), way("OpenVINO fp32", 0.02, 0.8), way("OpenVINO bf16", 0.02, 0.4)]
    rows = {row.name: row for row in _rows(Subject(CARD, Path(), False), ways, [1, 64])}
    assert rows[f"{CARD.title}: PyTorch fp32"].value == 10
    assert rows[f"{CARD.title}: OpenVINO against PyTorch fp32"].value == 0.1 / 0.02


def test_a_card_is_held_to_its_bars() -> None:
    ways = [
        way("torch on the card fp32", 0.04, 0.4), way("torch on the card bf16", 0.03, 0.2),
        way("tensorrt on the card fp16", 0.01, 0.1),
    ]  # fmt: skip
    rows = {row.name: row for row in _rows(Subject(CARD, Path(), False), ways, [64])}
    torch, tensorrt = (rows[f"{CARD.title}: {name} on the card against PyTorch fp32"] for name in ("torch", "tensorrt"))
    assert (torch.value, torch.holds, tensorrt.value, tensorrt.holds) == (2, True, 4, True)


def test_the_bars_of_a_card_stay_open_without_one() -> None:
    rows = {row.name: row for row in _rows(Subject(CARD, Path(), False), [way("PyTorch fp32", 0.1, 1.6)], [1])}
    assert rows[f"{CARD.title}: tensorrt on the card against PyTorch fp32"].as_json()["holds"] is None
