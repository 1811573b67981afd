"""Cards: what ships has one, and a file that is not the one on its card is refused with a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engines.errors import InferenceError
from engines.inference.catalogue import (
    STARTER_FOLDER,
    Card,
    Task,
    installed_cards,
    networks_folder,
    read_card,
    starter_cards,
)

SIZE_LIMIT = 55_000_000  # bytes that all networks may add to the program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the card of YOLOv3-tiny with its labels; in place of the network lie some bytes."""
    shutil.copytree(STARTER_FOLDER / "yolov3-tiny", tmp_path / "copy", ignore=shutil.ignore_patterns("*.onnx"))
    (tmp_path / "copy" / "network.onnx").write_bytes(b"not the network")
    return tmp_path / "copy"


def cards() -> list[Card]:
    return list(starter_cards().values())


def test_there_is_a_starter_network_for_each_task_but_one() -> None:
    assert {card.task for card in cards()} == {*Task} - {Task.MEANING}  # only a large one knows that


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.name)
def test_every_file_of_a_starter_network_is_the_one_on_its_card(card: Card) -> None:
    assert all(card.read(name) for name in card.files)


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.name)
def test_every_file_beside_a_card_is_on_it(card: Card) -> None:
    assert {path.name for path in (STARTER_FOLDER / card.name).iterdir()} == {"card.toml", "LICENSE", *card.files}


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.name)
def test_a_card_says_whose_the_network_is(card: Card) -> None:
    assert all((card.source.authors, card.source.licence, card.source.attribution, card.source.files))


def test_the_starter_networks_are_small() -> None:
    assert sum(file.size for card in cards() for file in card.files.values()) < SIZE_LIMIT


@pytest.mark.parametrize(("name", "count", "first", "last"), [
    ("efficientnet-lite2", 1000, "tench, Tinca tinca", "toilet tissue, toilet paper, bathroom tissue"),
    ("yolov3-tiny", 80, "person", "toothbrush"),
])  # fmt: skip
def test_there_is_a_label_for_each_class(name: str, count: int, first: str, last: str) -> None:
    card = starter_cards()[name]
    labels = card.read_labels()
    assert (len(labels), labels[0], labels[-1]) == (card.outputs[-1].shape[-1], first, last)
    assert len(labels) == count


def test_a_network_without_classes_has_no_labels() -> None:
    assert starter_cards()["minilm-l6-v2"].read_labels() == ()


def test_a_changed_network_is_refused(folder: Path) -> None:
    with pytest.raises(
        InferenceError, match=r"YOLOv3-tiny cannot be loaded: .*network\.onnx is damaged or was changed"
    ):
        read_card(folder).read("network.onnx")


def test_a_changed_network_of_the_right_size_is_refused(folder: Path) -> None:
    card = read_card(folder)
    (folder / "network.onnx").write_bytes(bytes(card.files["network.onnx"].size))
    with pytest.raises(InferenceError, match="is damaged or was changed"):
        card.read("network.onnx")


def test_a_missing_network_is_told(folder: Path) -> None:
    (folder / "network.onnx").unlink()
    with pytest.raises(InferenceError, match=r"cannot be read \(No such file or directory\)"):
        read_card(folder).read("network.onnx")


@pytest.mark.parametrize("text", [
    "name = ",  # not TOML
    'name = "x"',  # says too little
    '{card}\nmood = "good"',  # says what nobody knows
])  # fmt: skip
def test_a_card_that_cannot_be_understood_is_told(folder: Path, text: str) -> None:
    card = (folder / "card.toml").read_text("utf-8")
    (folder / "card.toml").write_text(text.replace("{card}", card.partition("[picture]")[0]), "utf-8")
    with pytest.raises(InferenceError, match=r"its card card\.toml cannot be read"):
        read_card(folder)


@pytest.mark.parametrize(("was", "now"), [
    ('[files."labels.txt"]', '[files."../labels.txt"]'),  # outside its folder
    ("batch_limit = 256", 'batch_limit = "256"'),
    ("batch_limit = 256", "batch_limit = 0"),
])  # fmt: skip
def test_a_card_that_cannot_be_worked_with_is_told(folder: Path, was: str, now: str) -> None:
    card = (folder / "card.toml").read_text("utf-8")
    assert was in card
    (folder / "card.toml").write_text(card.replace(was, now), "utf-8")
    with pytest.raises(InferenceError, match=r"its card card\.toml cannot be read"):
        read_card(folder)


def test_a_network_whose_card_has_no_sum_of_it_is_left_out() -> None:
    folder = networks_folder() / "yolov3-tiny-too"
    shutil.copytree(STARTER_FOLDER / "yolov3-tiny", folder)
    card = (folder / "card.toml").read_text("utf-8").replace('"yolov3-tiny"', '"yolov3-tiny-too"', 1)
    (folder / "card.toml").write_text(card.replace('network = "network.onnx"', 'network = "other.onnx"'), "utf-8")
    assert not installed_cards()


def test_a_folder_without_a_card_is_told(tmp_path: Path) -> None:
    with pytest.raises(InferenceError, match=r"its card card\.toml cannot be read"):
        read_card(tmp_path)


@pytest.mark.parametrize(("name", "words"), [
    ("efficientnet-lite2", "Copyright (c) 2020, ML Illustrated"),
    ("minilm-l6-v2", "Copyright (c) 2026 Matt"),
    ("yolov3-tiny", "Darknet is public domain"),
])  # fmt: skip
def test_the_notice_of_whoever_made_a_network_stands_beside_it(name: str, words: str) -> None:
    assert words in (STARTER_FOLDER / name / "LICENSE").read_text(encoding="utf-8")


def test_a_card_that_calls_its_network_otherwise_than_its_folder_is_left_out() -> None:
    """Engines are kept in files of that name, which could else lie anywhere."""
    for name, said in (("mine", "mine"), ("other", "../../other")):
        folder = networks_folder() / name
        shutil.copytree(STARTER_FOLDER / "yolov3-tiny", folder)
        card = (folder / "card.toml").read_text("utf-8")
        (folder / "card.toml").write_text(card.replace('name = "yolov3-tiny"', f'name = "{said}"', 1), "utf-8")
    assert set(installed_cards()) == {"mine"}
