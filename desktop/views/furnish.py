"""Which panel stands where: the one place where panels and the window meet."""

from __future__ import annotations

from desktop import theme
from desktop.session import Session
from desktop.views.activity.indicator import Indicator
from desktop.views.activity.panel import ActivityPanel
from desktop.views.main_window import MainWindow


def furnish(window: MainWindow, session: Session) -> None:
    """Fill the window's areas with views of the session and connect what they ask of each other.

    A new panel gets one function below: make the widget with the session, give it to window.set_sidebar, set_info,
    add_view, toolbar.add_… or status.add_…, and connect the session's …_requested signals that it answers.
    """
    _notices(window, session)
    _activity(window, session)


def _notices(window: MainWindow, session: Session) -> None:
    session.notices.listen(window.notice_bar.show_notice)


def _activity(window: MainWindow, session: Session) -> None:
    panel = ActivityPanel(session, window.middle, lift=theme.STATUS_HEIGHT)
    action = session.shortcuts.action("show_activity")
    action.triggered.connect(panel.toggle)
    window.addAction(action)
    indicator = Indicator(action)
    session.analyser.progress.connect(indicator.show_activity)
    session.analyser.state_changed.connect(indicator.show_activity)
    window.status.add_middle(indicator)
    rescan = session.shortcuts.action("rescan")
    rescan.triggered.connect(lambda: session.analyser.look_again())
    window.addAction(rescan)
