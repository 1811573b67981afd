"""Leads from a click in the menu to the queue: says what stands in the way, asks where a person has to agree."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.jobs.requests import Stage
from desktop.notices import Action
from desktop.session import Session
from desktop.views.cloud.consent import ConsentDialog
from desktop.views.cloud.faults import said
from desktop.views.cloud.subject import Subject, ask, look
from desktop.views.cloud.wording import answered, counted, question, whom
from engines.analysis.requests import Added
from engines.analysis.sending import Stretch
from engines.types import Message

_LEAST_S = 1.0  # of a stretch


class Asking(QObject):
    """Answers session.asking_requested and stretch_asking_requested. `window` is what dialogs stand over."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        session.asking_requested.connect(self.begin)
        session.stretch_asking_requested.connect(self.begin_with_stretch)

    @Slot(str)
    def begin(self, phase: str, *, again: bool = False, targets: list[int] | None = None) -> None:
        """Ask this about the targets of now. phase: one of CLOUD_PHASES. again: whatever was answered before."""
        wanted = self._session.editing.targets if targets is None else targets
        if wanted:
            self._look(wanted, phase, again=again)

    @Slot(str, int, object)
    def begin_with_stretch(self, phase: str, media_id: int, stretch: Stretch) -> None:
        """Ask this about a part of a video. stretch: in seconds; a mere moment is looked at for a second."""
        start_s, end_s = stretch
        self._look([media_id], phase, stretch=(start_s, max(end_s, start_s + _LEAST_S)))

    def _look(self, targets: list[int], phase: str, *, again: bool = False, stretch: Stretch | None = None) -> None:
        session = self._session
        session.background.run(
            partial(look, session.library, session.settings, targets, phase, again=again, stretch=stretch),
            owner=self,
            then=partial(self._go_on, targets),
            failed=session.notices.error,
        )

    def _go_on(self, targets: list[int], subject: Subject) -> None:
        if subject.hindrance is not None:
            self._explain(subject.hindrance)
        elif not subject.contents:
            self._say_why_none(targets, subject)
        elif subject.needs_consent:
            dialog = ConsentDialog(self._session, subject, self._window)
            dialog.accepted.connect(lambda: self._ask(subject, dialog.allowed, always=dialog.always))
            dialog.open()
        else:
            self._ask(subject, [], always=False)

    def _explain(self, hindrance: Message) -> None:
        """What only the settings can mend."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Nothing was sent"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(said(hindrance))
        settings = box.addButton(self.tr("Open the settings"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(settings)
        settings.clicked.connect(lambda: self._session.settings_requested.emit("cloud"))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _say_why_none(self, targets: list[int], subject: Subject) -> None:
        notices = self._session.notices
        if subject.forbidden:
            one = self.tr("1 file lies in a folder from which nothing may ever be sent.")
            many = self.tr("{count} files lie in folders from which nothing may ever be sent.")
            notices.show(counted(one, many, subject.forbidden))
        elif subject.answered:
            again = Action(self.tr("Ask again"), partial(self.begin, subject.phase, again=True, targets=targets))
            notices.show(answered(subject.phase, subject.answered), again)
        else:
            notices.show(self.tr("None of these files gives a picture that could be sent."))

    def _ask(self, subject: Subject, allowed: list[str], *, always: bool) -> None:
        session = self._session
        session.background.run(
            partial(ask, session.library, session.settings, subject, allowed, always=always),
            owner=self,
            then=partial(self._asked, subject),
            failed=session.notices.error,
        )

    def _asked(self, subject: Subject, added: Added) -> None:
        session = self._session
        assert subject.service is not None
        asked = len(subject.contents) - len(added.refused)
        if not asked:
            session.notices.show(self.tr("No folder was allowed, so nothing is sent."))
            return
        session.requests.go_on()
        text = self.tr("{what}: asking {whom}")
        if session.requests.queue.stage is Stage.PAUSED:
            text = self.tr("{what}: waits, for the queue to {whom} is paused")
        show = Action(self.tr("Show"), session.shortcuts.action("show_activity").trigger)
        session.notices.show(
            text.format(what=question(subject.phase, asked, subject.stretch), whom=whom(subject.service)), show
        )
