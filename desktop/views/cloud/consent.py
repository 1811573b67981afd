"""Says what would be sent to whom, shows the very bytes, and asks."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QLocale, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.activity.wording import duration, number, size
from desktop.views.cloud.parts import text_label
from desktop.views.cloud.subject import Preview, Subject, preview
from desktop.views.cloud.wording import answered, counted, in_words, question, rough, whom
from desktop.words import phase_title
from engines.analysis.sending import Parcel

_WIDTH = 560  # px
_PICTURE = QSize(224, 168)
_LIST_HEIGHT = 104  # px, four folders


class ConsentDialog(QDialog):
    """allowed and always say what was agreed to, once it was accepted. The safe button is the default."""

    def __init__(self, session: Session, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert subject.service is not None
        self._subject = subject
        self._service = subject.service
        self._blurs_faces = session.settings.cloud.blur_faces
        self.setWindowTitle(question(subject.phase, len(subject.contents), subject.stretch))
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folders = QListWidget()
        self._always = QCheckBox()
        self._more = text_label("secondary", "…")
        self._send = QPushButton()
        self._lay_out()
        session.background.run(
            partial(preview, session.library, session.settings, subject),
            owner=self,
            then=self._show_preview,
            failed=partial(self._give_up, session),
        )

    @property
    def allowed(self) -> list[str]:
        """Folders that may be sent from now on."""
        items = [self._folders.item(row) for row in range(self._folders.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked]

    @property
    def always(self) -> bool:
        return self._always.isChecked()

    # what it is made of

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_L, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        title = QLabel(self.windowTitle())
        title.setProperty("role", "title")
        layout.addWidget(title)
        layout.addWidget(text_label(text=self._whither()))
        layout.addLayout(self._make_preview())
        for sentence in self._left_out():
            layout.addWidget(text_label("secondary", sentence))
        if self._subject.folders:
            self._add_folders(layout)
        layout.addSpacing(theme.SPACE_S)
        layout.addLayout(self._make_buttons())

    def _whither(self) -> str:
        if self._service.is_local:
            return self.tr("{server} looks at them. It runs on this computer, so nothing leaves it.").format(
                server=self._service.name
            )
        return self.tr("{server} looks at them. For that, pictures leave this computer.").format(
            server=self._service.host
        )

    def _make_preview(self) -> QHBoxLayout:
        self._picture = QLabel(self.tr("Making the picture ready…"), alignment=Qt.AlignmentFlag.AlignCenter)
        self._picture.setProperty("role", "secondary")
        self._picture.setFixedSize(_PICTURE)
        self._picture.setAccessibleName(self.tr("The picture as it would be sent"))
        self._what = text_label()
        facts = QFormLayout()
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setHorizontalSpacing(theme.SPACE_M)
        facts.setVerticalSpacing(theme.SPACE_XS)
        self._figures = {name: QLabel("…") for name in ("files", "requests", "bytes", "time")}
        titles = {
            "files": self.tr("Files"),
            "requests": self.tr("Requests"),
            "bytes": self.tr("To be sent"),
            "time": self.tr("Takes at least"),
        }
        for name, value in self._figures.items():
            head = QLabel(titles[name])
            head.setProperty("role", "secondary")
            facts.addRow(head, value)
        right = QVBoxLayout()
        right.addWidget(self._what)
        right.addStretch()
        right.addLayout(facts)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_L)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        return row

    def _left_out(self) -> list[str]:
        subject, sentences = self._subject, []
        if subject.answered:
            rest = self.tr("{what} and will not be asked about again.")
            sentences.append(rest.format(what=answered(subject.phase, subject.answered)))
        if subject.forbidden:
            one = self.tr("1 file lies in a folder from which nothing may ever be sent; it is left out.")
            many = self.tr("{count} files lie in folders from which nothing may ever be sent; they are left out.")
            sentences.append(counted(one, many, subject.forbidden))
        return sentences

    def _add_folders(self, layout: QVBoxLayout) -> None:
        layout.addWidget(
            text_label(
                text=self.tr("May pictures in these folders be sent to {whom}, now and later?").format(
                    whom=whom(self._service)
                )
            )
        )
        for folder, files in self._subject.folders.items():
            shown = f"{_shown(folder)}   ({number(files)})"
            item = QListWidgetItem(icon("folder"), shown)
            item.setData(Qt.ItemDataRole.UserRole, folder)
            item.setToolTip(_shown(folder))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self._folders.addItem(item)
        self._folders.setIconSize(QSize(16, 16))
        self._folders.setAccessibleName(self.tr("Folders that may be sent"))
        self._folders.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._folders.setFixedHeight(min(_LIST_HEIGHT, 10 + 26 * len(self._subject.folders)))
        self._always.setText(
            self.tr("Go on by itself with all pictures there, also new ones ({what})").format(
                what=phase_title(self._subject.phase)
            )
        )
        layout.addWidget(self._folders)
        layout.addWidget(self._always)
        self._more.hide()
        self._always.toggled.connect(self._more.setVisible)
        self._always.toggled.connect(self._fit)
        layout.addWidget(self._more)

    def _make_buttons(self) -> QHBoxLayout:
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setDefault(True)
        cancel.clicked.connect(self.reject)
        text = self.tr("Send to {whom}").format(whom=self._service.name)
        self._send.setText(text)
        self._send.setProperty("primary", True)
        self._send.setAutoDefault(False)
        self._send.setEnabled(False)
        self._send.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self._send)
        return buttons

    # what comes later

    def _give_up(self, session: Session, error: Exception) -> None:
        """What cannot be shown is not sent."""
        self.reject()
        session.notices.error(error)

    def _show_preview(self, found: Preview) -> None:
        self._send.setEnabled(True)
        will_be = found.estimate
        files = number(will_be.files)
        if will_be.frames:
            files += self.tr(" · {frames} frames of videos").format(frames=number(will_be.frames))
        self._figures["files"].setText(files)
        self._figures["requests"].setText(number(will_be.requests))
        self._figures["bytes"].setText(self.tr("about {size}").format(size=rough(will_be.sent_bytes)))
        self._figures["time"].setText(duration(60 * will_be.minutes))
        self._more.setText(in_words(found.more))
        if found.parcels:
            self._show_parcel(found.parcels[0], found.picture)
        else:
            self._picture.setText(self.tr("None of these files gives a picture."))
            self._send.setEnabled(False)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """As high as the words need now."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _show_parcel(self, parcel: Parcel, picture: bytes) -> None:
        width, height = parcel.sizes[0]
        figures = {"width": QLocale().toString(width), "height": QLocale().toString(height), "size": size(parcel.bytes)}
        image = QImage.fromData(picture)
        if not image.isNull():
            ratio = self.devicePixelRatioF()
            pixmap = QPixmap.fromImage(image).scaled(
                _PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            pixmap.setDevicePixelRatio(ratio)
            self._picture.setPixmap(pixmap)
        if parcel.media == "image/jpeg":
            what = self.tr("This is what is sent: a JPEG of {width} × {height} pixels, {size}.")  # noqa: RUF001
        else:
            what = self.tr("A clip is made of the picture and sent: {width} × {height} pixels, {size}.")  # noqa: RUF001
        rest = self.tr("It is made anew from the pixels, so no name, date, place or camera goes along.")
        self._what.setText(" ".join([what.format(**figures), rest, *self._faces()]))

    def _faces(self) -> list[str]:
        if self._blurs_faces:
            return [self.tr("People who were found are blurred; one here and there may be missed.")]
        return [] if self._service.is_local else [self.tr("Faces go along as they are; the settings can blur them.")]


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
