"""A server of our own that speaks NVIDIA's protocol as documented, in its own process, with every fault on demand.

`python -m tests.cloud_server` prints its two addresses as JSON and serves until its input ends. Faults are ordered by a
POST to /order with a list of {"match": text in method, path or model, "times": n, …}: with a "status", "body" and
"headers" to send, or with a "then" to do (see _Handler._obey). GET /log tells what came in: method, path, headers, body
and when, so that tests can look for what should not be there.
"""

from __future__ import annotations

import base64
import io
import json
import random
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REQUEST_ID = "0a1b2c3d-1111-4222-8333-444455556666"
ASSET_ID = "3f2c8a10-aaaa-4bbb-8ccc-ddddeeeeffff"
ANSWER = {"description": "A red bicycle leans against a wall.", "tags": ["bicycle", "wall", "red"]}


class State:
    """What both hosts share."""

    def __init__(self, delay_s: float, faults: dict[str, float], seed: int) -> None:
        self.turn = threading.Lock()
        self.orders: list[dict[str, Any]] = []
        self.log: list[dict[str, Any]] = []
        self.assets: dict[str, str] = {}
        self.deleted: list[str] = []
        self.polls = 0
        self.delay_s = delay_s
        self.faults = faults
        self.random = random.Random(seed)
        self.keeps_bodies = not faults
        self.hosts: list[str] = []

    def forget(self) -> None:
        with self.turn:
            self.orders, self.log, self.deleted, self.polls = [], [], [], 0

    def order_for(self, text: str) -> dict[str, Any] | None:
        with self.turn:
            for order in self.orders:
                if order["match"] in text and order["times"] > 0:
                    order["times"] -= 1
                    return order
        return None

    def chance(self) -> str:
        with self.turn:
            number = self.random.random()
        for name, share in self.faults.items():
            if number < share:
                return name
            number -= share
        return ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: State

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        self._serve(b"")

    def do_DELETE(self) -> None:
        self._serve(b"")

    def do_PUT(self) -> None:
        self._serve(self._body())

    def do_POST(self) -> None:
        self._serve(self._body())

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _serve(self, body: bytes) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            if self.path == "/order":
                self.state.orders = json.loads(body)
                self._send(200, b"{}")
            elif self.path == "/forget":
                self.state.forget()
                self._send(200, b"{}")
            elif self.path == "/log":
                self._send(200, json.dumps({"log": self.state.log, "deleted": self.state.deleted}).encode())
            else:
                self._note(body)
                order = self.state.order_for(f"{self.command} {self.path} {_model_in(body)}")
                self._obey(order, body) if order is not None else self._answer(body)

    def _note(self, body: bytes) -> None:
        with self.state.turn:
            kept = body if self.state.keeps_bodies else b""
            self.state.log.append(
                {
                    "at": time.time(),
                    "host": self.headers.get("Host"),
                    "method": self.command,
                    "path": self.path,
                    "headers": dict(self.headers.items()),
                    "body": base64.b64encode(kept).decode(),
                    "model": _model_in(body),
                    "size": len(body),
                }
            )

    def _answer(self, body: bytes) -> None:
        path = self.path
        if path.endswith("/models"):
            self._json({"object": "list", "data": [{"id": "test/vision"}, {"id": "test/second"}]})
        elif path.endswith("/chat/completions"):
            self._chat(body)
        elif path.endswith("/assets"):
            self._json({"assetId": ASSET_ID, "uploadUrl": f"{self.state.hosts[1]}/bucket/one?X-Amz-Signature=abc"})
        elif "/assets/" in path:
            self.state.deleted.append(path.rpartition("/")[2])
            self._send(204, b"")
        elif path.startswith("/bucket/"):
            # A store refuses two ways to say who one is, and a type other than announced.
            wrong = "Authorization" in self.headers or "x-amz-meta-nvcf-asset-description" not in self.headers
            self._send(400 if wrong else 200, b"")
        elif "/pexec/status/" in path or path.endswith(f"/status/{REQUEST_ID}"):
            self.state.polls += 1
            if self.state.polls % 3:
                self._send(202, b"", {"NVCF-REQID": REQUEST_ID, "NVCF-STATUS": "in-progress"})
            else:
                self._send(302, b"", {"Location": f"{self.state.hosts[1]}/results/big.zip"})
        elif path.startswith("/results/"):
            wrong = "Authorization" in self.headers
            self._send(400 if wrong else 200, b"" if wrong else detections_zip(), {"Content-Type": "application/zip"})
        elif "retail-object-detection" in path:
            self._send(202, b"", {"NVCF-REQID": REQUEST_ID, "NVCF-STATUS": "pending-evaluation"})
        elif "grounding-dino" in path:
            self._json(GROUNDING)
        else:
            self._send(404, b'{"status":404,"title":"Not Found","detail":"no such path"}')

    def _chat(self, body: bytes) -> None:
        fault = self.state.chance()
        time.sleep(self.state.delay_s)
        if fault == "drop":
            self.close_connection = True
            return
        if fault:
            self._send(int(fault), json.dumps({"status": int(fault), "title": "Fault"}).encode())
            return
        asked = json.loads(body)
        text = next(part["text"] for part in asked["messages"][-1]["content"] if part["type"] == "text")
        answer: Any = ANSWER
        if "retail product" in text:
            answer = {"products": [{"name": "Coke can", "count": 2}, {"name": "Oat milk"}]}
        elif "List up to 20 short tags" in text:
            answer = {"tags": ["bicycle", "city"]}
        self._json(chat(json.dumps(answer), asked["model"]))

    def _json(self, value: Any) -> None:
        self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _obey(self, order: dict[str, Any], body: bytes) -> None:
        match order.get("then", ""):
            case "drop":
                self.close_connection = True
            case "cut":
                self._start(1000)
                self.wfile.write(b'{"choices": [{"mess')
                self.close_connection = True
            case "drip":
                self._start(1_000_000)
                for _ in range(10_000):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            case "drip headers":
                for number in range(10_000):
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n"[number : number + 1] or b"x")
                    self.wfile.flush()
                    time.sleep(0.05)
            case "slow":
                time.sleep(order.get("seconds", 30))
                self._answer(body)
            case "huge":
                self._start(10_000_000_000)
                while True:
                    self.wfile.write(b" " * 1_000_000)
            case "poll":
                self._send(202, b"", {"NVCF-REQID": REQUEST_ID})
            case "raw":
                data = base64.b64decode(order["body"])
                self._send(order.get("status", 200), data, dict(order.get("headers", ())))
            case _:
                self._send(order["status"], order.get("body", "").encode(), dict(order.get("headers", ())))

    def _start(self, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()


GROUNDING = {
    "id": "1",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": {
                    "frameNo": 0,
                    "frameWidth": 1280,
                    "frameHeight": 720,
                    "boundingBoxes": [{"phrase": "bottle", "bboxes": [[640, 360, 320, 180]], "confidence": [0.87]}],
                },
            },
        }
    ],
}


