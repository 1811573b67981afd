"""Which panel stands where: the one place where panels and the window meet."""

from __future__ import annotations

from desktop.session import Session
from desktop.views.main_window import MainWindow


def furnish(window: MainWindow, session: Session) -> None:
    """Fill the window's areas with views of the session and connect what they ask of each other.

    A new panel gets one function below: make the widget with the session, give it to window.set_sidebar, set_info,
    add_view, toolbar.add_… or status.add_…, and connect the session's …_requested signals that it answers.
    """
    _notices(window, session)


def _notices(window: MainWindow, session: Session) -> None:
    session.notices.listen(window.notice_bar.show_notice)
