"""The window's language: which there are, how one is taken, and how the engine's messages are told in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.sentences import in_own_words
from engines.types import Message

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "translations"
LANGUAGES = ("en", "de")


def language_of(choice: str) -> str:
    """The language that a setting means: 'system' is the desktop's, English where it is not there yet."""
    if choice != "system":
        return choice
    wanted = [name.partition("-")[0] for name in QLocale.system().uiLanguages()]
    return next((name for name in wanted if name in LANGUAGES), "en")


def use_language(application: QCoreApplication, choice: str) -> None:
    """Show all that is made from now on in this language, numbers and dates too. choice: see language_of.

    To be called once, before the first widget is made.
    """
    language = language_of(choice)
    if choice != "system":
        QLocale.setDefault(QLocale(language))
    elif QLocale.system().language() is QLocale.Language.C:  # it parts no thousands
        QLocale.setDefault(QLocale("en_GB"))  # as the window spells
    qt_texts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for file in (qt_texts / f"qtbase_{language}.qm", FOLDER / f"{language}.qm"):
        translator = QTranslator(application)
        if file.exists() and translator.load(str(file)):
            application.installTranslator(translator)


def language() -> str:
    """The one that is in force: its catalogue says which."""
    return QCoreApplication.translate("Language", "en")


def told(message: Message) -> str:
    """What the engine has to say, in the window's language; in English where that has no words for it.

    A catalogue has the texts of messages under 'Engine', by code; what stands in braces are parameters. Where a code
    stands for many sentences, see desktop.sentences.
    """
    template = QCoreApplication.translate("Engine", message.code)
    if template == message.code:
        return in_own_words(message.text)
    try:
        return template.format_map(message.params)
    except (KeyError, ValueError, IndexError):  # the message says less than the translator was promised
        return message.text
