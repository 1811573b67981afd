"""Which panel stands where: the one place where panels and the window meet."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from desktop import theme
from desktop.frame_copier import FrameCopier
from desktop.icons import icon
from desktop.item_commands import ItemCommands
from desktop.search import DUPLICATES
from desktop.session import Session
from desktop.views.activity.indicator import Indicator
from desktop.views.activity.panel import ActivityPanel
from desktop.views.cloud.flow import Asking
from desktop.views.cloud.indicator import CloudIndicator
from desktop.views.cloud.products_page import ProductsPage
from desktop.views.cockpit.panel import CockpitPanel
from desktop.views.cockpit.strip import Strip
from desktop.views.first_run import FirstRun
from desktop.views.grid.page import GridPage
from desktop.views.info.panel import InfoPanel
from desktop.views.main_window import MainWindow
from desktop.views.menu import show_menu, stretch_menu
from desktop.views.search.nothing_found import NothingFound
from desktop.views.search.panel import SearchPanel
from desktop.views.toolbar import tool_button
from desktop.views.view_switch import ViewSwitch
from desktop.views.viewer.viewer import Viewer
from engines.settings import Settings


def furnish(window: MainWindow, session: Session) -> None:
    """Fill the window's areas with views of the session and connect what they ask of each other.

    A new panel gets one function below: make the widget with the session, give it to window.set_sidebar, set_info,
    add_view, toolbar.add_… or status.add_…, and connect the session's …_requested signals that it answers.
    """
    commands = ItemCommands(session, window)
    _editing(window, session, commands)
    _centre(window, session, commands)
    _sides(window, session)
    _adding(window, session)
    _search(window, session)
    _notices(window, session)
    _cockpit(window, session, _activity(window, session))
    _viewer(window, session, commands)
    _settings(window, session)
    _cloud(window, session)


def _editing(window: MainWindow, session: Session, commands: ItemCommands) -> None:
    """The menu about items, and undo and redo."""
    session.menu_requested.connect(lambda position: show_menu(commands, window, position))
    editing, stack = session.editing, session.editing.stack
    for name, slot, can in (
        ("undo", editing.undo, stack.canUndoChanged),
        ("redo", editing.redo, stack.canRedoChanged),
    ):
        action = session.shortcuts.action(name)
        action.setEnabled(False)
        action.triggered.connect(slot)
        can.connect(action.setEnabled)
        window.addAction(action)


def _centre(window: MainWindow, session: Session, commands: ItemCommands) -> None:
    """The grid, and what is there instead while the library has no files."""
    page, first_run = GridPage(session), FirstRun()
    clear = session.shortcuts.action("clear_search")
    clear.triggered.connect(session.search.clear)
    page.addAction(clear)
    window.add_view("grid", page)
    commands.give_keys_to(page)
    products = ProductsPage(session)
    window.add_view("products", products)
    window.add_view("empty", first_run)
    window.add_view("nothing", NothingFound(session))
    first_run.action_chosen.connect(session.add_folder_requested)
    first_run.dropped.connect(session.import_requested)
    crop_button = tool_button(page.crop_action)
    window.toolbar.add_right(page.sort_button)
    window.toolbar.add_right(crop_button)
    window.status.add_right(page.size_slider)
    switch = _make_switch(window, session)

    def show_counts() -> None:
        window.status.counts.setText(page.counts())

    def show_pictures() -> None:
        nothing = session.shown is not None and not len(session.shown)
        wanted = "empty" if session.has_no_files else "nothing" if nothing else "grid"
        if window.view != wanted:
            window.show_view(wanted)

    def show_what_there_is() -> None:
        if not products.is_wanted:
            show_pictures()
        show_controls()
        show_counts()

    def choose(name: str) -> None:
        if name == "products":
            window.show_view(name)
            return
        show_pictures()
        if name == "duplicates":
            session.search.add(DUPLICATES)
        elif session.search.is_about_copies:
            session.search.remove(DUPLICATES)

    def show_controls() -> None:
        switch.setVisible(not session.has_no_files)
        for widget in (page.sort_button, crop_button, page.size_slider):
            widget.setVisible(not session.has_no_files and window.view != "products")

    session.shown_changed.connect(show_what_there_is)
    window.view_changed.connect(show_controls)
    switch.chosen.connect(choose)
    products.left.connect(show_pictures)
    products.chosen.connect(show_pictures)
    products.chosen.connect(session.search.ask)
    session.selection_changed.connect(show_counts)


def _make_switch(window: MainWindow, session: Session) -> ViewSwitch:
    """Between the pictures, those of them that there are several of, and what else there is."""
    switch = ViewSwitch()
    switch.add("grid", "layout-grid", QCoreApplication.translate("Views", "Pictures"))
    switch.add("duplicates", "copy", QCoreApplication.translate("Views", "Duplicates"))
    switch.add("products", "shopping-bag", QCoreApplication.translate("Views", "Products"))
    window.toolbar.add_middle(switch)

    def show_which() -> None:
        pictures = "duplicates" if session.search.is_about_copies else "grid"
        switch.show_view("products" if window.view == "products" else pictures)

    window.view_changed.connect(show_which)
    session.search.asked.connect(show_which)
    show_which()
    return switch


def _sides(window: MainWindow, session: Session) -> None:
    """The keys that show and hide the sidebar and the info panel."""
    for name, action in (("show_sidebar", window.sidebar_action), ("show_info", window.info_action)):
        command = session.shortcuts.action(name)
        command.triggered.connect(action.toggle)
        window.addAction(command)
    window.set_info(InfoPanel(session))
    session.info_requested.connect(window.info_action.setChecked)


def _adding(window: MainWindow, session: Session) -> None:
    """Asking which folder to add."""
    action = session.shortcuts.action("add_folder")
    action.triggered.connect(session.add_folder_requested)
    window.addAction(action)

    def ask() -> None:
        title = QCoreApplication.translate("AddFolder", "Add a folder with photos and videos")
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folder = QFileDialog.getExistingDirectory(window, title, pictures)
        if folder:
            session.import_requested.emit([folder])

    session.add_folder_requested.connect(ask)


def _search(window: MainWindow, session: Session) -> None:
    """The sidebar, which is not there while there is nothing to search in."""
    panel = SearchPanel(session)
    window.set_sidebar(panel)
    for command, begin in (("find", panel.begin), ("save_search", panel.saved.begin)):
        action = session.shortcuts.action(command)
        action.triggered.connect(begin)
        window.addAction(action)
    session.similar_requested.connect(session.search.find_similar)
    panel.box.left.connect(window.focus_view)
    session.shown_changed.connect(lambda: panel.setEnabled(not session.has_no_files))


def _notices(window: MainWindow, session: Session) -> None:
    def take(settings: Settings) -> None:
        window.notice_bar.shown_ms = settings.general.notice_seconds * 1000

    take(session.settings)
    session.settings_changed.connect(take)
    session.notices.listen(window.notice_bar.show_notice)


def _activity(window: MainWindow, session: Session) -> ActivityPanel:
    panel = ActivityPanel(session, window.middle, lift=theme.STATUS_HEIGHT)
    action = session.shortcuts.action("show_activity")
    action.triggered.connect(panel.toggle)
    window.addAction(action)
    indicator = Indicator(action)
    panel.problems.counted.connect(indicator.show_problems)
    session.analyser.progress.connect(indicator.show_activity)
    session.analyser.state_changed.connect(indicator.show_activity)
    window.status.add_middle(indicator)
    rescan = session.shortcuts.action("rescan")
    rescan.triggered.connect(lambda: session.analyser.look_again())
    window.addAction(rescan)
    return panel


def _cockpit(window: MainWindow, session: Session, activity: ActivityPanel) -> None:
    panel = CockpitPanel(session, window.middle, lift=theme.STATUS_HEIGHT)
    action = session.shortcuts.action("show_cockpit")
    action.triggered.connect(panel.toggle)
    session.shortcuts.action("show_activity").triggered.connect(panel.hide)
    action.triggered.connect(activity.hide)
    window.addAction(action)
    window.status.add_middle(Strip(session.cockpit, action))


def _viewer(window: MainWindow, session: Session, commands: ItemCommands) -> None:
    viewer = Viewer(session, window)
    viewer.hide()

    def show_viewer_menu(position: QPoint) -> None:
        marked = viewer.marked
        part = partial(stretch_menu, session, *marked) if marked is not None else None
        show_menu(commands, window, position, part, viewer.film_commands.actions)

    FrameCopier(session, window).frame_copied.connect(viewer.film_commands.take_copy)
    session.viewer_requested.connect(viewer.open)
    session.moment_requested.connect(viewer.open_at)
    for requested in (session.viewer_requested, session.moment_requested):
        requested.connect(lambda *_: window.show_over(viewer))
    session.compare_requested.connect(viewer.compare)
    viewer.opened.connect(lambda: window.show_over(viewer))
    viewer.closed.connect(window.close_over)
    viewer.strip.seen.connect(lambda is_seen: window.notice_bar.rise(viewer.strip.height() if is_seen else 0))
    viewer.menu_wanted.connect(show_viewer_menu)
    viewer.external_wanted.connect(commands.open_path)
    viewer.slides.began_or_ended.connect(window.fill_screen)
    commands.give_keys_to(viewer)
    session.closing.connect(viewer.shut_down)
    full_screen = session.shortcuts.action("full_screen")
    full_screen.triggered.connect(window.toggle_full_screen)
    window.addAction(full_screen)


def _settings(window: MainWindow, session: Session) -> None:
    def open_page(page: str = "") -> None:
        from desktop.views.settings.dialog import SettingsDialog  # made when first asked for, not at every start

        dialog = window.findChild(SettingsDialog) or SettingsDialog(session, window)
        dialog.open_page(page)

    session.settings_requested.connect(open_page)
    about = session.shortcuts.action("about")
    about.triggered.connect(lambda: _show_about(window))
    window.addAction(about)
    leave = session.shortcuts.action("quit")
    leave.triggered.connect(window.close)
    window.addAction(leave)
    for command, page in (("settings", ""), ("keys", "shortcuts"), ("folders", "folders")):
        action = session.shortcuts.action(command)
        action.triggered.connect(partial(session.settings_requested.emit, page))
        window.addAction(action)
    session.shortcuts.action("settings").setIcon(icon("settings"))
    window.toolbar.add_right(tool_button(session.shortcuts.action("settings")))


def _cloud(window: MainWindow, session: Session) -> None:
    """Asking a service about pictures, and a word about what waits."""
    Asking(session, window)
    indicator = CloudIndicator(session.shortcuts.action("show_activity"))
    session.requests.changed.connect(indicator.show_queue)
    window.status.add_middle(indicator)


def _show_about(window: MainWindow) -> None:
    from desktop.views.help.about import AboutDialog

    AboutDialog(window).open()
