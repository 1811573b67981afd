"""Which folders may be sent to whom, which never, and what is asked about all that comes into them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.cloud.faults import said
from desktop.views.cloud.parts import head, text_label
from desktop.views.cloud.subject import rest_of
from desktop.views.cloud.wording import in_words
from desktop.views.confirm import confirm
from desktop.views.info.parts import Elided
from desktop.views.lines import horizontal_line
from desktop.words import phase_title
from engines.analysis.asking import chosen_service
from engines.analysis.cloud_phases import CLOUD_PHASES
from engines.analysis.estimating import Estimate
from engines.errors import CloudError
from engines.library.cloud.permissions import Permission
from engines.library.library import Library


class PermissionsPart(QWidget):
    """Looks them up whenever it is shown; every change is written at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._content: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.SPACE_L, 0, theme.SPACE_M)
        self._layout.setSpacing(theme.SPACE_S)
        self._layout.addWidget(head(self.tr("What may be sent")))
        hint = self.tr(
            "Nothing leaves a folder that is not listed here. What is ticked is asked by itself, also for new files."
        )
        self._layout.addWidget(text_label("secondary", hint))

    def showEvent(self, event: QShowEvent) -> None:
        self._look()

    def _look(self) -> None:
        self._run(lambda library: None, self._show)

    def _do(self, work: Callable[[Library], object]) -> None:
        """Change something, then show what holds."""
        self._run(work, self._changed)

    def _run(self, work: Callable[[Library], object], then: Callable[[list[Permission]], None]) -> None:
        background, failed = self._session.background, self._session.notices.error
        background.run(partial(_done, self._session.library, work), owner=self, then=then, failed=failed)

    def _changed(self, permissions: Sequence[Permission]) -> None:
        self._show(permissions)
        self._session.requests.go_on()  # more may be asked by itself now

    def _show(self, permissions: Sequence[Permission]) -> None:
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        rows = QVBoxLayout(self._content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SPACE_S)
        for permission in permissions:
            rows.addWidget(self._row(permission))
            rows.addWidget(horizontal_line())
        rows.addLayout(self._buttons())
        self._layout.addWidget(self._content)

    def _row(self, permission: Permission) -> QWidget:
        path = os.fsdecode(permission.path)
        row = QWidget()
        picture = QLabel()
        picture.setPixmap(icon("folder" if permission.service else "ban").pixmap(QSize(16, 16)))
        whom = self.tr("may be sent to {whom}").format(whom=permission.service)
        remove = QToolButton()
        remove.setIcon(icon("x"))
        remove.setToolTip(self.tr("Take it off the list"))
        remove.setAccessibleName(self.tr("Take {folder} off the list").format(folder=_shown(path)))
        remove.clicked.connect(lambda: self._do(lambda library: library.cloud.forget(path)))
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_S)
        line.addWidget(picture)
        line.addWidget(Elided(_shown(path)), 1)
        said_so = QLabel(whom if permission.service else self.tr("never"))
        said_so.setProperty("role", "secondary")
        line.addWidget(said_so)
        line.addWidget(remove)
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(line)
        if permission.service is not None:
            layout.addLayout(self._phases(permission, permission.service))
        return row

    def _phases(self, permission: Permission, service: str) -> QHBoxLayout:
        boxes = QHBoxLayout()
        boxes.setContentsMargins(theme.SPACE_XL, 0, 0, 0)
        boxes.setSpacing(theme.SPACE_L)
        for phase in CLOUD_PHASES:
            box = QCheckBox(phase_title(phase))
            box.setChecked(phase in permission.phases)
            box.clicked.connect(lambda on, phase=phase: self._switch(permission, service, phase, on))
            boxes.addWidget(box)
        boxes.addStretch()
        return boxes

    def _switch(self, permission: Permission, service: str, phase: str, on: bool) -> None:
        folder = os.fsdecode(permission.path)
        phases = [one for one in CLOUD_PHASES if (on if one == phase else one in permission.phases)]
        allow = partial(_ask_always, folder, service, phases)
        if not on:
            self._do(allow)
            return
        if self._content is not None:
            self._content.setEnabled(False)  # until this is answered: another tick would not know of it
        self._session.background.run(
            partial(rest_of, self._session.library, self._session.settings, folder, phase),
            owner=self,
            then=partial(self._ask_about_all, folder, allow),
            failed=self._fail_to_estimate,
        )

    def _fail_to_estimate(self, error: Exception) -> None:
        self._session.notices.error(error)
        self._look()

    def _ask_about_all(self, folder: str, allow: Callable[[Library], None], will_be: Estimate) -> None:
        """What lies there already is asked about as well, so what that comes to is said before."""
        if not will_be.files:
            self._do(allow)
            return
        confirm(
            self,
            self.tr("Ask about all that lies in {folder}?").format(folder=_shown(folder)),
            in_words(will_be),
            self.tr("Ask about all"),
            partial(self._do, allow),
            refused=self._look,  # the tick goes again
        )

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_S)
        for icon_name, text, run in (
            ("plus", self.tr("Allow a folder…"), self._allow),
            ("ban", self.tr("Never send a folder…"), self._forbid),
        ):
            button = QPushButton(icon(icon_name), text)
            button.setAutoDefault(False)
            button.clicked.connect(run)
            buttons.addWidget(button)
        buttons.addStretch()
        return buttons

    @Slot()
    def _allow(self) -> None:
        try:
            service = chosen_service(self._session.settings.cloud).name
        except CloudError as error:
            self._session.notices.show(said(error.message))
            return
        title = self.tr("A folder whose pictures may be sent to {whom}").format(whom=service)
        self._with_folder(title, lambda library, path: library.cloud.allow(path, service))

    @Slot()
    def _forbid(self) -> None:
        title = self.tr("A folder from which nothing may ever be sent")
        self._with_folder(title, lambda library, path: library.cloud.forbid(path))

    def _with_folder(self, title: str, change: Callable[[Library, str], object]) -> None:
        path = QFileDialog.getExistingDirectory(self, title)
        if path:
            self._do(lambda library: change(library, os.path.realpath(path)))


class RepliesPart(QWidget):
    """Deletes the replies that are kept so that the same is not asked twice."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_M)
        layout.setSpacing(theme.SPACE_M)
        hint = self.tr(
            "Replies are kept, so that the same is not sent twice. What they told stays when they are deleted."
        )
        layout.addWidget(text_label("secondary", hint), 1)
        clear = QPushButton(icon("trash-2"), self.tr("Delete kept replies…"))
        clear.setAutoDefault(False)
        clear.clicked.connect(self._ask_to_clear)
        layout.addWidget(clear)

    @Slot()
    def _ask_to_clear(self) -> None:
        confirm(
            self,
            self.tr("Delete all kept replies?"),
            self.tr("What they told about your pictures stays; asking the same again is sent again."),
            self.tr("Delete kept replies"),
            self._clear,
        )

    def _clear(self) -> None:
        self._session.background.run(
            self._session.library.cloud.clear_replies,
            owner=self,
            then=lambda count: self._session.notices.show(self.tr("Kept replies deleted: {count}").format(count=count)),
            failed=self._session.notices.error,
        )


def _ask_always(folder: str, service: str, phases: Sequence[str], library: Library) -> None:
    library.cloud.ask_always(folder, service, phases)


def _done(library: Library, work: Callable[[Library], object]) -> list[Permission]:
    work(library)
    return library.cloud.permissions()


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
