"""Where the API key lies, and a field for another one: never shown, kept by the system alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.icons import icon
from desktop.session import Session
from desktop.views.cloud.faults import said
from desktop.views.cloud.parts import head, text_label
from desktop.views.confirm import confirm
from engines.analysis.asking import chosen_service
from engines.cloud.address import Service, is_nvidia
from engines.cloud.key import check_shape, delete_key, find_key, keep_for_this_run, keyring_trouble, save_key
from engines.errors import CloudError
from engines.secret import Secret
from engines.settings import Settings
from engines.types import Message

_KEYS_PAGE = "https://build.nvidia.com/settings/api-keys"


@dataclass(frozen=True, slots=True)
class _State:
    """service: None where the settings name none. source: of the key, '' without one. trouble: of the keyring."""

    service: Service | None = None
    source: str = ""
    trouble: Message | None = None


class KeyPart(QWidget):
    """Looks for the key whenever it is shown or the service is another one; the key itself never comes here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._state = _State()
        self._field = QLineEdit()
        self._where, self._fault = text_label("secondary"), text_label("error")
        self._save = self._button(self.tr("Save"), self._save_key, primary=True)
        self._once = self._button(self.tr("Use for this run only"), self._keep_key)
        self._delete = self._button(self.tr("Delete the key…"), self._ask_to_delete)
        self._get = self._button(self.tr("Get a key…"), partial(QDesktopServices.openUrl, QUrl(_KEYS_PAGE)))
        self._get.setIcon(icon("external-link"))
        self._lay_out()
        session.settings_changed.connect(self.refresh)

    def _lay_out(self) -> None:
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setMaxLength(500)
        self._field.setAccessibleName(self.tr("API key"))
        self._field.textChanged.connect(self._check)
        self._field.returnPressed.connect(self._save_key)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_S)
        for button in (self._save, self._once, self._delete):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self._get)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_L, 0, theme.SPACE_M)
        layout.setSpacing(theme.SPACE_S)
        for part in (head(self.tr("API key")), self._where, self._field, self._fault):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self._show(_State())

    def _button(self, text: str, run: Callable[[], object], *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("primary", primary)
        button.setAutoDefault(False)
        button.clicked.connect(lambda checked: run())
        return button

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        if self.isVisible():
            work, failed = partial(_look, self._session.settings), self._session.notices.error
            self._session.background.run(work, owner=self, then=self._show, failed=failed)

    # what is shown

    def _show(self, state: _State) -> None:
        self._state = state
        self._where.setText(self._told(state))
        self._field.setPlaceholderText(self._hint(state))
        self._save.setText(self.tr("Replace") if state.source == "keyring" else self.tr("Save"))
        self._once.setVisible(state.trouble is not None)
        self._save.setVisible(state.trouble is None)
        self._delete.setVisible(state.source in ("keyring", "this run"))
        self._get.setVisible(state.service is None or is_nvidia(state.service.host))
        self._check(self._field.text())

    def _hint(self, state: _State) -> str:
        if state.source:
            return self.tr("Another key")
        return "nvapi-…" if state.service is not None and is_nvidia(state.service.host) else ""

    def _told(self, state: _State) -> str:
        places = {
            "keyring": self.tr("The key for {name} is in the system's keyring."),
            "environment": self.tr("The key for {name} comes from NVIDIA_API_KEY in the environment."),
            ".env": self.tr("The key for {name} comes from the file .env in the current folder."),
            "this run": self.tr("The key for {name} is kept until the program ends, and nowhere else."),
        }
        if state.service is None:
            return self.tr("Choose a service first.")
        needed = self.tr("There is no key for {name} yet.")
        if not is_nvidia(state.service.host):
            needed = self.tr("There is no key for {name}; most servers at home need none.")
        sentence = places.get(state.source, needed).format(name=state.service.name)
        return f"{sentence} {said(state.trouble)}" if state.trouble is not None else sentence

    @Slot(str)
    def _check(self, typed: str) -> None:
        """Whether what is typed can be a key; what is wrong is said once it is long enough to be one."""
        fault = self._shape_fault(typed)
        for button in (self._save, self._once):
            button.setEnabled(bool(typed) and fault is None)
        self._say(said(fault) if fault is not None and len(typed) >= 6 else "")

    def _shape_fault(self, typed: str) -> Message | None:
        if self._state.service is None:
            return None
        try:
            check_shape(self._state.service, typed)
        except CloudError as error:
            return error.message
        return None

    def _say(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))

    # what is done

    def _save_key(self) -> None:
        if self._save.isEnabled() and not self._save.isHidden():
            self._use(save_key)

    def _keep_key(self) -> None:
        self._use(keep_for_this_run)

    def _use(self, keep: Callable[[Service, Secret], None]) -> None:
        service = self._state.service
        assert service is not None
        work = partial(self._keep, keep, service, check_shape(service, self._field.text()))
        self._session.background.run(work, owner=self, then=self._kept, failed=self._not_kept)

    def _keep(self, keep: Callable[[Service, Secret], None], service: Service, secret: Secret) -> _State:
        keep(service, secret)
        self._session.library.cloud.revive_models(service.name)  # what another key was not served
        return _look(self._session.settings)

    def _kept(self, state: _State) -> None:
        self._field.clear()
        self._show(state)
        self._session.requests.ask_anew()

    def _not_kept(self, error: Exception) -> None:
        """The keyring refused: the key stays in the field, to be used for this run."""
        if not isinstance(error, CloudError):
            self._session.notices.error(error)
            return
        self._show(_State(self._state.service, self._state.source, error.message))

    def _ask_to_delete(self) -> None:
        assert self._state.service is not None
        confirm(
            self,
            self.tr("Delete the key for {name}?").format(name=self._state.service.name),
            self.tr("It cannot be brought back: to ask {name} again, it has to be typed in.").format(
                name=self._state.service.name
            ),
            self.tr("Delete the key"),
            self._delete_key,
        )

    def _delete_key(self) -> None:
        assert self._state.service is not None
        work = partial(_delete, self._state.service, self._session.settings)
        self._session.background.run(work, owner=self, then=self._deleted, failed=self._session.notices.error)

    def _deleted(self, state: _State) -> None:
        """What is under way still has the key."""
        self._show(state)
        self._session.requests.ask_anew()


def _look(settings: Settings) -> _State:
    try:
        service = chosen_service(settings.cloud)
    except CloudError:
        return _State()
    trouble = keyring_trouble(service)
    try:
        key = find_key(service)
    except CloudError as error:
        return _State(service, "", error.message)
    return _State(service, key.source if key is not None else "", trouble)


def _delete(service: Service, settings: Settings) -> _State:
    delete_key(service)
    return _look(settings)
