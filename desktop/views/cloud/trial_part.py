"""Tries the service with a grey square: is it there, does it take the key, which model answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.activity.wording import number
from desktop.views.cloud.faults import said
from desktop.views.cloud.parts import text_label
from engines.analysis.asking import chosen_service
from engines.analysis.trial import Trial, trial_client, try_out
from engines.cancel import CancelToken
from engines.cloud.key import find_key
from engines.errors import CloudError
from engines.settings import Settings

_TICK_S = 0.1


class TrialPart(QWidget):
    """Nothing of the person's is sent."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._token = CancelToken()
        self._trial: Trial | None = None
        self._test = QPushButton(icon("refresh-cw"), self.tr("Test the service"))
        self._test.setAutoDefault(False)
        self._test.clicked.connect(self.test)
        self._keep = QPushButton(self.tr("Ask this one first"))
        self._keep.setAutoDefault(False)
        self._keep.clicked.connect(self._choose)
        self._outcome = text_label("secondary")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_S)
        buttons.addWidget(self._test)
        buttons.addWidget(self._keep)
        buttons.addStretch()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE_XS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_M)
        layout.setSpacing(theme.SPACE_S)
        layout.addLayout(buttons)
        layout.addWidget(self._outcome)
        layout.addLayout(self._rows)
        self._say(self.tr("It is shown a grey square; nothing of yours is sent."))
        session.closing.connect(self._token.cancel)

    @Slot()
    def test(self) -> None:
        self._clear()
        self._test.setEnabled(False)
        self._say(self.tr("Asking…"))
        work = partial(_try_out, self._session.settings, self._token)
        self._session.background.run(work, owner=self, then=self._show, failed=self._fail)

    def _show(self, trial: Trial) -> None:
        self._test.setEnabled(True)
        self._trial = trial
        offered = self.tr("The service offers {count} models.").format(count=number(len(trial.listed)))
        nobody = self.tr("None of those that look at pictures answers.")
        self._say(offered if trial.model is not None else f"{offered} {nobody}")
        for tried in (*trial.tried, *filter(None, [trial.retail])):
            answers = self.tr("{name} answers.").format(name=tried.name)
            self._add_row(tried.fault is None, said(tried.fault) if tried.fault is not None else answers)
        chosen = self._session.settings.cloud.models
        self._keep.setVisible(trial.model is not None and chosen[:1] != (trial.model,))

    def _fail(self, error: Exception) -> None:
        self._test.setEnabled(True)
        self._say("")
        if isinstance(error, CloudError):
            self._add_row(False, said(error.message))
        else:
            self._session.notices.error(error)

    def _add_row(self, answers: bool, text: str) -> None:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        mark = QLabel()
        name, colour = ("circle-check", "success") if answers else ("circle-x", "error")
        mark.setPixmap(icon(name, colour).pixmap(QSize(16, 16)))
        layout.addWidget(mark)
        layout.addWidget(text_label(text=text), 1)
        self._rows.addWidget(row)

    def _clear(self) -> None:
        self._trial = None
        self._keep.hide()
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _say(self, text: str) -> None:
        self._outcome.setText(text)
        self._outcome.setVisible(bool(text))
        self._keep.setVisible(False)

    @Slot()
    def _choose(self) -> None:
        """The model that answered comes first; others stay behind it."""
        assert self._trial is not None
        model = self._trial.model
        assert model is not None
        rest = [one for one in self._session.settings.cloud.models if one != model]
        self._keep.hide()
        self._session.set_settings(self._session.settings.with_value("cloud.models", (model, *rest)))


def _try_out(settings: Settings, token: CancelToken) -> Trial:
    """In two threads: a reply that hangs is broken off when the window closes."""
    service = chosen_service(settings.cloud)
    with (
        trial_client(service, find_key(service), settings.cloud, token) as client,
        ThreadPoolExecutor(1, "trial") as threads,
    ):
        trial = threads.submit(try_out, client, settings.cloud)
        while not wait([trial], _TICK_S).done:
            client.tick()
        return trial.result()
