"""Starts the window: reads the command line, makes the session and the window, and ends them in good order."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from shiboken6 import delete

from desktop.crash import CrashReport
from desktop.ending import closing_when_asked
from desktop.icons import of_the_program
from desktop.instance import Instance, raise_first
from desktop.jobs.lookout import Lookout
from desktop.jobs.watcher import Watcher
from desktop.notices import Action
from desktop.scenes import SCENES, open_scene
from desktop.session import Session
from desktop.theme import Choice, Theme
from desktop.translation import told, use_language
from desktop.up_to_date import bringing_up_to_date
from desktop.views.furnish import furnish
from desktop.views.hint import hint_at_missing_card
from desktop.views.main_window import MainWindow
from desktop.window_state import keep, restore
from engines import __version__
from engines.cancel import Cancelled
from engines.command_line.arguments import parse
from engines.command_line.session import library_folder, open_library, settings_of, settings_path
from engines.errors import EngineError, LibraryError, UsageError
from engines.settings import Settings

NAME = "Image Engine"
_SIZE = QSize(1280, 800)
_WARM_UP_MS = 2_000  # after the start, when the first thumbnails are there
_SWITCH_S = 0.0005  # a busy thread hands over this soon; with Python's own 5 ms the window stutters, 204 ms at worst


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and return the exit code once it is closed. arguments: without the program's name."""
    command = parse(sys.argv[1:] if arguments is None else arguments)
    if command.name == "bench":
        return _bench(command)
    if command.scale:
        os.environ["QT_SCALE_FACTOR"] = str(command.scale / 100)  # read once, when the application is made
    application = make_application()
    try:
        return run(application, command)
    except EngineError as error:
        _tell(error, quietly=command.screenshot is not None)
        return 2 if isinstance(error, UsageError) else 1


def _bench(command: argparse.Namespace) -> int:
    from desktop.bench.measure import bench

    try:
        return bench(command)
    except EngineError as error:
        _tell(error, quietly=True)
        return 2 if isinstance(error, UsageError) else 1


def make_application() -> QApplication:
    sys.setswitchinterval(_SWITCH_S)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication([NAME])
    application.setApplicationName(NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("image-engine")  # as installer/desktop_entry.py calls it
    application.setWindowIcon(of_the_program())
    return application


def run(application: QApplication, command: argparse.Namespace) -> int:
    """Raises EngineError where no window can be opened."""
    settings = settings_of(command)
    use_language(application, command.language or settings.appearance.language)
    theme = Theme(application, cast(Choice, command.theme or settings.appearance.theme))
    try:
        session = open_session(command, settings)
    except Cancelled:
        return 0
    except LibraryError as error:
        if error.message.code == "locked" and not command.screenshot and raise_first(library_folder(command)):
            return 0
        raise
    with closing(session):
        session.settings_changed.connect(lambda changed: theme.choose(changed.appearance.theme))
        window = make_window(session, command)
        code = _show(application, session, window, command)
    delete(window)  # while Python is whole: at its end Qt would call methods of objects that are half gone
    return code


def _show(application: QApplication, session: Session, window: MainWindow, command: argparse.Namespace) -> int:
    """Everything until the window has been closed, or pictured."""
    if not command.screenshot:
        _remember(window, session, sized=command.size is not None)
    window.show()
    window.focus_view()
    if command.screenshot:
        return _take_picture(window, session, command)
    if command.view in SCENES:
        session.shown_changed.connect(
            lambda: open_scene(command.view, window, session), Qt.ConnectionType.SingleShotConnection
        )
    with _reporting_crashes(session, window), closing_when_asked(partial(_close, application, window)):
        return _work(application, session, window)


def _close(application: QApplication, window: MainWindow) -> None:
    """Whatever dialog is open."""
    window.close()
    application.exit()


def _remember(window: MainWindow, session: Session, *, sized: bool) -> None:
    """As it was left, but as large as was asked for; and as it will be left."""
    size = window.size()
    restore(window, session)
    if sized:
        window.resize(size)
    window.closing.connect(lambda: keep(window, session))


def _work(application: QApplication, session: Session, window: MainWindow) -> int:
    """Everything until the window is closed."""
    instance = Instance(session.library.folder, session)
    instance.raised.connect(window.come_to_front)
    lookout = Lookout(session.analyser, session.settings, application)
    session.settings_changed.connect(lookout.take_settings)
    session.cockpit.start()
    session.analyser.start()
    session.requests.start()
    Watcher(session).start()
    hint_at_missing_card(window, session)
    QTimer.singleShot(_WARM_UP_MS, session.search, session.search.warm_up)
    code = application.exec()
    instance.close()
    return code


@contextmanager
def _reporting_crashes(session: Session, window: MainWindow) -> Iterator[None]:
    """If the program ends unexpectedly, the next start says so; only if the settings allow to keep a report."""
    if not session.settings.privacy.crash_reports:
        yield
        return
    report = CrashReport(session.library.folder / "logs" / "running.txt", session.notices.error)
    if report.previous:
        from desktop.views.help.crash_report import CrashReportDialog

        text = QCoreApplication.translate("App", "Image Engine closed unexpectedly the last time.")
        view = QCoreApplication.translate("App", "View report")
        session.notices.show(text, Action(view, CrashReportDialog(report.previous, window).open))
    yield
    report.close()


def open_session(command: argparse.Namespace, settings: Settings) -> Session:
    """Raises LibraryError, UsageError; Cancelled where a library of an older form was not brought up to date."""
    with bringing_up_to_date() as tell:
        library = open_library(command, writable=True, tell=tell)
    return Session(library, settings, settings_path(command))


def make_window(session: Session, command: argparse.Namespace) -> MainWindow:
    """The window with all its panels, not shown yet."""
    window = MainWindow(NAME)
    window.resize(QSize(*command.size) if command.size else _SIZE)
    furnish(window, session)
    if command.asked:
        session.search.ask(command.asked)
    else:
        session.search.run()
    if command.view in window.views:
        window.show_view(command.view)
    elif command.view and command.view not in SCENES:
        names = ", ".join([*window.views, *SCENES])
        raise UsageError("no_such_view", f"There is no view '{command.view}'; there are {names}.")
    return window


def _take_picture(window: MainWindow, session: Session, command: argparse.Namespace) -> int:
    """Returns the exit code."""
    from desktop.screenshot import take, wait_for_rest

    session.cockpit.start()
    scene: QWidget = window
    if command.view in SCENES and wait_for_rest(session.is_at_rest):
        scene = open_scene(command.view, window, session)
    return take(scene, session.is_at_rest, Path(command.screenshot))


def _tell(error: EngineError, *, quietly: bool) -> None:
    """A person who started it from a menu sees no terminal."""
    print(error, file=sys.stderr)
    if not quietly:
        QMessageBox.critical(None, NAME, told(error.message))
