"""Version, promise, and the libraries that the program stands on with their licences."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import theme
from engines import __version__
from engines.inference.catalogue import cards

_LIBRARIES = (
    "PySide6", "apsw", "av", "defusedxml", "huggingface-hub", "keyring", "lapx", "numpy", "nvidia-ml-py",
    "opencv-python-headless", "openvino", "pillow", "pillow-heif", "platformdirs", "psutil", "rawpy", "requests",
    "send2trash", "shiboken6", "simplejpeg", "tokenizers", "tomli-w", "tqdm", "urllib3", "watchdog",
)  # fmt: skip


class AboutDialog(QDialog):
    """What this is, and whose work it uses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Image Engine"))
        self.resize(QSize(580, 520))
        title = QLabel(f"Image Engine {__version__}")
        title.setProperty("role", "title")
        promise = QLabel(self.tr("Makes your own photos and videos findable. Your files are never changed."))
        licence = QLabel(
            self.tr("Free software under the Apache License 2.0. Python {python}, Qt {qt} (LGPL 3).").format(
                python=platform.python_version(), qt=qVersion()
            )
        )
        licence.setProperty("role", "secondary")
        head = QLabel(self.tr("Libraries, networks and their licences"))
        head.setProperty("role", "head")
        libraries = QPlainTextEdit("\n".join([*library_lines(), *network_lines()]))
        libraries.setReadOnly(True)
        libraries.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        libraries.setAccessibleName(head.text())
        sources = QLabel(
            self.tr("Towns: GeoNames (CC BY 4.0). Map: Natural Earth (public domain). Icons: Lucide (ISC licence).")
        )
        sources.setProperty("role", "secondary")
        for label in (promise, licence, sources):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole).clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE_XL] * 4)
        layout.setSpacing(theme.SPACE_S)
        for part in (title, promise, licence, head, libraries, sources, buttons):
            layout.addWidget(part)


def library_lines() -> list[str]:
    """'numpy 2.4.6 · BSD-3-Clause' of every library that is installed."""
    lines = []
    for name in _LIBRARIES:
        try:
            known = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        stated = known.get_all("License-Expression") or known.get_all("License") or []
        licence = next(iter(stated), "") or _classified(known)
        lines.append(f"{name} {known['Version']} · {licence.splitlines()[0][:60] if licence else '?'}")
    return lines


def network_lines() -> list[str]:
    """'YOLOv3-tiny, Joseph Redmon and Ali Farhadi · MIT' of every network that is there."""
    return [f"{card.title}, {card.source.authors} · {card.source.licence}" for card in cards().values()]


def _classified(known: metadata.PackageMetadata) -> str:
    licences = [one for one in known.get_all("Classifier") or [] if one.startswith("License ::")]
    return licences[0].rpartition(" :: ")[2] if licences else ""
