"""What is made of measured times; no network runs here."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engines.bench import full_set, networks
from engines.bench.gpu_watch import GpuWatch
from engines.bench.networks import Measured, _rows, measure
from engines.bench.report import Row
from engines.bench.ways import Way
from engines.bench.workbench import Workbench
from engines.errors import InferenceError
from engines.inference.agreement import Agreement
from engines.inference.catalogue import starter_cards
from engines.inference.gpu_monitor import GpuMonitor
from tests.echo_runner import EchoRunner
from tests.recorded_nvml import GB, Driver

CARD = starter_cards()["efficientnet-lite2"]


def way(name: str, one: float, batch: float) -> Measured:
    found = Way(name, EchoRunner, lambda: None)
    return Measured(found, EchoRunner(CARD), {1: [one], 16: [batch]}, Agreement(difference=0.0))


def rows(ways: Sequence[Measured], lacking: dict[str, str] | None = None) -> dict[str, Row]:
    return {row.name.removeprefix(f"{CARD.title}: "): row for row in _rows(CARD, ways, lacking or {}, [1, 16])}


def test_each_way_is_told_with_its_speed_and_the_best_with_its_ratio() -> None:
    found = rows([way("PyTorch fp32", 0.1, 1.6), way("OpenVINO fp32", 0.02, 0.8), way("OpenVINO bf16", 0.02, 0.4)])
    assert (found["PyTorch fp32, 16 at once"].value, found["OpenVINO bf16, one alone"].value) == (10, 20)
    ratio = found["OpenVINO against PyTorch fp32"]
    assert (ratio.value, ratio.holds) == (5, True)
    assert ratio.note == "OpenVINO fp32, the best of its precisions (fp32 5.00, bf16 5.00)"


def test_int8_is_held_against_bf16_or_the_reason_is_given() -> None:
    wide, rounded = way("OpenVINO bf16", 0.04, 0.4), way("OpenVINO int8", 0.02, 0.2)
    assert rows([way("PyTorch fp32", 0.1, 1.6), wide, rounded])["OpenVINO int8 against bf16"].value == 2
    without = rows([way("PyTorch fp32", 0.1, 1.6), rounded], {"OpenVINO bf16": "it runs in fp32 instead."})
    row = without["OpenVINO int8 against bf16"]
    assert (row.value, row.holds, row.note) == (None, None, "it runs in fp32 instead.")


def test_a_card_is_held_to_its_bars() -> None:
    found = rows([
        way("torch on the card fp32", 0.04, 0.4), way("torch on the card bf16", 0.03, 0.2),
        way("tensorrt on the card fp16", 0.01, 0.1),
    ])  # fmt: skip
    torch, tensorrt = (found[f"{name} on the card against PyTorch fp32"] for name in ("torch", "tensorrt"))
    assert (torch.value, torch.holds, tensorrt.value, tensorrt.holds) == (2, True, 4, True)


def test_the_bars_of_a_card_stay_open_without_one_and_say_why() -> None:
    found = rows([way("PyTorch fp32", 0.1, 1.6)], {"tensorrt on the card fp16": "No NVIDIA driver was found."})
    row = found["tensorrt on the card against PyTorch fp32"]
    assert (row.as_json()["holds"], row.note) == (None, "No NVIDIA driver was found.")


@pytest.mark.parametrize("module", [networks, full_set])
def test_without_the_extra_every_bar_is_there_without_a_value(
    module: object, monkeypatch: pytest.MonkeyPatch, bench: Workbench
) -> None:
    def lacking() -> None:
        raise InferenceError("extra_missing", "torch cannot be found.")

    monkeypatch.setattr(module, "need_export", lacking)
    if module is networks:
        found = list(measure(bench, [1]))
    else:
        found = [row for row in full_set.measure(bench, None) if row.name != "photos"]
    assert {row.value for row in found} == {None}
    assert {row.note for row in found} == {"torch cannot be found."}
    assert len([row for row in found if row.bar is not None]) >= 6


def test_the_load_and_the_memory_of_a_card_are_seen_meanwhile() -> None:
    watch = GpuWatch("GPU-3060", GpuMonitor(Driver()), lambda: 10)
    assert (watch.load, watch.peak_bytes) == (None, None)
    with watch.looking():
        while watch.load is None:  # a hang ends by the test's own limit
            pass
    assert (watch.load, watch.peak_bytes) == (87, GB)


def test_memory_of_processes_that_cannot_be_seen_is_not_told_as_none() -> None:
    watch = GpuWatch("GPU-3060", GpuMonitor(Driver()), lambda: 12345)
    watch.look()
    assert (watch.load, watch.peak_bytes) == (87, None)


def test_the_whole_analyser_is_held_to_pytorch_in_the_same_place_and_says_what_weights_it_had() -> None:
    def found(seconds: float) -> full_set._Found:
        return full_set._Found(seconds, 100.0, None, None, {b"1": "beach"}, {b"1": ()})

    yardsticks = {True: found(1.0), False: found(30.0)}
    said = {row.name: row for row in full_set._rows("OpenVINO fp32", found(10.0), yardsticks, "random weights", 1)}
    assert said["OpenVINO fp32, against PyTorch fp32"].value == 3
    for name in ("against PyTorch fp32", "same top scene", "same objects"):
        assert "random weights" in said[f"OpenVINO fp32, {name}"].note
    alone = {row.name: row for row in full_set._rows("OpenVINO fp32", found(10.0), {True: found(1.0)}, "", 1)}
    assert "OpenVINO fp32, against PyTorch fp32" not in alone


def test_a_way_that_becomes_another_precision_is_none() -> None:
    with pytest.raises(InferenceError, match="in fp32 instead"):
        Way("OpenVINO bf16", EchoRunner, lambda: None).runner(CARD)
