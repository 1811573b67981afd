"""Where a service's API key lies: in the system's keyring, else in the environment; never in a file of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from engines.cloud.address import Service, is_nvidia
from engines.errors import CloudError, Remedy
from engines.secret import Secret, from_environment
from engines.types import Message

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

VARIABLE = "NVIDIA_API_KEY"
_PLACE = "Image Engine"  # the entry's name in the keyring; the account is the service's name
_SHAPE = re.compile(r"nvapi-[A-Za-z0-9_-]{20,}")
_LINE = re.compile(rf"\s*(?:export\s+)?{VARIABLE}\s*=\s*(['\"]?)(.*?)\1\s*(?:#.*)?")
_SAFE = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
)  # others keep keys in files, or nowhere
_ONCE = "Unlock or install one, or give the key for this run only: NVIDIA_API_KEY in the environment."

_for_this_run: dict[str, Secret] = {}  # by the service's name

_Outcome = TypeVar("_Outcome")


@dataclass(frozen=True, slots=True)
class Key:
    """source: 'this run', 'keyring', 'environment' or '.env'."""

    secret: Secret
    source: str


def find_key(service: Service, folder: Path | None = None, backend: KeyringBackend | None = None) -> Key | None:
    """The key for this service; None where there is none, which a server at home needs not.

    folder: whose .env counts, the current one when None. NVIDIA's variable is for NVIDIA's hosts alone. A keyring that
    is locked or broken hinders only where no key is found elsewhere. Raises CloudError.
    """
    if service.name in _for_this_run:
        return Key(_for_this_run[service.name], "this run")
    trouble: CloudError | None = None
    try:
        stored = _in_keyring(lambda ring: ring.get_password(_PLACE, service.name), backend)
    except CloudError as error:
        stored, trouble = None, error
    if stored:
        return Key(Secret(stored), "keyring")
    if not is_nvidia(service.host):
        return None
    given = from_environment(VARIABLE)
    if given is not None:
        return Key(given, "environment")
    written = _in_dotenv(folder or Path.cwd())
    if written is not None:
        return Key(written, ".env")
    if trouble is not None and trouble.message.code != "keyring_missing":
        raise trouble
    return None


def keyring_trouble(service: Service, backend: KeyringBackend | None = None) -> Message | None:
    """Why no key can be kept in the system's keyring; None where one can."""
    try:
        _in_keyring(lambda ring: ring.get_password(_PLACE, service.name), backend)
    except CloudError as error:
        return error.message
    return None


def needed_key(service: Service) -> Key:
    """find_key, where none is an error that says what to do."""
    key = find_key(service)
    if key is None:
        text = (
            f"There is no API key for {service.name} yet: make one at build.nvidia.com, then `image-engine cloud key "
            "set`. Or choose a server on this computer with cloud.server, which needs none."
        )
        raise CloudError("cloud_no_key", text, remedy=Remedy.STOP)
    return key


def keep_for_this_run(service: Service, secret: Secret) -> None:
    """For who has no keyring, or one that is locked: in memory, until the program ends."""
    _for_this_run[service.name] = secret


def save_key(service: Service, secret: Secret, backend: KeyringBackend | None = None) -> None:
    """Put the key into the keyring. Raises CloudError; check_shape first."""
    _in_keyring(lambda ring: ring.set_password(_PLACE, service.name, secret.reveal()), backend)
    _for_this_run.pop(service.name, None)


def delete_key(service: Service, backend: KeyringBackend | None = None) -> bool:
    """Forget it wherever it is kept; whether there was one. Raises CloudError where only a keyring could hold one."""
    was_for_this_run = _for_this_run.pop(service.name, None) is not None

    def delete(ring: KeyringBackend) -> bool:
        if ring.get_password(_PLACE, service.name) is None:
            return False
        ring.delete_password(_PLACE, service.name)
        return True

    try:
        return _in_keyring(delete, backend) or was_for_this_run
    except CloudError:
        if not was_for_this_run:
            raise
        return True


def check_shape(service: Service, text: str) -> Secret:
    """The key in what a person typed. Raises CloudError for what cannot be one, without repeating it."""
    text = text.strip()
    if is_nvidia(service.host) and not _SHAPE.fullmatch(text):
        raise CloudError("cloud_key_shape", "This is no API key of NVIDIA: those begin with nvapi- and are longer.")
    if not text or not text.isprintable() or " " in text or not text.isascii():
        raise CloudError("cloud_key_shape", "This is no API key: it is empty, or holds characters that no key has.")
    return Secret(text)


def _in_keyring(use: Callable[[KeyringBackend], _Outcome], backend: KeyringBackend | None) -> _Outcome:
    import keyring  # 120 ms that only who asks a service pays
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    ring = _safe(backend or keyring.get_keyring())
    if ring is None:
        raise CloudError("keyring_missing", f"This system has no keyring that keeps a key safe. {_ONCE}")
    try:
        return use(ring)
    except NoKeyringError:
        raise CloudError("keyring_missing", f"This system has no keyring that keeps a key safe. {_ONCE}") from None
    except (KeyringLocked, InitError):
        raise CloudError("keyring_locked", f"The system's keyring is locked. {_ONCE}") from None
    except Exception as error:  # whatever the system's service raises, a keyring that fails is a keyring that fails
        text = f"The system's keyring does not work ({type(error).__name__}). {_ONCE}"
        raise CloudError("keyring_broken", text) from None


def _safe(ring: KeyringBackend) -> KeyringBackend | None:
    """The keyring, or of several behind one the first that is the system's own."""
    chained = getattr(ring, "backends", None)
    rings = list(chained) if isinstance(chained, list | tuple) else [ring]
    return next((one for one in rings if type(one).__module__.startswith(_SAFE)), None)


def _in_dotenv(folder: Path) -> Secret | None:
    try:
        lines = (folder / ".env").read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for match in map(_LINE.fullmatch, lines):
        if match is not None and match[2]:
            return Secret(match[2])
    return None