def chat(text: Any, model: str = "test/vision") -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": model,
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
    }


def detections_zip(**more: bytes) -> bytes:
    found = [
        {"label": "cereal box", "bbox": [0, 0, 640, 360], "confidence": 0.95},
        {"label": "coke can", "bbox": [640, 360, 64, 72], "confidence": 0.7},
        {"label": "coke can", "bbox": [900, 360, 64, 72], "confidence": 0.2},
    ]
    frame = {"frameNo": 0, "frameWidth": 1280, "frameHeight": 720, "objects": found}
    return zipped({"0.response": json.dumps(frame).encode(), "preview.mp4": b"\0" * 100, **more})


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _model_in(body: bytes) -> str:
    with suppress(ValueError, AttributeError, RecursionError):
        return str(json.loads(body).get("model", ""))
    return ""


class CloudServer:
    """The server from outside. base: of chat; second: another host, to which large results are put."""

    def __init__(self, base: str, second: str) -> None:
        self.host, self.second = base, second
        self.base = f"{base}/v1"

    def order(self, *orders: dict[str, Any]) -> None:
        """What to do with the next requests; see _Handler._obey."""
        given = [{"match": "", "times": 1, **order} for order in orders]
        self._call("/order", json.dumps(given).encode())

    def forget(self) -> None:
        """As if nothing had been asked or ordered."""
        self._call("/forget", b"")

    @property
    def log(self) -> list[dict[str, Any]]:
        """Every request so far, without those of the test itself."""
        found: list[dict[str, Any]] = self._call("/log")["log"]
        return found

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The requests for an answer."""
        return [one for one in self.log if one["path"].endswith("/chat/completions")]

    @property
    def deleted(self) -> list[str]:
        found: list[str] = self._call("/log")["deleted"]
        return found

    def _call(self, path: str, data: bytes | None = None) -> Any:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.host}{path}", data, timeout=10) as reply:
            return json.load(reply)


@contextmanager
def serving(**options: Any) -> Iterator[CloudServer]:
    """A server in a process of its own. options: delay_s, faults (shares by status or 'drop'), seed."""
    line = [sys.executable, "-m", "tests.cloud_server", json.dumps(options)]
    with subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield CloudServer(*json.loads(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait(10)


def main(options: dict[str, Any]) -> None:
    state = State(options.get("delay_s", 0.0), options.get("faults", {}), options.get("seed", 1))
    handler = type("Handler", (_Handler,), {"state": state})
    servers = [ThreadingHTTPServer((host, 0), handler) for host in ("127.0.0.1", "127.0.0.2")]
    state.hosts = [f"http://{server.server_address[0]!s}:{server.server_port}" for server in servers]
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps(state.hosts), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
