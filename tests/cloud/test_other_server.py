"""The client against a server of another project that speaks the same protocol: fakellm, from the extra `protocol`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.cloud.address import Service
from engines.cloud.vision_language import VisionLanguageModel
from engines.errors import CloudError
from tests.cloud.conftest import MakeClient
from tests.cloud_book import Book

RULES = """
version: 1
rules:
  - name: tags
    when: {messages_contain: "short tags in English"}
    respond: {content: "```json\\n{\\"tags\\": [\\"harbour\\", \\"boats\\"]}\\n```"}
  - name: refused
    when: {model_matches: "busy"}
    respond: {status: 429, error: "Rate limit exceeded (mock)"}
  - name: described
    when: {messages_contain: "this photo"}
    respond: {content: "{\\"description\\": \\"Boats in a harbour.\\", \\"tags\\": [\\"boat\\"]}"}
"""

# Beside this Python, which need not be the one that PATH names.
FAKELLM = shutil.which("fakellm", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
pytestmark = pytest.mark.skipif(FAKELLM is None, reason="needs the extra `protocol` (fakellm)")


@pytest.fixture(scope="module")
def other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("fakellm")
    (folder / "rules.yaml").write_text(RULES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert FAKELLM is not None
    line = [FAKELLM, "serve", "--port", str(port), "--config", "rules.yaml"]
    with subprocess.Popen(line, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _wait_for(port)
        yield Service(f"http://127.0.0.1:{port}/v1")
        process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("fakellm did not start")


def test_another_projects_server_is_understood(
    make_client: MakeClient, other_server: Service, book: Book, jpeg: bytes
) -> None:
    model = VisionLanguageModel(make_client(to=other_server), book, chosen=["any/vision"])
    described = model.describe_image(jpeg).value
    assert (described.text, described.tags) == ("Boats in a harbour.", ("boat",))
    assert model.generate_searchable_tags(jpeg).value == ("harbour", "boats")
    assert model.probe(jpeg) == [("any/vision", None)]


def test_another_projects_refusal_is_understood(
    make_client: MakeClient, other_server: Service, book: Book, jpeg: bytes
) -> None:
    with pytest.raises(CloudError, match="asked too often") as caught:
        VisionLanguageModel(make_client(to=other_server), book, chosen=["busy"]).describe_image(jpeg)
    assert "Rate limit exceeded" in str(caught.value)
