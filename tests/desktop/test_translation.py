"""The languages of the window: every text has its German, with the same placeholders, and engines are understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.catalogue import known, parameters, texts
from desktop.shortcuts import TABLE
from desktop.translation import FOLDER, LANGUAGES, language_of, told
from desktop.views.search.wording import value_text
from engines.settings import options
from engines.types import Message

GERMAN = known("de")


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(FOLDER / "de.qm"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)[^}]*\}|%n", text))


def test_the_window_is_german_but_for_the_newest_texts() -> None:
    wanted = [text for text in texts() if text[0] != "Engine"]
    missing = [text for text in wanted if not GERMAN.get(text)]
    assert len(missing) < 0.03 * len(wanted), f"run python -m desktop.catalogue, then translate {missing}"


@pytest.mark.parametrize(("text", "german"), [(text, german) for text, german in GERMAN.items() if german])
def test_placeholders_are_the_same(text: tuple[str, str], german: str) -> None:
    context, source = text
    if context == "Engine":
        assert placeholders(german) <= parameters()[source]
    else:
        assert placeholders(german) == placeholders(source)
        assert german.endswith("…") == source.endswith("…")


@pytest.mark.usefixtures("german")
def test_the_window_speaks_german() -> None:
    assert TABLE["settings"].title == "Einstellungen…"
    assert QCoreApplication.translate("Settings", options()["appearance.theme"].title) == "Erscheinungsbild"


def test_what_networks_see_is_called_in_the_windows_language(request: pytest.FixtureRequest) -> None:
    assert value_text("tag:dog", "dog") == "dog"
    request.getfixturevalue("german")
    assert value_text("tag:dog", "dog") == "Hund"
    assert value_text("camera:dog", "dog") == "dog"


@pytest.mark.usefixtures("german")
def test_what_the_engine_says_is_told_with_its_parameters() -> None:
    message = Message("root_doubtful", "/photos: 6 files were not there.", {"folder": "/photos"})
    assert told(message).startswith("/photos: Viele Dateien")


@pytest.mark.usefixtures("german")
def test_a_message_without_what_it_promised_is_told_in_english() -> None:
    assert told(Message("root_doubtful", "Many files were not there.")) == "Many files were not there."
    assert told(Message("unheard_of", "Something new.")) == "Something new."


def test_without_a_catalogue_the_engines_own_words_are_told() -> None:
    assert told(Message("disk_full", "The disk is full.")) == "The disk is full."


def test_a_language_that_is_not_there_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    assert language_of("de") == "de"
    for languages, expected in ((["de-AT", "en"], "de"), (["fr-FR", "de"], "de"), (["fr-FR"], "en")):
        monkeypatch.setattr(QLocale, "uiLanguages", lambda self, languages=languages: languages)
        assert language_of("system") == expected


def test_the_languages_on_offer_are_those_there_are() -> None:
    assert options()["appearance.language"].choices == ("system", *LANGUAGES)
    assert {file.stem for file in FOLDER.glob("*.qm")} == set(LANGUAGES) - {"en"}
