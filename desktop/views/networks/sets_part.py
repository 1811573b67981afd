"""The sets of networks: what each is made of, getting and removing them, and what changing the set means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.translation import told
from desktop.views.activity.wording import number
from desktop.views.agree import agreed
from desktop.views.cloud.parts import head, text_label
from desktop.views.lines import horizontal_line
from desktop.views.networks import wording
from engines.inference import sets
from engines.inference.catalogue import Card, starter_cards
from engines.inference.ladder import TENSORRT
from engines.inference.recipes import LEFT_OUT
from engines.inference.shelf import Offer


class SetsPart(QWidget):
    """Looks for what there is whenever it is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._getting = session.getting
        self._rows: dict[str, OfferRow] = {}
        self._state = text_label("secondary")
        self._use = QPushButton(self.tr("Use the full set"))
        self._use.setProperty("primary", True)
        self._use.setAutoDefault(False)
        self._use.clicked.connect(lambda: self._choose(sets.FULL.name))
        self._full, self._further = QVBoxLayout(), QVBoxLayout()
        for rows in (self._full, self._further):
            rows.setSpacing(0)
        self._lay_out()
        self._getting.changed.connect(self.refresh)
        session.settings_changed.connect(self.refresh)
        session.cockpit.changed.connect(self._follow)
        self.refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_M, 0, theme.SPACE_M)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(head(self.tr("Starter set")))
        layout.addWidget(text_label("secondary", self.tr("Came with the program and runs on every computer.")))
        for card in starter_cards().values():
            layout.addWidget(_card_row(card))
        layout.addSpacing(theme.SPACE_M)
        layout.addWidget(head(self.tr("Full set")))
        layout.addWidget(
            text_label("secondary", self.tr("Understands far more; wants a graphics card, or patience on a processor."))
        )
        layout.addLayout(self._full)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_M)
        row.addWidget(self._state, 1)
        row.addWidget(self._use, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(row)
        layout.addSpacing(theme.SPACE_M)
        layout.addWidget(head(self.tr("Beside the sets")))
        layout.addLayout(self._further)
        for name, reason in LEFT_OUT.items():
            layout.addWidget(text_label("secondary", wording.left_out(name, reason)))

    def showEvent(self, event: QShowEvent) -> None:
        self._getting.look()
        self.refresh()
        super().showEvent(event)

    @Slot()
    def _follow(self) -> None:
        """Networks at work are others every second."""
        if self.isVisible():
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        for offer in self._getting.offers:
            rows = self._full if offer.recipe.set == sets.FULL.name else self._further
            if offer.recipe.name not in self._rows:
                row = self._rows[offer.recipe.name] = OfferRow(self._session)
                row.removed.connect(self._remove)
                rows.addWidget(row)
                rows.addWidget(horizontal_line())
            self._rows[offer.recipe.name].show_offer(offer)
        is_used = self._session.settings.analysis.networks == sets.FULL.name
        is_whole = not sets.FULL.lacking
        self._use.setVisible(is_whole and not is_used)
        self._state.setText(self._said(is_whole=is_whole, is_used=is_used))

    def _said(self, *, is_whole: bool, is_used: bool) -> str:
        if not is_whole:
            return wording.lacking(sets.FULL.name)
        if is_used:
            return self.tr(
                "In use. Until all pictures were looked at with it, searches are answered by what was found before."
            )
        shown = self._session.shown
        count = len(shown.columns.newest) if shown is not None else 0
        if not count:
            return self.tr("Then it looks at all that you add.")
        text = self.tr(
            "Then all {count} photos and videos are looked at again in the background. Until that is done, what was "
            "found before answers searches, and nothing is lost when you change back."
        )
        return text.format(count=number(count))

    def _choose(self, name: str) -> None:
        self._session.set_settings(self._session.settings.with_value("analysis.networks", name))

    @Slot(object)
    def _remove(self, offer: Offer) -> None:
        is_used = self._session.settings.analysis.networks == offer.recipe.set
        text = self.tr("Delete {name} from this computer?").format(name=offer.recipe.title)
        more = self.tr("What it found stays; to use it again it has to be got again.")
        if offer.size:
            more = self.tr("{size} become free. {more}").format(size=wording.size(offer.size), more=more)
        if is_used:
            more += " " + self.tr("From now on the starter set looks at pictures.")
        if not agreed(self, text, more, self.tr("Delete it"), self.tr("Keep it")):
            return
        if is_used:
            self._choose(sets.STARTER.name)
        self._getting.remove(offer.recipe.name)


def _card_row(card: Card) -> QWidget:
    network = wording.size(card.files[card.network].size)
    return _Words(card.title, f"{wording.task(card)} · {card.source.licence} · {network}")


class _Words(QWidget):
    """A title, and lines below it in smaller letters."""

    def __init__(self, title: str = "", details: str = "") -> None:
        super().__init__()
        self.title, self.details = QLabel(title), text_label("secondary", details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_XS, 0, theme.SPACE_XS)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.details)


