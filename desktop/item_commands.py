"""What can be done with photos and videos: one command each, the same by key and by menu in every view."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl, Slot
from PySide6.QtGui import QAction, QCursor, QDesktopServices, QGuiApplication, QIcon
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.editing import REJECTED
from desktop.elsewhere import show_in_folder
from desktop.programs import Program, choose_program, programs_for
from desktop.views.tag_dialog import ask_for_tags
from desktop.views.trash_dialog import TrashDialog, Wanted
from desktop.views.viewer.compare import MOST
from desktop.words import number
from engines.analysis.cloud_phases import DESCRIPTION, PRODUCTS, SUGGESTED_TAGS
from engines.analysis.phases import phases, switched_on
from engines.errors import LibraryError
from engines.library.describe import all_records
from engines.library.library import Library
from engines.library.showing import Item
from engines.library.tags import proposed
from engines.types import Phase

if TYPE_CHECKING:
    from desktop.session import Session

LABELS = ("red", "yellow", "green", "blue", "purple")  # capitalised, as other programs write them into files


class ItemCommands(QObject):
    """All of them are for session.editing.targets. `window` is what dialogs stand over."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._copied = ""  # the paths of the files that were put into the clipboard last
        slots: dict[str, Callable[[], object]] = {
            **{f"rate_{stars}": partial(session.editing.rate, stars) for stars in range(6)},
            "pick": session.editing.pick,
            "reject": partial(session.editing.rate, REJECTED),
            "unrate": partial(session.editing.rate, None),
            **{f"label_{colour}": partial(session.editing.label, colour.capitalize()) for colour in LABELS},
            "favourite": session.editing.toggle_favourite,
            "tag": self.tag,
            "find_similar": self.find_similar,
            "compare": self.compare,
            "describe": partial(session.asking_requested.emit, DESCRIPTION.name),
            "detect_products": partial(session.asking_requested.emit, PRODUCTS.name),
            "suggest_tags": partial(session.asking_requested.emit, SUGGESTED_TAGS.name),
            "show_in_folder": self.show_in_folder,
            "copy_file": self.copy_files,
            "copy_path": self.copy_paths,
            "analyse_again": self.analyse_again,
            "hide": session.editing.hide,
            "remove": session.editing.remove,
            "trash": self.move_to_trash,
            "properties": lambda: session.info_requested.emit(True),
        }
        for name, slot in slots.items():
            session.shortcuts.action(name).triggered.connect(partial(_call, slot))
        self.actions: dict[str, QAction] = {name: session.shortcuts.action(name) for name in slots}
        session.editing.targets_changed.connect(self._enable)
        session.closing.connect(self._leave_clipboard)
        self._enable()

    def give_keys_to(self, widget: QWidget) -> None:
        """Let the commands' keys work in this view."""
        widget.addActions(list(self.actions.values()))

    @property
    def targets(self) -> list[int]:
        return self._session.editing.targets

    @property
    def phases(self) -> Sequence[Phase]:
        """The steps that may be analysed again: those that the settings have switched on."""
        return switched_on(self._session.settings.analysis.phases_off)

    @Slot()
    def _enable(self) -> None:
        is_any = bool(self.targets)
        for action in self.actions.values():
            action.setEnabled(is_any)

    def tag(self) -> None:
        """Ask which tags, with those of the library at hand."""
        targets = self.targets
        self._do(
            lambda library: proposed(library.database),
            lambda known: self._add_tags(targets, known),
        )

    def _add_tags(self, targets: list[int], known: list[str]) -> None:
        names = ask_for_tags(self._window, len(targets), known)
        if names:
            self._session.editing.tag(names, targets)

    def move_to_trash(self) -> None:
        """Ask first, saying how many files of which kinds it is about."""
        targets = self.targets
        self._do(lambda library: Wanted.of(library, targets), self._ask_about_trash)

    def _ask_about_trash(self, wanted: Wanted) -> None:
        if not wanted.files:
            self._session.notices.show(self.tr("None of these files can be reached now."))
            return
        dialog = TrashDialog(self._window, wanted)
        dialog.agreed.connect(lambda: self._session.editing.move_to_trash(wanted.media_ids))
        dialog.open()

    def take_label(self) -> None:
        self._session.editing.label(None)

    @Slot()
    def open(self) -> None:
        current = self._session.selection.current
        if current is not None:
            self._session.viewer_requested.emit(current)

    def open_with(self) -> None:
        """In another program, to be chosen."""
        self._with_first(lambda item: self._find_programs(item.path))

    def _find_programs(self, path: str) -> None:
        if not choose_program(path):
            self._do(lambda library: programs_for(path), partial(self._offer_programs, path))

    def _offer_programs(self, path: str, programs: Sequence[Program]) -> None:
        """A menu of them, or where there is no choice the one that the system has for such files."""
        if not programs:
            self.open_path(path)
            return
        menu = QMenu(self._window)
        menu.setObjectName("open_with")
        for program in programs:
            action = menu.addAction(QIcon.fromTheme(program.icon), program.name.replace("&", "&&"))
            action.triggered.connect(partial(self._open_with, program, path))
        menu.addSeparator()
        menu.addAction(self.tr("What the system opens it with")).triggered.connect(partial(self._open_path, path))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def _open_with(self, program: Program, path: str, checked: bool = False) -> None:
        if not program.open(path):
            self._session.notices.show(self.tr("{name} could not be started.").format(name=program.name))

    def _open_path(self, path: str, checked: bool = False) -> None:
        self.open_path(path)

    @Slot(str)
    def open_path(self, path: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self._session.notices.show(self.tr("No program opens this file: {path}").format(path=path))

    def find_similar(self) -> None:
        """Search by the picture of the current one of them."""
        self._with_first(lambda item: self._session.similar_requested.emit(item.id))

    def compare(self) -> None:
        """Beside each other; of more than a few the first."""
        self._session.compare_requested.emit(self.targets[:MOST])
        if len(self.targets) > MOST:
            text = self.tr("The first {most} of {count} are compared.")
            self._session.notices.show(text.format(most=MOST, count=number(len(self.targets))))

    def show_in_folder(self) -> None:
        self._with_first(self._show_in_folder)

    def _show_in_folder(self, item: Item) -> None:
        tell = self._session.notices.show
        if item.has_file:
            show_in_folder(item.path, tell)
        else:
            tell(self.tr("{name} cannot be reached now.").format(name=item.name))

    def copy_files(self) -> None:
        self._with_items(self._copy_files)

    def _copy_files(self, items: Sequence[Item]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(item.path) for item in items])
        self._copied = "\n".join(item.path for item in items)
        data.setText(self._copied)
        QGuiApplication.clipboard().setMimeData(data)
        text = _counted(self.tr("Copied 1 file"), self.tr("Copied {count} files"), len(items))
        self._session.notices.show(text)

    @Slot()
    def _leave_clipboard(self) -> None:
        """What was made in Python must not outlive it, or the program ends in a crash: the text stays, the files go."""
        clipboard = QGuiApplication.clipboard()
        if self._copied and clipboard.text() == self._copied:
            clipboard.setText(self._copied)

    def copy_paths(self) -> None:
        self._with_items(self._copy_paths)

    def _copy_paths(self, items: Sequence[Item]) -> None:
        QGuiApplication.clipboard().setText("\n".join(item.path for item in items))
        text = _counted(self.tr("Copied 1 path"), self.tr("Copied {count} paths"), len(items))
        self._session.notices.show(text)

    def analyse_again(self, names: Sequence[str] | None = None) -> None:
        """names: of phases; all when None."""
        targets = self.targets
        if targets:
            self._session.analyser.analyse_again(targets, names)
            one, many = self.tr("1 item will be analysed again"), self.tr("{count} items will be analysed again")
            self._session.notices.show(_counted(one, many, len(targets)))

    def export_facts(self) -> None:
        """Write all that is known about them to a file."""
        targets = self.targets
        title = self.tr("Export facts")
        path, _ = QFileDialog.getSaveFileName(self._window, title, "facts.json", self.tr("JSON (*.json)"))
        if path:
            self._do(
                lambda library: export_facts(library, targets, Path(path)), lambda count: self._tell_export(count, path)
            )

    def _tell_export(self, count: int, path: str) -> None:
        one, many = (
            self.tr("Wrote the facts of 1 item to {path}"),
            self.tr("Wrote the facts of {count} items to {path}"),
        )
        self._session.notices.show(_counted(one, many, count).replace("{path}", path))

    # helpers

    def _do(self, work: Callable[[Library], object], then: Callable[..., object]) -> None:
        session = self._session
        session.background.run(partial(work, session.library), owner=self, then=then, failed=session.notices.error)

    def _with_items(self, then: Callable[[Sequence[Item]], object]) -> None:
        targets = self.targets
        if targets:
            self._do(lambda library: _in_order(library.items(targets), targets), then)

    def _with_first(self, then: Callable[[Item], object]) -> None:
        """With the current one of them."""
        targets, current = self.targets, self._session.selection.current
        first = [current] if current in targets else targets[:1]
        self._do(lambda library: list(library.items(first).values()), lambda items: [then(item) for item in items[:1]])


def _counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many.replace("{count}", number(count))


def _call(slot: Callable[[], object], checked: bool = False) -> None:
    slot()


def _in_order(items: dict[int, Item], media_ids: Sequence[int]) -> list[Item]:
    return [items[media_id] for media_id in media_ids if media_id in items]


def export_facts(library: Library, media_ids: Sequence[int], path: Path) -> int:
    """Write the records of these items as a JSON list, as `export` does; how many. Raises LibraryError."""
    try:
        with library.database.read() as connection, path.open("w", encoding="utf-8") as stream:
            records = list(all_records(connection, phases(), media_ids))
            stream.writelines(_lines(records))
    except OSError as error:
        raise LibraryError("export_failed", f"{path} could not be written ({error.strerror}).") from error
    return len(records)


def _lines(records: Sequence[dict[str, object]]) -> Iterator[str]:
    yield "[\n"
    for place, record in enumerate(records, start=1):
        yield json.dumps(record) + (",\n" if place < len(records) else "\n")
    yield "]\n"
