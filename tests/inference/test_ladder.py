"""Which back end runs networks: the ladder with each of its steps broken in turn, each with its sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engines.errors import InferenceError, UsageError
from engines.inference import hardware
from engines.inference.back_ends import choose, on_cards, precision_on_tensorrt, workspace_on
from engines.inference.built_runner import precision_of
from engines.inference.catalogue import Adapter, Card, Rounded, starter_cards
from engines.inference.gpu_monitor import Gpu
from engines.inference.hardware import Hardware, hardware_here
from engines.inference.ladder import Skipped, steps
from engines.inference.ladder_runner import LadderRunner
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.runner import OutOfMemory, Runner
from tests.echo_runner import EchoRunner

AMPERE = Gpu(0, "GPU-1", "NVIDIA GeForce RTX 3060", (8, 6), 12 << 30)
TURING = Gpu(0, "GPU-2", "NVIDIA GeForce RTX 2080 Ti", (7, 5), 11 << 30)
PASCAL = Gpu(0, "GPU-3", "NVIDIA GeForce GTX 1080", (6, 1), 8 << 30)
ALL = Hardware((AMPERE,), None, "581.15", (("tensorrt_rtx", "1.7.1.116"),), "2.13.0")


def works(what: str) -> str | None:
    return None


def names(hardware: Hardware, precision: str = "fp16", asked: str = "automatic") -> list[str]:
    found, _ = steps(hardware, precision, works, asked)
    return [step.name for step in found]


def reasons(hardware: Hardware, precision: str = "fp16", broken: dict[str, str] | None = None) -> dict[str, str]:
    _, skipped = steps(hardware, precision, (broken or {}).get)
    return {one.name: one.reason for one in skipped}


def test_with_everything_there_the_fastest_comes_first_and_the_processor_last() -> None:
    assert names(ALL) == ["tensorrt", "torch", "openvino"]


@pytest.mark.parametrize(("broken", "sentence"), [
    (replace(ALL, gpus=(), no_gpu="No NVIDIA driver was found."), "No NVIDIA driver was found."),
    (replace(ALL, gpus=(PASCAL,)), "needs a card of the generation Turing or newer; NVIDIA GeForce GTX 1080 is older."),
    (replace(ALL, tensorrt=()), "TensorRT is not installed. This brings it: "),
    (replace(ALL, driver="552.44"), "TensorRT needs driver 580 or newer; this computer has 552.44."),
])  # fmt: skip
def test_what_speaks_against_tensorrt_is_said_in_a_sentence(broken: Hardware, sentence: str) -> None:
    assert sentence in reasons(broken)["tensorrt"]
    assert "tensorrt" not in names(broken)


def test_fp32_on_a_turing_card_goes_to_pytorch() -> None:
    turing = replace(ALL, gpus=(TURING,))
    assert names(turing, "fp32") == ["torch", "openvino"]
    assert (
        "does not calculate in fp32 on cards such as NVIDIA GeForce RTX 2080 Ti" in reasons(turing, "fp32")["tensorrt"]
    )
    assert names(turing, "fp16")[0] == "tensorrt"


def test_a_library_that_fails_its_trial_is_passed_over() -> None:
    both = replace(ALL, tensorrt=(("tensorrt", "11.4"), ("tensorrt_rtx", "1.7")))
    found, _ = steps(both, "fp16", {"tensorrt": "it died (SIGSEGV)"}.get)
    assert (found[0].library, found[0].version) == ("tensorrt_rtx", "1.7")
    broken = {"tensorrt": "it died", "tensorrt_rtx": "it cannot run what it built", "torch": "there is no CUDA in it"}
    assert reasons(both, broken=broken) == {
        "tensorrt": "tensorrt_rtx 1.7 does not work here: it cannot run what it built.",
        "torch": "PyTorch cannot use the card: there is no CUDA in it.",
    }


def test_without_pytorch_tensorrt_is_followed_by_the_processor() -> None:
    assert names(replace(ALL, torch=None)) == ["tensorrt", "openvino"]


def test_a_back_end_that_was_forced_works_or_is_told() -> None:
    assert names(ALL, asked="torch") == ["torch"]
    with pytest.raises(UsageError, match=r"inference\.back_end=tensorrt cannot be had: .* has 552\.1"):
        choose(
            "tensorrt", precision="fp16", threads=1, cache=None, hardware=replace(ALL, driver="552.1"), trial_of=works
        )


def test_on_a_computer_without_a_card_the_processor_runs_networks_and_says_why() -> None:
    nothing = Hardware(no_gpu="No NVIDIA driver was found.")
    found = choose("automatic", precision="automatic", threads=1, cache=None, hardware=nothing)
    assert (found.name, found.precision) == ("openvino", "fp32")
    assert found.skipped == tuple(Skipped(name, "No NVIDIA driver was found.") for name in ("tensorrt", "torch"))
    assert isinstance(found.runner(starter_cards()["yolov3-tiny"]), OpenVinoRunner)


def test_a_fault_is_remembered_for_an_hour_and_only_for_its_card(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[str | None] = ["the card is full", None]
    tried: list[str] = []
    now = [1e9]

    def answer(what: str, device: int, log: Path | None) -> str | None:
        tried.append(what)
        return faults[min(len(tried), 2) - 1]

    monkeypatch.setattr(hardware, "_tried", answer)
    monkeypatch.setattr("engines.inference.hardware.time.time", lambda: now[0])
    assert [hardware.trial("torch", ALL) for _ in range(2)] == ["the card is full"] * 2
    now[0] += 4000
    assert hardware.trial("torch", ALL) is None
    now[0] += 1e8
    assert hardware.trial("torch", ALL) is None
    assert len(tried) == 2
    hardware.trial("torch", replace(ALL, gpus=(TURING,)))
    assert len(tried) == 3


def test_this_computer_is_asked_without_loading_anything_of_nvidias() -> None:
    import sys

    before = set(sys.modules)
    hardware_here()
    assert not {"tensorrt", "tensorrt_rtx", "torch"} & (set(sys.modules) - before)


@pytest.fixture
def card() -> Card:
    return starter_cards()["efficientnet-lite2"]


def test_an_engine_is_given_no_more_pictures_at_once_than_it_was_built_for(card: Card) -> None:
    found = choose("automatic", precision="automatic", threads=1, cache=None, batch=64, hardware=ALL, trial_of=works)
    assert found._on_tensorrt(found.steps[0], card).limit == 16
    assert found._on_torch(found.steps[1], card).limit == 64


class Refusing(EchoRunner):
    """Cannot be loaded, or has no room."""

    def __init__(self, card: Card, when: str) -> None:
        super().__init__(card)
        self.when = when

    def load(self) -> None:
        if self.when == "load":
            raise InferenceError("engine_build", "tensorrt_rtx could not build EfficientNet-Lite2: no luck.")

    def run(self, inputs: object) -> dict[str, object]:  # type: ignore[override]
        raise OutOfMemory("gpu_memory", "The card is full.")


@pytest.mark.parametrize("when", ["load", "run"])
def test_a_network_that_one_back_end_does_not_take_runs_on_the_next(card: Card, when: str) -> None:
    def first(card: Card) -> Runner:
        return Refusing(card, when)  # type: ignore[return-value]

    runner = LadderRunner(card, [("tensorrt", first), ("openvino", EchoRunner)])
    runner.load()
    found = runner.run({"picture": np.full((1, 260, 260, 3), 5, np.uint8)})
    assert found["probabilities"][0, 0] == 5
    assert (runner.back_end, [one.name for one in runner.skipped]) == ("openvino", ["tensorrt"])


def test_what_the_last_one_says_is_told(card: Card) -> None:
    runner = LadderRunner(card, [("torch", lambda card: Refusing(card, "load"))])  # type: ignore[list-item,return-value]
    with pytest.raises(InferenceError, match="no luck"):
        runner.load()


def test_a_card_whose_libraries_do_not_start_leaves_the_work_to_the_processor(card: Card, tmp_path: Path) -> None:
    """The real runners of a card that is not there: each fails, and the processor does it."""
    pytest.importorskip("torch")
    back_end = choose("automatic", precision="automatic", threads=1, cache=None, hardware=ALL, trial_of=works)
    runner = back_end.runner(replace(card, files=card.files))
    assert isinstance(runner, LadderRunner)
    runner.load()
    assert runner.back_end == "openvino"
    assert [one.name for one in runner.skipped] == ["tensorrt", "torch"]
    runner.free()


SECOND = replace(AMPERE, index=1, uuid="GPU-9", name="NVIDIA GeForce RTX 4090")


@pytest.mark.parametrize(("device", "chosen"), [("automatic", [0]), ("all", [0, 1]), ("GPU-9", [1])])
def test_networks_run_on_the_cards_that_are_wanted(device: str, chosen: list[int]) -> None:
    found = on_cards(replace(ALL, gpus=(AMPERE, SECOND)), device)
    assert [one.gpus[0].index for one in found] == chosen
    assert all(len(one.gpus) == 1 for one in found)


def test_a_card_that_is_not_here_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"GPU-7 is no graphics card of this computer \(GPU-1 \(NVIDIA GeForce"):
        on_cards(ALL, "GPU-7")
    with pytest.raises(UsageError, match=r"No NVIDIA driver was found\.\)"):
        on_cards(Hardware(no_gpu="No NVIDIA driver was found."), "GPU-7")


def test_without_a_card_the_processor_is_the_only_one_whatever_is_wanted() -> None:
    assert [one.gpus for device in ("automatic", "all") for one in on_cards(Hardware(), device)] == [(), ()]


def test_a_build_takes_no_more_of_a_card_than_the_budget() -> None:
    assert workspace_on(AMPERE, 70) == 4 << 30
    assert workspace_on(replace(AMPERE, memory=4 << 30), 50) == 2 << 30


def test_engines_are_built_in_the_precision_that_a_run_asks_for(card: Card) -> None:
    rounded, has = replace(card, int8=Rounded(card.network, 30, "")), precision_of(card)
    assert (precision_on_tensorrt(card, "int8"), precision_on_tensorrt(rounded, "int8")) == (has, "int8")
    assert precision_on_tensorrt(rounded, "automatic") == has
    with pytest.raises(InferenceError, match=f"says {has}, not bf16"):
        precision_on_tensorrt(card, "bf16")
    with pytest.raises(InferenceError, match="was exported by others"):
        precision_on_tensorrt(replace(card, adapter=Adapter()), "automatic")
