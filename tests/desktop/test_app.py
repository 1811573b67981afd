"""The window starts, and starts light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import SIGNAL
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.shortcuts import TABLE
from desktop.views.furnish import furnish
from desktop.views.main_window import MainWindow
from desktop.views.viewer.filmstrip import HEIGHT

ROOT = Path(__file__).resolve().parents[2]


def test_the_window_shows_a_library_without_files(qtbot: QtBot, session: Session) -> None:
    window = MainWindow("Image Engine")
    qtbot.addWidget(window)
    furnish(window, session)
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(session.shown_changed):
        session.search.run()
    assert session.shown is not None
    assert len(session.shown) == 0


def test_notices_lie_above_the_filmstrip(qtbot: QtBot, session: Session) -> None:
    window = MainWindow("Image Engine")
    qtbot.addWidget(window)
    furnish(window, session)
    with qtbot.waitExposed(window):
        window.show()
    session.notices.show("Rated 1 item")
    usual = window.notice_bar.geometry().bottom()
    session.viewer_requested.emit(1)
    assert window.notice_bar.geometry().bottom() == usual - HEIGHT
    session.shortcuts.action("filmstrip").trigger()
    assert window.notice_bar.geometry().bottom() == usual
    session.shortcuts.action("filmstrip").trigger()
    session.shortcuts.action("close_viewer").trigger()
    assert window.notice_bar.geometry().bottom() == usual
    qtbot.waitUntil(session.is_at_rest)


def test_every_command_with_a_key_does_something(qtbot: QtBot, session: Session) -> None:
    window = MainWindow("Image Engine")
    qtbot.addWidget(window)
    furnish(window, session)
    actions = {shortcut.id: session.shortcuts.action(shortcut.id) for shortcut in TABLE.values()}
    assert not [name for name, action in actions.items() if not action.receivers(SIGNAL("triggered(bool)"))]
    assert not [name for name, action in actions.items() if not action.associatedObjects()]


def test_the_window_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    code = f"""
import sys
from desktop.app import make_application, make_window, open_session
from engines.command_line.arguments import parse
from engines.settings import Settings
application = make_application()
command = parse(["--library", {str(tmp_path / "library")!r}])
session = open_session(command, Settings())
window = make_window(session, command)
window.show()
assert not window.grab().isNull()
print(*{{name.partition(".")[0] for name in sys.modules}})
session.close()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    loaded = set(done.stdout.split())
    assert "PySide6" in loaded
    assert not loaded & {
        "openvino",
        "cv2",
        "av",
        "torch",
        "PIL",
        "rawpy",
        "tokenizers",
        "watchdog",
        "pynvml",
        "sqlite3",
        "_sqlite3",
    }


def test_calls_into_qt_do_not_steal_none(tmp_path: Path) -> None:
    """PySide6 6.12.0 does under Python 3.11, and the process dies after a few thousand calls."""
    code = """
import sys
from PySide6.QtGui import QImage, QPainter
image = QImage(50, 50, QImage.Format.Format_RGB32)
painter = QPainter(image)
before = sys.getrefcount(None)
for _ in range(50):
    painter.drawRect(0, 0, 5, 5)
print(before - sys.getrefcount(None))
painter.end()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 25
