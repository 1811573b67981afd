"""A Hugging Face hub on loopback: one repository, whose files can be cut short, changed or refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

COMMIT = "c" * 40


@dataclass
class Hub:
    """folder: its files. revisions: those that exist. served: what is sent instead of a file. asked: each file with the
    first byte that was wanted.
    """

    folder: Path
    repository: str
    revisions: set[str]
    commit: str = COMMIT
    address: str = ""
    served: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)

    def info(self) -> dict[str, Any]:
        siblings = [self._sibling(path) for path in sorted(self.folder.rglob("*")) if path.is_file()]
        return {"id": self.repository, "modelId": self.repository, "sha": self.commit, "siblings": siblings,
                "tags": [], "downloads": 0, "likes": 0, "private": False}  # fmt: skip

    def _sibling(self, path: Path) -> dict[str, Any]:
        data = path.read_bytes()
        blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
        entry: dict[str, Any] = {
            "rfilename": path.relative_to(self.folder).as_posix(),
            "size": len(data),
            "blobId": blob,
        }
        if path.suffix in (".safetensors", ".onnx"):
            entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
        return entry


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(self.path.partition("?")[0])
            if path.startswith(f"/api/models/{hub.repository}/revision/"):
                revision = path.partition("/revision/")[2]
                known = revision in hub.revisions or revision == hub.commit
                self._answer(200 if known else 404, json.dumps(hub.info() if known else {"error": "no"}).encode())
            elif path.startswith(f"/{hub.repository}/resolve/"):
                self._send_file(path.partition("/resolve/")[2].partition("/")[2])
            else:
                self._answer(404, b"{}")

        def _send_file(self, name: str) -> None:
            first = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").partition("-")[0])
            hub.asked.append((name, first))
            data = hub.served.get(name, (hub.folder / name).read_bytes())
            rest = data[first:]
            self.send_response(206 if first else 200)
            self.send_header("Content-Length", str(len(rest)))
            if first:
                self.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
            self.end_headers()
            self.wfile.write(rest)

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
