"""One HTTP exchange: sent once, read up to a limit of bytes and time, followed nowhere."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from engines.cancel import CancelToken
from engines.errors import CloudError, Remedy

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECT_S = 10.0
SILENCE_S = 90.0  # without a byte: a large model may think that long before its first
EXCHANGE_S = 180.0  # from the first byte sent to the last one read
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. headers: names in any spelling."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(slots=True)
class _Exchange:
    deadline: float
    socket: socket.socket | None = None


class Transport:
    """The way to one service; any thread may send. `local`: it leads to this computer, where no proxy is wanted."""

    def __init__(self, *, local: bool, token: CancelToken, seconds: float = EXCHANGE_S) -> None:
        self._token = token
        self._seconds = seconds
        self._under_way: dict[int, _Exchange] = {}
        self._session = self._new_session(local=local)

    def send(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None, *, most_bytes: int, about: str
    ) -> Reply:
        """The reply, whatever its status. Raises CloudError if none comes or it is too large, Cancelled."""
        import requests  # 60 ms that only who asks a service pays

        self._token.check()
        try:
            with self._exchange() as exchange:
                response = self._session.request(
                    method,
                    url,
                    headers={"Accept-Encoding": "identity", **headers},
                    data=data,
                    auth=_as_it_is,
                    timeout=(CONNECT_S, min(SILENCE_S, self._seconds)),
                    allow_redirects=False,
                    stream=True,
                )
                with response:
                    return Reply(
                        response.status_code, response.headers, self._read(response, exchange, most_bytes, about)
                    )
        except (requests.RequestException, OSError, ValueError, _http_error()) as error:
            self._token.check()
            raise _unreachable(
                about, urlsplit(url).netloc, error
            ) from None  # its own text may hold the address with a key in it

    def tick(self) -> None:
        """Break off what is overdue, or everything once cancelled; to be called some ten times a second."""
        now = time.monotonic()
        for exchange in list(self._under_way.values()):
            if (self._token.cancelled or now > exchange.deadline) and exchange.socket is not None:
                with suppress(OSError):
                    exchange.socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._session.close()

    @contextmanager
    def _exchange(self) -> Iterator[_Exchange]:
        this = threading.get_ident()
        self._under_way[this] = exchange = _Exchange(time.monotonic() + self._seconds)
        try:
            yield exchange
        finally:
            del self._under_way[this]

    def _read(self, response: Any, exchange: _Exchange, most_bytes: int, about: str) -> bytes:
        """The body as it was sent: what a service packs although nobody asked for that is not unpacked."""
        pieces, size = [], 0
        while piece := response.raw.read1(_PIECE, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            self._token.check()
            if size > most_bytes:
                text = f"{about} sent more than {most_bytes / 1e6:,.0f} MB, which no answer needs; it was broken off."
                raise CloudError("cloud_too_much", text, about=about)
            if time.monotonic() > exchange.deadline:
                text = f"{about} answers too slowly; it will be asked again later."
                raise CloudError("cloud_slow", text, remedy=Remedy.LATER, about=about)
        expected = response.headers.get("Content-Length", "")
        if expected.isdecimal() and size < int(expected):
            raise ConnectionError("cut")
        return b"".join(pieces)

    def _connected(self, connection: Any) -> None:
        exchange = self._under_way.get(threading.get_ident())
        if exchange is not None:
            exchange.socket = connection.sock

    def _new_session(self, *, local: bool) -> Any:
        import requests

        session = requests.Session()
        session.trust_env = not local
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            session.mount(scheme, _adapter(self._connected))
        return session


def _as_it_is(request: Any) -> Any:
    """Instead of an Authorization header from the user's ~/.netrc."""
    return request


def _http_error() -> type[Exception]:
    from urllib3.exceptions import HTTPError

    return HTTPError


def _adapter(connected: Callable[[Any], None]) -> Any:
    """An adapter whose connections tell their sockets, so that a reply that hangs can be broken off from outside."""
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    def telling(connection: Any, pool: Any) -> Any:
        class Connection(connection):  # type: ignore[misc]  # of either kind
            def connect(self) -> None:
                super().connect()
                connected(self)

            def request(self, *arguments: Any, **options: Any) -> None:
                if self.sock is not None:  # kept open since the last one
                    connected(self)
                super().request(*arguments, **options)

        class Pool(pool):  # type: ignore[misc]
            ConnectionCls = Connection

        return Pool

    adapter = HTTPAdapter(pool_connections=8, pool_maxsize=8, max_retries=0)
    adapter.poolmanager.pool_classes_by_scheme = {
        "http": telling(HTTPConnection, HTTPConnectionPool),
        "https": telling(HTTPSConnection, HTTPSConnectionPool),
    }
    return adapter


def _unreachable(about: str, host: str, error: Exception) -> CloudError:
    name = f"{type(error).__name__} {error}"
    if "CERTIFICATE" in name.upper() or "SSLError" in name:
        text = f"The connection to {host} is not safe: its certificate is not valid. Nothing was sent."
        return CloudError("cloud_certificate", text, remedy=Remedy.STOP, about=host)
    if "Timeout" in name:
        text = f"{about} did not answer in time; it will be asked again later."
        return CloudError("cloud_slow", text, remedy=Remedy.LATER, about=about)
    text = f"{host} cannot be reached; it will be tried again later. Is the network there, and the address right?"
    return CloudError("cloud_unreachable", text, remedy=Remedy.LATER, about=host)
