"""What engines say, in German: known by its words, and held against the sources that say it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from desktop.catalogue import known, parameters
from desktop.sentences import in_own_words, shown_for, templates
from desktop.translation import FOLDER, told
from engines.errors import EngineError, MediaError
from engines.media.open_file import open_file
from engines.search.query import parse
from engines.types import Message, State

ROOT = Path(__file__).resolve().parents[2]
# What only the command line says, or a developer hears.
TERMINAL = {"bench_command", "bench_disk", "bench_import", "bench_sizes", "nothing_to_measure", "failed"}
TERMINAL |= {
    "export_format",
    "is_folder",
    "no_folder_named",
    "no_path",
    "no_query",
    "no_settings_file",
}
TERMINAL |= {"no_such_phase", "not_in_library", "output_exists", "path_in_library", "setting_assignment", "no_library"}
TERMINAL |= {"older_library", "network_side", "no_such_network", "torch_operator", "checkpoint"}
TERMINAL |= {"network_card", "network_input", "no_card", "setting_unknown"}
CLOUD = ("cloud_", "keyring_")  # worded in desktop.views.cloud.faults


@pytest.fixture
def _german(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(FOLDER / "de.qm"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@cache
def said_by_engines() -> str:
    """All texts in the engines' code, without what differs in them."""
    files = [*(ROOT / "engines").rglob("*.py"), *(ROOT / "desktop" / "jobs").glob("*.py")]  # jobs speak for them
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return "\0".join(text for text in texts if isinstance(text, str))


def pieces(template: str) -> list[str]:
    """What stands between the braces, without the signs at its edges."""
    stripped = [piece.strip(" '.,;:()?") for piece in re.split(r"\{\w+\}", template)]
    return [piece for piece in stripped if len(piece) > 2]


# Put together of more than one text: one test below says each.
COMPOSED = {one for one in templates() if one.startswith("Another Image Engine ")}


@pytest.mark.parametrize("template", sorted(set(templates()) - COMPOSED))
def test_engines_still_say_so(template: str) -> None:
    assert [piece for piece in pieces(template) if piece not in said_by_engines()] == []


def test_every_sentence_is_translated() -> None:
    german = known("de")
    assert [template for template in templates() if not german.get(("Sentences", shown_for(template)))] == []


def test_what_engines_say_with_a_code_can_be_said_in_german() -> None:
    """One that is missing here is listed in TERMINAL, translated by its code, or put into desktop.sentences."""
    german = known("de")
    by_words = "\0".join(templates())
    missing = {
        code
        for code in parameters()
        if code.replace("_", "").isalnum() and code.islower() and " " not in code
        if not german.get(("Engine", code)) and code not in TERMINAL and not code.startswith(CLOUD)
        if not any(piece in by_words for text in texts_of(code) for piece in [max(pieces(text), key=len, default="\1")])
    }
    assert len(missing) < 8, f"not in German: {sorted(missing)}"


def texts_of(code: str) -> list[str]:
    """All texts in the functions that give a message this code."""
    return [text for texts in _texts_by_function() if code in texts for text in texts if " " in text]


@cache
def _texts_by_function() -> list[list[str]]:
    trees = [ast.parse(file.read_text("utf-8")) for file in (ROOT / "engines").rglob("*.py")]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [[text for one in ast.walk(node) if (text := _text(one))] for node in functions]


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{x}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.usefixtures("_german")
def test_what_a_person_typed_is_not_translated() -> None:
    assert (
        in_own_words("No file holds 'run'. Did you mean loaded?") == "In keiner Datei steht „run“. Meinten Sie loaded?"
    )


def test_a_window_does_not_speak_of_the_terminal() -> None:
    said = in_own_words(
        "The folder /photos is empty; what was in it is kept until it is back. If it is really gone, import the folder "
        "once with --confirm-missing."
    )
    assert said.endswith(
        "/photos is empty; what was in it is kept until it is back. If it is really gone, say so in "
        "the settings under Folders."
    )
    said = in_own_words(
        "CLIP ViT-B/32 is not on this computer, and cloud.offline forbids to fetch it. Set that to off, or name a "
        "folder that holds it with --from."
    )
    assert said.startswith("CLIP ViT-B/32 is not on this computer, and “Stay offline” forbids to fetch it.")


@pytest.mark.usefixtures("_german")
def test_what_goes_wrong_with_a_clip_is_told_in_german() -> None:
    assert in_own_words("a.mp4 has no keyframe there, at which it could be cut.").startswith("a.mp4 hat dort kein")
    assert in_own_words("/full/a.mp4 could not be written (No space left on device).") == (
        "/full/a.mp4 konnte nicht geschrieben werden (No space left on device)."
    )


@pytest.mark.usefixtures("_german")
@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("a.jpg is cut short before its picture begins.", "a.jpg bricht ab, bevor das Bild beginnt."),
        (
            "my. photo.gif asks for 4.4 gigapixels; up to 300 megapixels are opened.",
            "my. photo.gif verlangt 4.4 Gigapixel; geöffnet werden bis zu 300 Megapixel.",
        ),
        (
            "b.avif makes the decoder crash; it will be tried again when it changes.",
            "b.avif bringt den Dekoder zum Absturz; nach einer Änderung wird es wieder versucht.",
        ),
        ("'x' is not a number.", "„x“ ist nicht eine Zahl."),
        (
            "There is no field 'colr'. Did you mean colour?",
            "Es gibt kein Feld „colr“. Meinten Sie colour?",
        ),
        (
            "Another Image Engine (process 7) is using the library /l. Close it, or wait until it is done.",
            "Ein anderes Image Engine (Prozess 7) benutzt die Bibliothek /l. Schließen Sie es, oder warten Sie, bis es "
            "fertig ist.",
        ),
        ("Something that nobody ever said.", "Something that nobody ever said."),
    ],
)
def test_a_sentence_is_said_in_german_with_what_differs_in_it(english: str, german: str) -> None:
    assert in_own_words(english) == german


@pytest.mark.usefixtures("_german")
@pytest.mark.parametrize("query", ["(dog", "iso:many", "colr:red", "colour:blu", "dog OR", 'near:"', "date:2010..2008"])
def test_a_wrong_query_is_told_in_german(query: str) -> None:
    with pytest.raises(EngineError) as wrong:
        parse(query)
    assert told(wrong.value.message) != wrong.value.message.text


@pytest.mark.usefixtures("_german")
def test_a_broken_file_is_told_in_german(tmp_path: Path) -> None:
    for name, data in {"a.jpg": b"\xff\xd8\xff\xe0", "b.txt": b"no picture at all", "c.jpg": bytes(4000)}.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(MediaError) as broken:
            _ = open_file(str(tmp_path / name)).frame
        sentence = told(broken.value.message)
        assert sentence.startswith(f"{name} ")
        assert sentence != broken.value.message.text


def test_in_english_a_sentence_is_as_it_is() -> None:
    assert told(Message(str(State.CORRUPT), "a.jpg is damaged: it has no size.")) == "a.jpg is damaged: it has no size."
