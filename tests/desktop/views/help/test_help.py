"""What the program says about itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.views.help.about import AboutDialog, library_lines, network_lines
from desktop.views.help.crash_report import CrashReportDialog
from engines import __version__

ROOT = Path(__file__).resolve().parents[4]


def test_every_library_is_named_with_a_licence(qtbot: QtBot) -> None:
    requirements = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    wanted = {re.split(r"[\[<>=!~]", requirement)[0].lower() for requirement in requirements}
    lines = library_lines()
    assert {line.split()[0].lower() for line in lines} == wanted
    assert [line for line in lines if line.endswith("?")] == []


def test_every_network_is_named_with_author_and_licence(qtbot: QtBot) -> None:
    lines = network_lines()
    assert len(lines) >= 3
    assert all(re.fullmatch(r".+, .+ · .+", line) for line in lines)


def test_about_says_the_version(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert f"Image Engine {__version__}" in [label.text() for label in dialog.findChildren(QLabel)]


def test_a_report_can_be_copied(qtbot: QtBot) -> None:
    dialog = CrashReportDialog("builtins.ValueError")
    qtbot.addWidget(dialog)
    (copy,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "Copy report"]
    copy.click()
    assert QGuiApplication.clipboard().text() == "builtins.ValueError"
