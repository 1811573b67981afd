"""A server that speaks the protocol, and a client that does not wait between its tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engines.cancel import CancelToken
from engines.cloud.address import Service
from engines.cloud.client import Client, Waiting
from engines.cloud.pace import Pace
from engines.cloud.transport import Transport
from engines.secret import Secret
from tests.cloud_book import Book
from tests.cloud_server import CloudServer, serving

KEY = "nvapi-SENTINEL0123456789abcdefghij"


@pytest.fixture(scope="session")
def _server() -> Iterator[CloudServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(_server: CloudServer) -> CloudServer:
    """A server that answers well unless it was ordered not to."""
    _server.forget()
    return _server


@pytest.fixture
def service(server: CloudServer) -> Service:
    """The server with everything that NVIDIA's has."""
    return Service(server.base, f"{server.host}/v1/cv/nvidia", f"{server.host}/v2/nvcf")


MakeClient = Callable[..., Client]


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def make_client(service: Service, book: Book) -> Iterator[MakeClient]:
    """Clients of the server; by default with a key, a wide pace, and hardly any waiting."""
    with_end: list[Client] = []

    def make(
        *, key: str | None = KEY, token: CancelToken | None = None, seconds: float = 5.0, to: Service = service
    ) -> Client:
        token = token or CancelToken()
        waiting = Waiting(first_s=0.01, poll_s=0.01, polling_s=2.0)
        transport = Transport(local=True, token=token, seconds=seconds)
        secret = Secret(key) if key is not None else None
        client = Client(to, secret, Pace(10_000), book, token, transport=transport, waiting=waiting)
        with_end.append(client)
        return client

    yield make
    for client in with_end:
        with closing(client):
            pass


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    return make_client()


@pytest.fixture
def jpeg() -> bytes:
    """A small picture, as it is sent."""
    import numpy as np

    from engines.cloud.sending import jpeg_of

    return jpeg_of(np.full((48, 64, 3), 90, np.uint8))


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, without a .env."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