class OfferRow(QWidget):
    """One that can be got: what it is, how getting it goes, and what can be done with it."""

    removed = Signal(object)  # Offer: a person wants it gone

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._getting = session.getting
        self._offer: Offer | None = None
        self._words = _Words()
        self._progress, self._fault = text_label("secondary"), text_label("error")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._get = self._button("download", self.tr("Get"), self._fetch)
        self._folder = self._button("folder-open", self.tr("From a folder…"), self._choose_folder)
        self._cancel = self._button("square", self.tr("Stop"), self._stop)
        self._cancel.setToolTip(self.tr("What was downloaded is kept; it goes on there the next time."))
        self._build = self._button("cpu", self.tr("Build engines"), self._start_build)
        self._build.setToolTip(self.tr("Otherwise they are built when they are first needed, which takes minutes."))
        self._remove = self._button("trash-2", self.tr("Remove…"), self._ask_to_remove)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_S)
        top.addWidget(self._words, 1)
        for button in (self._get, self._folder, self._cancel, self._build, self._remove):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_XS, 0, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(top)
        for part in (self._bar, self._progress, self._fault):
            layout.addWidget(part)

    def _button(self, icon_name: str, text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(icon(icon_name), text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda checked: run())
        return button

    def show_offer(self, offer: Offer) -> None:
        self._offer = offer
        name, getting = offer.recipe.name, self._getting
        now, fault = getting.under_way.get(name), getting.faults.get(name)
        self._words.title.setText(offer.recipe.title)
        self._words.details.setText(f"{wording.purpose(offer)} · {wording.facts(offer)}")
        self._get.setText(self.tr("Go on") if offer.begun and not offer.has_checkpoint else self.tr("Get"))
        self._get.setToolTip(wording.source(offer))
        for button in (self._get, self._folder, self._remove):
            button.setAccessibleName(self.tr("{action}: {name}").format(action=button.text(), name=offer.recipe.title))
        self._get.setVisible(now is None and not offer.is_ready)
        self._folder.setVisible(now is None and not offer.is_ready)
        self._remove.setVisible(now is None and (offer.is_ready or offer.has_checkpoint))
        standing = self._session.cockpit.standing
        on_tensorrt = standing is not None and standing.back_end == TENSORRT
        self._build.setVisible(now is None and bool(offer.cards) and offer.is_ready and on_tensorrt)
        self._cancel.setVisible(now is not None)
        for part in (self._bar, self._progress):
            part.setVisible(now is not None)
        if now is not None:
            self._bar.setRange(0, 1000 if now.total else 0)
            self._bar.setValue(1000 * now.done // now.total if now.total else 0)
            self._progress.setText(wording.progress(now))
        self._fault.setText(told(fault) if fault is not None else "")
        self._fault.setVisible(fault is not None)

    def _fetch(self) -> None:
        assert self._offer is not None
        self._getting.get(self._offer.recipe.name)

    def _start_build(self) -> None:
        assert self._offer is not None
        self._getting.build(self._offer.recipe.name)

    def _choose_folder(self) -> None:
        assert self._offer is not None
        title = self.tr("The folder with {name} as it was downloaded").format(name=self._offer.recipe.title)
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self._getting.get(self._offer.recipe.name, folder)

    def _stop(self) -> None:
        assert self._offer is not None
        self._getting.cancel(self._offer.recipe.name)

    def _ask_to_remove(self) -> None:
        self.removed.emit(self._offer)
